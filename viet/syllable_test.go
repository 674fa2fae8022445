package viet

import (
	"strings"
	"testing"
)

const wellFormed = `nghiêng quý quí gì gìn giếng giặt giữa gia yêu yến khuya quốc của ủy uỷ xoong quạt y ý ơ à ừ quyết quyển quỳnh
	khuỷu khoeo ngoằn ngoèo ngoáy huênh hoang tuýp xoèn xoẹt quẩy quỵt quắc quặng thuở huơ nguyệt nghiệp kiểm gạch ghi nghỉ
	bệnh viện Trường PHƯỜNG đặc lướt xăng boóng coóng oái oăm uyên uỵch oẳng giẫm giục rượu hươu bưởi chuỗi mượt kêu ngheo`

const illFormed = `cế ka kâu bàt thừt gnhiêng ghá nghã ngê ci strong zô fan wá Đắk Lắk Mnông hoá1 đườngg bb a-b quu quo hòà nước2
	tiengs yan tyên giì aie ắă ươư qá q đ nh`

func TestSyllable(t *testing.T) {
	for s := range strings.FieldsSeq(wellFormed) {
		if !Syllable(s) {
			t.Errorf("%q is a syllable", s)
		}
		if !BareSyllable(Fold(s)) || !BareSyllable(s) {
			t.Errorf("%q is a bare syllable", Fold(s))
		}
	}
	for s := range strings.FieldsSeq(illFormed) {
		if Syllable(s) {
			t.Errorf("%q is no syllable", s)
		}
	}
	if Syllable("") || BareSyllable("") {
		t.Error("nothing is no syllable")
	}
	for s := range strings.FieldsSeq("strong which people government wifi flop yang untuk dengan été") {
		if BareSyllable(s) {
			t.Errorf("%q is no bare syllable", s)
		}
	}
}

// TestSyllableCoversTheCorpus: of the marked words of press passages all but
// names of the minorities and abbreviations are well-formed.
func TestSyllableCoversTheCorpus(t *testing.T) {
	marked, odd := 0, 0
	for _, s := range corpus(t, "press_written.jsonl") {
		for k := range EachToken(s) {
			if f := formOf(k.Text); f.mark {
				marked++
				if !f.isSyllable() {
					odd++
				}
			}
		}
	}
	t.Logf("%d marked words, %d of them no syllable", marked, odd)
	if odd*300 > marked {
		t.Errorf("%d of %d marked words are no syllable", odd, marked)
	}
}

// toned writes a syllable of letter codes with a tone on one of its letters.
func toned(code []uint8, at int, tone uint8) string {
	var b strings.Builder
	for i, c := range code {
		if i == at {
			b.WriteRune(compose[c][tone])
			continue
		}
		b.WriteRune(compose[c][level])
	}
	return b.String()
}

// unpack undoes pack.
func unpack(key uint64) (code []uint8) {
	for ; key > 0; key >>= 6 {
		code = append([]uint8{uint8(key & 63)}, code...)
	}
	return code
}

// TestEverySyllableUnderEveryTone goes through all spellings: each is a
// syllable in small letters and capitals under the tones its end allows and no
// others, is a bare syllable without marks, and has one key wherever the tone
// is typed.
func TestEverySyllableUnderEveryTone(t *testing.T) {
	for packed := range marked {
		code := unpack(packed)
		plain := toned(code, -1, level)
		if pack(plain) != packed || len(code) > maxSyllable {
			t.Fatalf("%q is packed wrongly", plain)
		}
		stop := strings.HasSuffix(plain, "p") || strings.HasSuffix(plain, "t") || strings.HasSuffix(plain, "c") || strings.HasSuffix(plain, "ch")
		if Syllable(plain) == stop {
			t.Fatalf("%q without a tone: %v", plain, !stop)
		}
		if !BareSyllable(Fold(plain)) {
			t.Fatalf("%q is not bare", Fold(plain))
		}
		for tone := uint8(grave); tone < tones; tone++ {
			checkTone(t, code, tone, !stop || tone == acute || tone == dot)
		}
	}
}

func checkTone(t *testing.T, code []uint8, tone uint8, allowed bool) {
	t.Helper()
	key := ""
	for at, c := range code {
		if !vowelCode[c] {
			continue
		}
		s := toned(code, at, tone)
		if Syllable(s) != allowed || Syllable(strings.ToUpper(s)) != allowed {
			t.Fatalf("%q: want %v", s, allowed)
		}
		k := Key(s)
		if key == "" {
			key = k
		}
		if k != key || Key(k) != k || Key(strings.ToUpper(s)) != k {
			t.Fatalf("%q has the key %q, written otherwise %q", s, k, key)
		}
	}
}

// TestSpeltRules are the rules of the onsets, each with what it refuses.
func TestSpeltRules(t *testing.T) {
	for pair, want := range map[string]bool{
		"k i": true, "k a": false, "c a": true, "c e": false, "c ê": false, "c y": false, "g a": true, "g e": false, "g i": true, "g in": true, "g inh": false,
		"gh e": true, "gh a": false, "gh y": false, "ngh iêng": true, "ngh ơ": false, "ng o": true, "ng i": false, "gi a": true, "gi i": false, "gi y": false,
		"qu a": false, "t y": true, "t yêu": false, "t iêu": true, "đ ươ": true,
	} {
		onset, rime, _ := strings.Cut(pair, " ")
		if got := spelt(onset, rime); got != want {
			t.Errorf("spelt(%q, %q) = %v", onset, rime, got)
		}
	}
}
