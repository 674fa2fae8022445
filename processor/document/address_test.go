package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestAddressesAreSeenAndNumbersAreNot(t *testing.T) {
	for _, tt := range []struct {
		chunk string
		at    string // the address question is asked for the first byte of this
		want  bool
	}{
		{"https://vanban.chinhphu.vn/70/2025/NĐ-CP", "70", true},
		{"(https://a.vn/7/CT-TTg)", "7", true},
		{"www.chinhphu.vn/70", "70", true},
		{"vanthu70@laichau.gov.vn", "70", true},
		{"70@laichau.gov.vn", "70", true}, // what follows the number tells too
		{"baolaocai.vn/tin-12/CT-TTg", "12", true},
		{"“baolaocai.vn/12", "12", true},
		{"12/CT-TTg", "12", false},
		{"ngày 9/3/2022", "3", false},
		{"số:12/CT-TTg", "12", false},
		{"a/12", "12", false},         // no host without a dot
		{".vn/12", "12", false},       // nor with nothing before it
		{"v.v/12", "12", false},       // "v.v." is no host: its end has one letter
		{"bộ.vn/12", "12", false},     // hosts are ASCII
		{"66.13/2026", "2026", false}, // the end of a host has letters
		{"a_b.vn/12", "12", false},
	} {
		at := strings.Index(tt.chunk, tt.at)
		if got := isAddress(tt.chunk, at); got != tt.want {
			t.Errorf("%q at %d: %v", tt.chunk, at, got)
		}
	}
}

func TestAddressEndIsTheNextSpace(t *testing.T) {
	text := "Xem tại https://a.vn/7/CT-TTg nhé, hoặc Chỉ thị 7/CT-TTg"
	first := strings.Index(text, "7/CT")
	if got, want := addressEnd(text, first), strings.Index(text, " nhé"); got != want {
		t.Errorf("in the address: %d, want %d", got, want)
	}
	last := strings.LastIndex(text, "7/CT")
	if got := addressEnd(text, last); got != last {
		t.Errorf("outside: %d, want %d", got, last)
	}
}

// TestNothingIsCitedInAddresses: whatever document number an address holds,
// it is none, and the one after the address still is.
func TestNothingIsCitedInAddresses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := rapid.SampledFrom([]string{"https://vb.vn/", "http://x.gov.vn/?so=", "www.a.vn/", "baolaocai.vn/tin/", "ai@a.vn/"}).Draw(t, "address")
		number := rapid.SampledFrom([]string{"70/2025/NĐ-CP", "7/CT-TTg", "57-NQ/TW", "168/2024/ND-CP.html"}).Draw(t, "number")
		text := before + number + " và 12/CT-TTg"
		refs := find(text)
		if len(refs) != 1 || refs[0].key() != "12/CT-TTg" {
			t.Fatalf("%q: %+v", text, refs)
		}
	})
}

func TestAddressEndStaysInTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("a.v/@:đ 7\n\u00a0"))).Draw(t, "text")
		for i := range text {
			if end := addressEnd(text, i); end < i || end > len(text) || end < len(text) && !utf8.RuneStart(text[end]) {
				t.Fatalf("%q at %d: %d", text, i, end)
			}
		}
	})
}
