package fingerprint

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestFigureEnd(t *testing.T) {
	for text, want := range map[string]string{
		"12": "12", "12 ": "12", "1.234,5 tỷ": "1.234,5", "12.": "12", "12,": "12", "12..5": "12", "12.a": "12", "1,2,3": "1,2,3", "12%": "12", "0": "0",
	} {
		if got := text[:figureEnd(text, 0)]; got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}

func TestPlainFigures(t *testing.T) {
	for s, want := range map[string]string{
		"1.000": "1000", "1.000.000": "1000000", "1.000,5": "1000,5", "01.000": "1000",
		"1.00": "1 0", "1234.567": "1234 567", // no thousands dots
		"17.10.2026": "17 10 2026", "66.13": "66 13",
		"0,5": "0,5", "00,5": "0,5", "0": "0", "000": "0", "007": "7", "1,0": "1,0", "1.0000": "1 0",
	} {
		if got := strings.Join(appendPlain(nil, s), " "); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
}

func TestPercentBelongsToItsFigure(t *testing.T) {
	for text, want := range map[string]string{
		"12%": "12%", "12 %": "12%", "12  %": "12", "12 phần trăm": "12", "12\u00a0%": "12", "1.234%": "1234%", "12.13%": "12 13%", "%12": "12", "12": "12", "12 ": "12",
	} {
		if got := strings.Join(Figures(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// TestThousandsDotsDoNotTell: a number is one figure with its dots and
// without, wherever it stands.
func TestThousandsDotsDoNotTell(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 1e12).Draw(t, "n")
		plain := strconv.Itoa(n)
		dotted := plain
		for i := len(dotted) - 3; i > 0; i -= 3 {
			dotted = dotted[:i] + "." + dotted[i:]
		}
		after := rapid.SampledFrom([]string{"", " hộ", ".", ", và", "%", "đ", ")"}).Draw(t, "after")
		a, b := Figures("có "+plain+after), Figures("có "+dotted+after)
		if !slices.Equal(a, b) || len(a) != 1 {
			t.Fatalf("%q: %q, %q: %q", plain, a, dotted, b)
		}
	})
}

// TestAnyTextHasItsFigures: every digit run gives a figure, none has a thousands dot or a
// needless zero, and what is around does not matter.
func TestAnyTextHasItsFigures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("0012.,% đ/x\n"))).Draw(t, "text")
		figures := Figures(text)
		if (len(figures) > 0) != strings.ContainsAny(text, "0123456789") {
			t.Fatalf("%q: %q", text, figures)
		}
		for _, f := range figures {
			if strings.Contains(f, ".") || len(f) > 1 && f[0] == '0' && f[1] != ',' && f[1] != '%' {
				t.Fatalf("%q: figure %q", text, f)
			}
		}
		if doubled := Figures(text + " x " + text); !slices.Equal(doubled, append(slices.Clone(figures), figures...)) {
			t.Fatalf("%q twice: %q", text, doubled)
		}
	})
}

// TestFigureSetForgetsOrderAndRepetition: and nothing else.
func TestFigureSetForgetsOrderAndRepetition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		figures := rapid.SliceOfN(rapid.IntRange(0, 99999), 1, 60).Draw(t, "figures")
		var said []string
		for _, f := range figures {
			said = append(said, strconv.Itoa(f))
		}
		text := strings.Join(said, " hộ, ")
		slices.Reverse(said)
		set := FigureSet(text)
		if other := FigureSet(strings.Join(append(said, said[0]), " người; ")); other != set {
			t.Fatalf("%q: %s, reversed %s", text, set, other)
		}
		if Changed(set, set) || Changed(set, FigureSet(said[0])) || Changed("", set) {
			t.Fatalf("%q: what is left out was called changed", text)
		}
	})
}

func TestFigureSetIsBounded(t *testing.T) {
	var b strings.Builder
	for i := range 5000 {
		b.WriteString(strconv.Itoa(i) + " ")
	}
	raw, err := base64.RawStdEncoding.DecodeString(FigureSet(b.String()))
	if err != nil || len(raw) != 2*mostFigures {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if got := FigureSet("không có số"); got != "" {
		t.Errorf("no figures: %q", got)
	}
}

func TestChangedIsMutual(t *testing.T) {
	sets := []string{"", FigureSet("1 2"), FigureSet("1 3"), FigureSet("1"), FigureSet("4"), "?", "A"}
	for _, a := range sets {
		for _, b := range sets {
			if Changed(a, b) != Changed(b, a) {
				t.Errorf("%q, %q: one way only", a, b)
			}
		}
		if Changed(a, a) {
			t.Errorf("%q differs from itself", a)
		}
	}
}
