package viet

import (
	"strings"
	"testing"
	"unicode/utf16"
)

const sentence = "Ủy ban nhân dân tỉnh vừa ban hành quyết định hỗ trợ người dân vùng lũ, được bà con đồng tình ủng hộ."

func utf16Bytes(s string, little bool) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		if little {
			b.WriteByte(byte(u))
			b.WriteByte(byte(u >> 8))
		} else {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
		}
	}
	return b.String()
}

func latin1(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteByte(byte(r))
	}
	return b.String()
}

func TestDecode(t *testing.T) {
	french := "Les élèves du collège où il a été reçu préfèrent déjà la forêt à la plage."
	tcvn, _ := encodeTCVN3(sentence)
	mixed := sentence + "\n" + tcvn + "\nend"
	for name, c := range map[string]struct{ data, declared, text, charset string }{
		"utf-8 labelled windows-1252":     {sentence, "windows-1252", sentence, UTF8},
		"utf-8 labelled iso-8859-1":       {sentence, "iso-8859-1", sentence, UTF8},
		"utf-8 with an ASCII head":        {strings.Repeat("<div>", 2000) + sentence, "", strings.Repeat("<div>", 2000) + sentence, UTF8},
		"utf-8 with byte order mark":      {"\xEF\xBB\xBF" + sentence, "", sentence, UTF8},
		"utf-8 cut inside a rune":         {sentence + " ngư\xE1\xBB", "", sentence + " ngư\uFFFD", UTF8},
		"utf-8 with one bad byte":         {sentence + " 20\xB0C", "", sentence + " 20°C", Mixed},
		"utf-8 encoded twice":             {misread(sentence), "utf-8", sentence, Mojibake},
		"utf-16 little, marked":           {"\xFF\xFE" + utf16Bytes(sentence, true), "", sentence, UTF16LE},
		"utf-16 big, marked":              {"\xFE\xFF" + utf16Bytes(sentence, false), "", sentence, UTF16BE},
		"utf-16 little, bare":             {utf16Bytes(sentence, true), "", sentence, UTF16LE},
		"utf-16 big, bare":                {utf16Bytes(sentence, false), "utf-8", sentence, UTF16BE},
		"latin-1 labelled utf-8":          {latin1(french), "utf-8", french, CP1252},
		"latin-1 labelled rightly":        {latin1(french), "iso-8859-1", french, CP1252},
		"latin-1 labelled tosh":           {latin1(french), "x-tosh", french, CP1252},
		"lines of utf-8 and lines of ABC": {mixed, "", strings.ReplaceAll(mixed, tcvn, strings.Replace(sentence, "Ủy", "ủy", 1)), Mixed},
		"shift_jis as declared":           {"\x93\xfa\x96\x7b\x8c\xea\x82\xcc\x83\x6a\x83\x85\x81\x5b\x83\x58", "shift_jis", "日本語のニュース", "shift_jis"},
		"ascii":                           {"plain", "windows-1258", "plain", UTF8},
		"nothing":                         {"", "", "", UTF8},
	} {
		t.Run(name, func(t *testing.T) {
			text, charset, confidence := Decode([]byte(c.data), c.declared)
			if text != c.text || charset != c.charset || confidence < 0 || confidence > 1 {
				t.Errorf("read as %s (%.2f): %q, want %s: %q", charset, confidence, text, c.charset, c.text)
			}
		})
	}
}

// TestDecodeLegacy encodes committed sentences; TestRoundTripCorpus does the
// same with thousands.
func TestDecodeLegacy(t *testing.T) {
	for name, encode := range encoders() {
		for _, declared := range []string{"", "utf-8", "windows-1252", "iso-8859-1"} {
			data, ok := encode(sentence)
			if !ok {
				t.Fatalf("%s cannot write the sentence", name)
			}
			text, charset, confidence := Decode([]byte(data), declared)
			if !strings.EqualFold(text, sentence) || charset != name || confidence < 0.6 {
				t.Errorf("%s labelled %q read as %s (%.2f): %q", name, declared, charset, confidence, text)
			}
		}
	}
}

func TestRepair(t *testing.T) {
	for in, want := range map[string]string{
		"Céng hoµ x· héi chñ nghÜa ViÖt Nam":       "Cộng hoà xã hội chủ nghĩa Việt Nam",
		"Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam": "Cộng hòa xã hội chủ nghĩa Việt Nam",
		"Ä‘Æ°á»ng phá»‘ Viá»‡t Nam":                "đưá»ng phố Việt Nam", // a byte was lost on the way
		"Người dân\n§éc lËp - Tù do - H¹nh phóc":   "Người dân\nĐộc lập - Tự do - Hạnh phúc",
	} {
		if got, _, ok := Repair(in); got != want || !ok {
			t.Errorf("Repair(%q) = %q, %v", in, got, ok)
		}
	}
}

// TestRepairLeavesAlone: sound text of any language stays as it is.
func TestRepairLeavesAlone(t *testing.T) {
	for _, s := range []string{
		sentence, "Cộng hoà xã hội", "Il a été préféré à son frère aîné, où ? Déjà vu, naïve, garçon.", "¿Qué pasó mañana, señor? ¡Está allí!",
		"Größe, Übermut und Äpfel: süß wie öde Straßen", "Þórður og ðað á Íslandi", "A informação não está disponível às três", "µm ± 5 °C · §12 ©2026 ®",
		"Đắk Lắk, Mnông, Stiêng, Kpă, Hlơ", "日本語のニュース", "Привет, мир", "“Trích dẫn” — ‘ừ’… €5 ™", "Người Ê Đê ở Buôn Ma Thuột (Đắk Lắk) và H’Mông",
		"Å ngström, Ærø, smørrebrød", "Kraków, Łódź, zażółć gęślą jaźń",
	} {
		if got, what, ok := Repair(s); ok || got != s {
			t.Errorf("Repair(%q) = %q as %s", s, got, what)
		}
	}
}

func TestSoundCorpusIsLeftAlone(t *testing.T) {
	for _, s := range append(corpus(t, "comments*.jsonl"), corpus(t, "press_written.jsonl")...) {
		if got, what, ok := Repair(s); ok {
			t.Errorf("Repair(%q) = %q as %s", s, got, what)
		}
		if _, charset, _ := Decode([]byte(s), "windows-1258"); charset != UTF8 {
			t.Errorf("%q read as %s", s, charset)
		}
	}
}

// TestIsUTF8ForgivesOnlyACutEnd: a page cut in its last rune is UTF-8 still,
// if it is long enough to tell.
func TestIsUTF8ForgivesOnlyACutEnd(t *testing.T) {
	long := strings.Repeat("đường ", 20)
	for s, want := range map[string]bool{
		"": true, "abc": true, long: true, long + "\xE1\xBB": true, long + "\xE1": true, long + "\xF0\x9F\x91": true,
		"đ\xE1\xBB": false, long + "\xFF": false, long + "\xBB": false, long + "\xE1\xBB" + "x": false, "\xE1\xBB" + long: false,
	} {
		if got := isUTF8(s); got != want {
			t.Errorf("isUTF8(%.20q… % x) = %v", s, s[max(len(s)-3, 0):], got)
		}
	}
}

func TestDecodeMarked(t *testing.T) {
	for name, c := range map[string]struct {
		in, text, charset string
	}{
		"mark alone":           {"\xEF\xBB\xBF", "", UTF8},
		"mark and bad bytes":   {"\xEF\xBB\xBFa\xFF", "a\uFFFD", UTF8},
		"half a unit left":     {"\xFF\xFEa\x00b", "a\uFFFD", UTF16LE},
		"half a pair":          {"\xFE\xFF\xD8\x3D\x00a", "\uFFFDa", UTF16BE},
		"a pair":               {"\xFE\xFF\xD8\x3D\xDC\x4D", "👍", UTF16BE},
		"zeros on both sides":  {strings.Repeat("\x00\x00ab", 8), "", ""},
		"too short for a mark": {"a\x00b\x00", "", ""},
		"text":                 {sentence, "", ""},
		"nothing":              {"", "", ""},
	} {
		text, charset, ok := decodeMarked(c.in)
		if text != c.text || charset != c.charset || ok != (c.charset != "") {
			t.Errorf("%s: %q as %q, %v", name, text, charset, ok)
		}
	}
	if even, odd, n := zeros("\x00a\x00\x00b"); even != 2 || odd != 1 || n != 5 {
		t.Errorf("zeros: %d, %d of %d", even, odd, n)
	}
}

// TestEscapesAreReadAsDeclared: ISO-2022-JP is ASCII to look at.
func TestEscapesAreReadAsDeclared(t *testing.T) {
	const data = "\x1b$BF|K\\\x1b(B"
	if text, charset, confidence := Decode([]byte(data), "iso-2022-jp"); text != "日本" || charset != "iso-2022-jp" || confidence != 0.9 {
		t.Errorf("%q as %s (%v)", text, charset, confidence)
	}
	if text, charset, _ := Decode([]byte(data), ""); text != data || charset != UTF8 {
		t.Errorf("%q as %s", text, charset)
	}
	if text, ok := decodeDeclared("\xFF\xFF\xFF", "utf-8"); ok {
		t.Errorf("bad bytes pass as %q", text)
	}
}
