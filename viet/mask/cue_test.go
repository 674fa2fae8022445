package mask

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/viet"
)

// TestCueTablesAreFolded: a cue with a mark or a capital would never be met.
func TestCueTablesAreFolded(t *testing.T) {
	for _, table := range []map[string]cues{cueWords, betweenWords} {
		for word, says := range table {
			if viet.Fold(word) != word || says == 0 || strings.TrimSpace(word) != word {
				t.Errorf("%q says %b", word, says)
			}
		}
	}
}

// TestEveryCueIsReached: no cue is longer than the walk back or ends in a
// word that the walk cannot stand on.
func TestEveryCueIsReached(t *testing.T) {
	for word, says := range cueWords {
		for _, joint := range []string{" ", ": ", " - ", " (", ":"} {
			if got := cuesOf("bac " + word + joint); got&says != says {
				t.Errorf("%q with %q behind: %b, want %b", word, joint, got, says)
			}
		}
		if got := cuesOf("x" + word + " "); strings.IndexByte(word, ' ') < 0 && got&says == says {
			t.Errorf("%q is found inside a word", word)
		}
	}
}

func TestOnlyWordsBetweenLetACueThrough(t *testing.T) {
	for in, want := range map[string]cues{
		"stk cua em la ":               saysAccount,
		"stk em moi mat hom qua la ":   0, // "mất hôm qua" is no way to name a number
		"sdt cua ba noi ":              0,
		"sdt cua ba ":                  saysPhone,
		"cccd cap ngay ":               saysIdentity,
		"sdt cap ngay ":                0, // "cấp ngày" belongs to cards
		"tai khoan ngan hang bidv so ": saysAccount,
		"duong day nong cua so y te: ": saysHotline,
		"stk so la cua toi em a anh ":  saysAccount,
		"stk la la la la la la la la ": 0, // the eighth word back must be the cue's
	} {
		if got := cuesOf(in); got&want != want || want == 0 && got != 0 {
			t.Errorf("cuesOf(%q) = %b, want %b", in, got, want)
		}
	}
}

func TestContextIsFoldedAndBounded(t *testing.T) {
	long := strings.Repeat("đường dài ", 40)
	if got := context(long, len(long)); len(got) > reach || got != viet.Fold(got) || !strings.HasSuffix(got, "duong dai ") {
		t.Errorf("context of a long line is %q", got)
	}
	if got := context("CCCD SỐ: 1", len("CCCD SỐ: ")); got != "cccd so: " {
		t.Errorf("%q", got)
	}
	if got := context("abc", 0); got != "" {
		t.Errorf("before the text stands %q", got)
	}
	// The window opens inside a rune of three bytes.
	for pad := range 4 {
		s := strings.Repeat("ế", 40) + strings.Repeat("a", pad)
		if got := context(s, len(s)); strings.ContainsRune(got, '\uFFFD') {
			t.Errorf("a rune is cut: %q", got)
		}
	}
}

func TestLastWordAndJoints(t *testing.T) {
	for in, want := range map[string]string{"so stk": "stk", "a-b": "b", "điện": "điện", "x ": "", "": "", "so 12": "12"} {
		if got := lastWord(in); got != want {
			t.Errorf("lastWord(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"stk: ": "stk", "stk => ": "stk", "stk –\u00A0": "stk", "stk (“": "stk", "stk!": "stk!", " - ": ""} {
		if got := trimJoints(in); got != want {
			t.Errorf("trimJoints(%q) = %q, want %q", in, got, want)
		}
	}
}
