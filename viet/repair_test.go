package viet

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestReadAs(t *testing.T) {
	for s, want := range map[string]reading{
		"":                    {},
		"no marks at all":     {},
		"Cộng hòa xã hội":     {4, 4, 1},
		"Céng hoµ x· héi":     {4, 0, 0}, // checked below: torn words count
		"Đắk Lắk":             {2, 0, 0},
		"người Größe":         {2, 1, 0.5},
		"12 % “trích” — 5 ™€": {1, 1, 1},
	} {
		got := readAs(s)
		if s == "Céng hoµ x· héi" {
			if got.words < 3 || got.score > 0.4 {
				t.Errorf("TCVN3 shown as Latin-1 reads as %+v", got)
			}
			continue
		}
		if got != want {
			t.Errorf("readAs(%q) = %+v, want %+v", s, got, want)
		}
	}
}

func TestFontSymbolIsGlued(t *testing.T) {
	for gap, want := range map[string]bool{"": false, " ": false, "¸": true, " §": true, "§ ": false, "·": true, "\u0081": true, "…": false, "“": false, "€": false, "\u00AD": true} {
		if got := fontSymbol(gap); got != want {
			t.Errorf("fontSymbol(%q) = %v", gap, got)
		}
	}
}

func TestClearlyBetterHasAMargin(t *testing.T) {
	of := func(words, marked int) reading {
		return reading{words, marked, float64(marked) / float64(max(words, 1))}
	}
	for _, c := range []struct {
		after, before reading
		want          bool
	}{
		{of(10, 10), of(10, 2), true},
		{of(10, 6), of(10, 3), true},
		{of(10, 6), of(10, 4), false},
		{of(10, 5), of(10, 0), false}, // never to what still reads badly
		{of(20, 20), of(20, 17), true},
		{of(20, 20), of(20, 18), false}, // two words are chance
		{of(10, 10), of(10, 10), false},
		{of(0, 0), of(0, 0), false},
		{of(100, 100), of(100, 95), false},
	} {
		if got := clearlyBetter(c.after, c.before); got != c.want {
			t.Errorf("clearlyBetter(%+v, %+v) = %v", c.after, c.before, got)
		}
	}
}

func TestMojibakeIsUndoneRunByRun(t *testing.T) {
	for in, want := range map[string]string{
		misread("Người"):           "Người",
		"é":                        "é",
		"":                         "",
		misread("đã") + " café":    "đã café",
		"Ã":                        "Ã",
		misread("“Dân”") + " đúng": "“Dân” đúng",
		"á»":                       "á»", // the third byte was lost
		misread("👍") + "!":         "👍!",
	} {
		if got := undoMojibake(in); got != want {
			t.Errorf("undoMojibake(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestMojibakeOfAnyTextIsUndone: whatever was misread is read again, but for
// runs that themselves look misread.
func TestMojibakeOfAnyTextIsUndone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[a-zđếựỒẶơ “”…0-9]{0,40}`).Draw(t, "s")
		if got := undoMojibake(misread(s)); got != s {
			t.Fatalf("%q came back as %q", s, got)
		}
		if n := sequences(misread(s), s); (n > 0) == isASCII(s) {
			t.Fatalf("%q: %d sequences", s, n)
		}
	})
}

// TestSoundLinesAreNotHarmed: a broken line is mended, its neighbours stay.
func TestSoundLinesAreNotHarmed(t *testing.T) {
	damage := map[string]func(string) string{
		Mojibake: misread,
		TCVN3:    func(s string) string { data, _ := encodeTCVN3(s); return misread(data) },
		VNI:      func(s string) string { data, _ := encodeVNI(s); return misread(data) },
	}
	const broken = "người dân phản ánh tình trạng ngập nước kéo dài"
	for name, damage := range damage {
		for _, beside := range []string{sentence, "Plain English, no marks.", "Ça déjà vu, très bien", "", "日本語"} {
			got, what, ok := Repair(beside + "\n" + damage(broken) + "\n" + beside)
			if want := beside + "\n" + broken + "\n" + beside; !ok || what != name || got != want {
				t.Errorf("%s beside %q: %q as %q, %v", name, beside, got, what, ok)
			}
			if again, _, ok := Repair(got); ok || again != got {
				t.Errorf("%s: mended text is mended again: %q", name, again)
			}
		}
	}
}

func TestMapBytesLeavesASCIIAndOthers(t *testing.T) {
	if got := mapBytes("abc ế 日 ¸", tcvn3); got != "abc ế 日 á" {
		t.Errorf("%q", got)
	}
	if suspicious(sentence) || suspicious("") || suspicious("plain") || !suspicious("sound\n"+misread(sentence)) {
		t.Error("the wrong lines are suspicious")
	}
	if _, ok := mendLines(strings.Repeat(sentence+"\n", 2), TCVN3); ok {
		t.Error("sound lines are mended")
	}
}
