package mask

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSeparator(t *testing.T) {
	for s, want := range map[string]int{
		" 1": 1, ".1": 1, "-1": 1, " - 1": 3, ". 1": 2, ") 1": 2, "\u00A01": 2, "–1": 3, " –1": 4, "": 0, " ": 0, ".": 0, ",1": 0, " a": 0, "    1": 4, "     1": 0, "/1": 0, "1": 0,
	} {
		if got := separator(s); got != want {
			t.Errorf("separator(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestIsDate(t *testing.T) {
	for text, want := range map[string]bool{
		"27-11-2026": true, "3.8.1999": true, "03 08 2026": true, "32-11-2026": false, "27-13-2026": false, "27-11-2126": false, "27-11.2026": false, "27-11": false,
		"2026-11-27": false, "0912.345.678": false,
	} {
		if got := isDate(text, chain(nil, text, 0)); got != want {
			t.Errorf("isDate(%q) = %v", text, got)
		}
	}
}

func TestAtMost(t *testing.T) {
	for s, want := range map[string]bool{"": true, "0": true, "31": true, "031": true, "32": false, "99": false} {
		if got := atMost(s, 31); got != want {
			t.Errorf("atMost(%q, 31) = %v", s, got)
		}
	}
}

// TestTheCueDecides: the same digits are a card, an account, a phone or
// nobody's, by what stands before them.
func TestTheCueDecides(t *testing.T) {
	const digits = "0912345678"
	for before, want := range map[string]string{
		"": Phone, "sđt ": Phone, "stk: ": Account, "CCCD số ": Identity, "mã hồ sơ ": "", "MST: ": "", "imei ": "", "hộ chiếu ": Identity, "BHXH ": Identity,
		"chuyển khoản vào số tài khoản ": Account, "mã vận đơn ": "",
	} {
		got := ""
		if spans := Find(before + digits); len(spans) == 1 {
			got = spans[0].Kind
		}
		if got != want {
			t.Errorf("%q is %q, want %q", before+digits, got, want)
		}
	}
}

// TestChainHoldsTogether: the groups of a chain are digits, in order, and the
// text between them is their separator.
func TestChainHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "7" + rapid.StringMatching(`[0-9 .\-)–a]{0,60}`).Draw(t, "text")
		groups := chain(nil, text, 0)
		if len(groups) == 0 || len(groups) > maxGroups || groups[0].start != 0 {
			t.Fatalf("%q: %v", text, groups)
		}
		n := newNumber(text, groups)
		var joined []byte
		for i, g := range groups {
			joined = append(joined, text[g.start:g.end]...)
			if i+1 < len(groups) && text[g.end:groups[i+1].start] != g.sep {
				t.Fatalf("%q: group %d is followed by %q", text, i, g.sep)
			}
		}
		if !slices.Equal(joined, n.digits) || slices.ContainsFunc(joined, func(c byte) bool { return !isDigit(c) }) {
			t.Fatalf("%q: digits %q", text, n.digits)
		}
	})
}
