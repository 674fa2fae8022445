package mask

import (
	"testing"

	"pgregory.net/rapid"
)

// TestPhoneForms are the forms the comment of phone lists, at their borders.
func TestPhoneForms(t *testing.T) {
	for text, want := range map[string]string{
		"0312345678": "0312345678", "0212345678": "", "02123456789": "02123456789", "0112345678": "", "01212345678": "01212345678",
		"01112345678": "", "0612345678": "", "091234567": "", "09123456789": "", "84912345678": "84912345678", "+84912345678": "+84912345678",
		"+840912345678": "+840912345678", "0084912345678": "0084912345678", "849123456789": "", "+442071838750": "+442071838750",
		"+012345": "", "912345678": "", "sđt 912345678": "912345678", "sđt 212345678": "", "0412345678": "", "điện thoại 0438253535": "0438253535",
		"điện thoại 0838253535": "0838253535", "0912 345 678 / 0987": "0912 345 678",
	} {
		got := ""
		if all := hidden(text, Phone); len(all) > 0 {
			got = all[0]
		}
		if got != want {
			t.Errorf("%q: hidden %q, want %q", text, got, want)
		}
	}
}

func TestServiceNumbersStay(t *testing.T) {
	for _, text := range []string{
		"19001009", "1900 1009", "1800 599 920", "18006132", "069 2345 678", "0692345678", "hotline 024 3998 5765", "tổng đài 02439985765", "số máy trực 0203.3825.123",
		"đường dây nóng của Công an tỉnh 0203.3825.123", "gọi 115", "1022",
	} {
		if got := hidden(text, Phone); len(got) > 0 {
			t.Errorf("%q: hidden %q", text, got)
		}
	}
	// A mobile is somebody's, whatever it is called.
	if got := hidden("đường dây nóng 0912345678", Phone); len(got) != 1 {
		t.Errorf("a mobile stays: %q", got)
	}
}

func TestIsMobile(t *testing.T) {
	for text, want := range map[string]bool{
		"0912345678": true, "84312345678": true, "512345678": true, "0241234567": false, "0": false, "84": false, "0692345678": false,
	} {
		if got := numberOf(text).isMobile(); got != want {
			t.Errorf("isMobile(%q) = %v", text, got)
		}
	}
}

func TestChanceSumsAreNotPlausible(t *testing.T) {
	for text, want := range map[string]bool{
		"09 12 34 56 78":    true,
		"0912.345.678":      true,
		"0912 345.678":      true,
		"0912 345.678-9":    false, // three kinds of separator
		"09 12.34 56.78":    false, // twos, separated now so, now so
		"09 12 34 56 78 90": false, // goes on in the same style: a lottery
	} {
		n := numberOf(text)
		used := min(len(n.groups), 5)
		if text == "0912 345.678-9" {
			used = 4
		}
		if got := n.plausible(used); got != want {
			t.Errorf("plausible(%q) = %v", text, got)
		}
	}
}

func TestPhoneStartTakesItsLead(t *testing.T) {
	for before, want := range map[string]int{"": 0, "+": 0, "(": 0, "(+": 0, "gọi ": len("gọi "), "a(+": 1, "++": 1, ")": 1} {
		if got := phoneStart(before+"84912345678", len(before)); got != want {
			t.Errorf("after %q the span begins at %d, want %d", before, got, want)
		}
	}
}

// TestNoPhoneLeavesADigit: hidden means all of it.
func TestNoPhoneLeavesADigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`(\+84|0)(3|5|7|8|9)[0-9]{8}`).Draw(t, "number")
		after, n := Hide("Gọi " + number + " nhé")
		if after != "Gọi •••••• nhé" || n != 1 {
			t.Fatalf("%q became %q (%d)", number, after, n)
		}
	})
}
