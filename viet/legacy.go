package viet

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Names of the charsets that Decode reports besides those of the web.
const (
	UTF8     = "utf-8"
	UTF16LE  = "utf-16le"
	UTF16BE  = "utf-16be"
	CP1252   = "windows-1252"
	CP1258   = "windows-1258"
	TCVN3    = "tcvn3"  // ABC, the .Vn fonts
	VNI      = "vni"    // VNI-Windows, the VNI- fonts
	VISCII   = "viscii" // RFC 1456
	Mojibake = "utf-8 read as windows-1252"
	Mixed    = "mixed"
)

// tcvn3Letters maps TCVN3 bytes: the byte in hexadecimal, then its letter.
// Toned capitals do not exist: they are small letters set in a capital font,
// so letter case is lost with them.
const tcvn3Letters = `b5à b6ả b7ã b8á b9ạ a8ă bbằ bcẳ bdẵ beắ c6ặ a9â c7ầ c8ẩ c9ẫ caấ cbậ aeđ a7Đ ccè ceẻ cfẽ
	d0é d1ẹ aaê d2ề d3ể d4ễ d5ế d6ệ d7ì d8ỉ dcĩ ddí deị dfò e1ỏ e2õ e3ó e4ọ abô e5ồ e6ổ e7ỗ e8ố e9ộ acơ eaờ ebở
	ecỡ edớ eeợ efù f1ủ f2ũ f3ú f4ụ adư f5ừ f6ử f7ữ f8ứ f9ự faỳ fbỷ fcỹ fdý feỵ a1Ă a2Â a3Ê a4Ô a5Ơ a6Ư`

// visciiLetters lists VISCII from 0x80 to 0xFF (RFC 1456); the six capitals
// it puts among the control characters follow.
const (
	visciiLetters = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ" +
		"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
	visciiLow = "\x02Ẳ\x05Ẵ\x06Ẫ\x14Ỷ\x19Ỹ\x1eỴ"
)

// VNI writes a vowel and then a byte for its marks; these are the bytes as
// windows-1252 shows them in small letters, and for each vowel what it
// becomes with them (- for never). ô and ö stand for ơ and ư.
const (
	vniMarks = "ùøûõïâáàåãäêéèúüë"
	vniPairs = `aáàảãạâấầẩẫậăắằẳẵặ eéèẻẽẹêếềểễệ oóòỏõọôốồổỗộ uúùủũụ yýỳỷỹỵ ôớờởỡợ öứừửữự`
	// vniSingles: what stands for one letter alone.
	vniSingles = "ôơöưñđæỉóĩòịîỵ"
)

// A charset of one byte a letter, as letters for the bytes from 0x00 to 0xFF.
type byteTable [256]rune

var (
	tcvn3  = newTCVN3()
	viscii = newVISCII()
	cp1252 = newByteTable(charmap.Windows1252)
	bytes1 = newReverse1252()
)

func newByteTable(cm *charmap.Charmap) *byteTable {
	var t byteTable
	for i := range t {
		t[i] = cm.DecodeByte(byte(i))
		if t[i] == utf8.RuneError {
			t[i] = rune(i) // 81 8D 8F 90 9D: as browsers do
		}
	}
	return &t
}

func newTCVN3() *byteTable {
	t := *newByteTable(charmap.Windows1252)
	for entry := range strings.FieldsSeq(tcvn3Letters) {
		r, _ := utf8.DecodeRuneInString(entry[2:])
		t[unhex(entry[0])<<4|unhex(entry[1])] = r
	}
	return &t
}

func unhex(c byte) byte {
	if c >= 'a' {
		return c - 'a' + 10
	}
	return c - '0'
}

func newVISCII() *byteTable {
	var t byteTable
	for i := range 0x80 {
		t[i] = rune(i)
	}
	at := 0x80
	for _, r := range visciiLetters {
		t[at] = r
		at++
	}
	low := []rune(visciiLow)
	for i := 0; i < len(low); i += 2 {
		t[low[i]] = low[i+1]
	}
	return &t
}

// newReverse1252 maps what windows-1252 and Latin-1 show back to the byte.
func newReverse1252() map[rune]byte {
	m := map[rune]byte{}
	for i := 0x80; i < 0x100; i++ {
		m[rune(i)] = byte(i)
		m[cp1252[i]] = byte(i)
	}
	return m
}

func (t *byteTable) decode(data string) string {
	var b strings.Builder
	b.Grow(len(data) * 3 / 2)
	for i := range len(data) {
		b.WriteRune(t[data[i]])
	}
	return b.String()
}

// vni maps a VNI vowel and mark, as windows-1252 shows them, to a letter.
var vni = newVNI()

type vniTable struct {
	pairs   map[[2]rune]rune
	singles map[rune]rune
}

func newVNI() *vniTable {
	t := &vniTable{map[[2]rune]rune{}, map[rune]rune{}}
	marks := []rune(vniMarks)
	for row := range strings.FieldsSeq(vniPairs) {
		forms := []rune(row)
		for i, form := range forms[1:] {
			t.add(forms[0], marks[i], form)
		}
	}
	singles := []rune(vniSingles)
	for i := 0; i+1 < len(singles); i += 2 {
		t.singles[singles[i]] = singles[i+1]
		t.singles[unicode.ToUpper(singles[i])] = unicode.ToUpper(singles[i+1])
	}
	return t
}

// add enters a pair in its four letter cases; the vowel's case decides.
func (t *vniTable) add(vowel, mark, form rune) {
	for _, m := range [...]rune{mark, unicode.ToUpper(mark)} {
		t.pairs[[2]rune{vowel, m}] = form
		t.pairs[[2]rune{unicode.ToUpper(vowel), m}] = unicode.ToUpper(form)
	}
}

func (t *vniTable) decode(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	var held rune
	for _, r := range s {
		if form, ok := t.pairs[[2]rune{held, r}]; ok && held != 0 {
			b.WriteRune(form)
			held = 0
			continue
		}
		t.release(&b, held)
		held = r
	}
	t.release(&b, held)
	return b.String()
}

func (t *vniTable) release(b *strings.Builder, r rune) {
	if r == 0 {
		return
	}
	if single, ok := t.singles[r]; ok {
		r = single
	}
	b.WriteRune(r)
}
