package mask

import (
	"slices"
	"strings"
	"testing"
)

func TestPlates(t *testing.T) {
	for text, want := range map[string][]string{
		"29A-123.45":                     {"29A-123.45"},
		"29a-123.45":                     nil, // small letters need a cue
		"xe 29a-123.45":                  {"29a-123.45"},
		"29 A 123.45":                    {"29 A 123.45"},
		"59X1 234.56 và 59-X1 234.56":    {"59X1 234.56", "59-X1 234.56"},
		"59X1-2345":                      {"59X1-2345"},
		"61C-4567":                       {"61C-4567"},
		"61C 4567":                       nil, // the old form needs a hyphen or a cue
		"biển số 61C 4567":               {"61C 4567"},
		"12A-2026":                       nil, // a year
		"29I-123.45, 29O-12345, 29W1234": nil, // letters no plate has
		"10A-123.45, 09A-123.45":         nil, // provinces there are not
		"29ABC-12345":                    nil,
		"29A-123456":                     nil,
		"29A-123":                        nil,
		"x29A-123.45, 3/29A-12345":       nil,
		"29A-12345/QĐ":                   nil,
		"29A-12345m":                     nil,
		"(29A-123.45)":                   {"29A-123.45"},
		"đ29A-123.45":                    nil,
		"29A":                            nil,
		"29":                             nil,
		"29A-":                           nil,
	} {
		if got := hidden(text, Plate); !slices.Equal(got, want) {
			t.Errorf("%q: hidden %q, want %q", text, got, want)
		}
	}
}

func TestSeriesDigit(t *testing.T) {
	for s, want := range map[string]bool{
		"1-12345": true, "1 234.56": true, "123456": true, "1234.56": true, "12345": false, "1234": false, "1": false, "1234.": false, "1234567": false, "": false,
	} {
		if s != "" && seriesDigit(s) != want {
			t.Errorf("seriesDigit(%q) = %v", s, !want)
		}
	}
}

func TestBreaks(t *testing.T) {
	for s, want := range map[string]bool{"": true, " ": true, "(": true, "“": true, "\n": true, "a": false, "ế": false, "1": false, "/": false, ".": false, "-": false, "_": false} {
		if got := breaks(s); got != want {
			t.Errorf("breaks(%q) = %v", s, got)
		}
	}
}

// TestPlateAtEveryCut: a plate at the very end of a text is read, and no text
// cut short makes it fail.
func TestPlateAtEveryCut(t *testing.T) {
	const plate = "xe 59-X1 - 123.45"
	for cut := range len(plate) + 1 {
		text := plate[:cut]
		for i := range len(text) {
			if isDigit(text[i]) {
				if s, ok := plateAt(text, i); ok && (s.Start != i || s.End > len(text)) {
					t.Errorf("%q: %v", text, s)
				}
			}
		}
	}
	if got := hidden(plate, Plate); len(got) != 1 || !strings.HasSuffix(got[0], "123.45") {
		t.Errorf("hidden %q", got)
	}
}
