package mask

import (
	"slices"
	"testing"
)

func TestCuesOf(t *testing.T) {
	for in, want := range map[string]cues{
		"stk ":                                 saysAccount,
		"so tai khoan cua toi la: ":            saysAccount,
		"so tai khoan ngan hang vietcombank: ": saysAccount,
		"cccd so ":                             saysIdentity,
		"can cuoc cong dan cua me toi: ":       saysIdentity,
		"sdt ":                                 saysPhone,
		"lien he em qua zalo ":                 saysPhone,
		"duong day nong cua cong an tinh: ":    saysHotline,
		"bien so ":                             saysPlate,
		"mst: ":                                saysDocument,
		"tai khoan bi khoa tu ngay ":           0,
		"bat ":                                 0, // no word ends in "at" by chance
		"xestk ":                               0,
		"":                                     0,
	} {
		if got := cuesOf(in); got&want != want || want == 0 && got != 0 {
			t.Errorf("cuesOf(%q) = %b, want %b", in, got, want)
		}
	}
}

func TestContextEndsAtTheSentence(t *testing.T) {
	for in, want := range map[string]string{
		"STK của tôi. Số: ":                "stk cua toi. so: ", // too short to be a sentence
		"STK của tôi đã khoá. Bà con gọi ": "ba con goi ",
		"STK\n": "",
		"tôi ở xa. Số điện thoại của tôi là ": "so dien thoai cua toi la ",
	} {
		if got := context(in, len(in)); got != want {
			t.Errorf("context(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestChain(t *testing.T) {
	for in, want := range map[string][]string{
		"0912 345.678 x":                      {"0912", "345", "678"},
		"12, 13":                              {"12"},
		"024) 3998":                           {"024", "3998"},
		"1 - 2":                               {"1", "2"},
		"1  -  2":                             {"1"}, // too far apart
		"1\u00A02–3":                          {"1", "2", "3"},
		"7":                                   {"7"},
		"1.2.3.4.5.6.7.8.9.0.1.2.3.4.5.6.7.8": {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "1", "2", "3", "4", "5", "6"},
	} {
		var got []string
		for _, g := range chain(nil, in, 0) {
			got = append(got, in[g.start:g.end])
		}
		if !slices.Equal(got, want) {
			t.Errorf("chain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestIsNational(t *testing.T) {
	for s, want := range map[string]bool{
		"912345678": true, "312345678": true, "2439985765": true, "1234567890": true, "412345678": false, "91234567": false, "243998576": false,
		"1134567890": false, "": false, "612345678": false,
	} {
		if isNational(s) != want {
			t.Errorf("isNational(%q) = %v", s, !want)
		}
	}
}

func TestDisjoint(t *testing.T) {
	got := disjoint([]Span{{8, 9, Email}, {0, 4, Phone}, {2, 6, Plate}, {6, 7, Account}, {0, 2, Identity}})
	want := []Span{{0, 6, Phone}, {6, 7, Account}, {8, 9, Email}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestGlued(t *testing.T) {
	for in, want := range map[string]bool{
		"": false, "số ": false, "a": true, "_": true, "?id=": true, "https://a.vn/": true, "www.a.vn/x-": true, "zalo.me/": false, "https://zalo.me/": false,
		"09/": false, "12.": false, "+": false, "(": false,
	} {
		if got := glued(in+"0912345678", len(in)); got != want {
			t.Errorf("glued after %q is %v", in, got)
		}
	}
}
