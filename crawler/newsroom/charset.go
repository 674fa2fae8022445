package newsroom

import "strings"

// vowels holds each Vietnamese vowel without and with the five tones, in the
// order of tones.
const vowels = "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ"

// tones are the combining marks in the same order.
var tones = [...]rune{0, 0x0300, 0x0309, 0x0303, 0x0301, 0x0323}

// split gives, for every toned vowel, the vowel without tone and the mark.
func split() map[rune][2]rune {
	m := map[rune][2]rune{}
	for _, text := range []string{vowels, strings.ToUpper(vowels)} {
		for _, row := range strings.Fields(text) {
			letters := []rune(row)
			for i, r := range letters[1:] {
				m[r] = [2]rune{letters[0], tones[i+1]}
			}
		}
	}
	return m
}

// windows1258 encodes the way old Vietnamese sites do: vowel, then a combining
// tone. Letters it lacks become character references, as browsers write them.
func windows1258(s string) []byte {
	parts := split()
	var out []byte
	for _, r := range s {
		if p, ok := parts[r]; ok {
			out = append(out, byte1258(p[0])...)
			r = p[1]
		}
		out = append(out, byte1258(r)...)
	}
	return out
}

func byte1258(r rune) []byte {
	special := map[rune]byte{'ă': 0xE3, 'Ă': 0xC3, 'â': 0xE2, 'Â': 0xC2, 'đ': 0xF0, 'Đ': 0xD0,
		'ê': 0xEA, 'Ê': 0xCA, 'ô': 0xF4, 'Ô': 0xD4, 'ơ': 0xF5, 'Ơ': 0xD5, 'ư': 0xFD, 'Ư': 0xDD,
		0x0300: 0xCC, 0x0309: 0xD2, 0x0303: 0xDE, 0x0301: 0xEC, 0x0323: 0xF2,
		'“': 0x93, '”': 0x94, '‘': 0x91, '’': 0x92, '–': 0x96, '—': 0x97, '…': 0x85, '«': 0xAB, '»': 0xBB}
	if b, ok := special[r]; ok {
		return []byte{b}
	}
	if r < 0x80 {
		return []byte{byte(r)}
	}
	return []byte("&#" + itoa(int(r)) + ";")
}

// decomposed is the text in NFD, as some systems send it.
func decomposed(s string) []byte {
	parts := split()
	base := map[rune]string{'ă': "a\u0306", 'Ă': "A\u0306", 'â': "a\u0302", 'Â': "A\u0302", 'ê': "e\u0302", 'Ê': "E\u0302",
		'ô': "o\u0302", 'Ô': "O\u0302", 'ơ': "o\u031B", 'Ơ': "O\u031B", 'ư': "u\u031B", 'Ư': "U\u031B"}
	var b strings.Builder
	for _, r := range s {
		mark := rune(0)
		if p, ok := parts[r]; ok {
			r, mark = p[0], p[1]
		}
		if d, ok := base[r]; ok {
			b.WriteString(nfd(d, mark))
			continue
		}
		b.WriteRune(r)
		if mark != 0 {
			b.WriteRune(mark)
		}
	}
	return []byte(b.String())
}

// nfd puts a tone where canonical order has it: a dot below comes before marks
// above, but after a horn.
func nfd(base string, mark rune) string {
	if mark == 0 {
		return base
	}
	r := []rune(base)
	if mark == 0x0323 && r[1] != 0x031B {
		return string([]rune{r[0], mark, r[1]})
	}
	return base + string(mark)
}
