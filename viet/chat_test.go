package viet

import (
	"slices"
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for in, want := range map[string]string{
		"mn ơi ko đc j cả quáaaa":           "mọi người ơi không được gì cả quá",
		"500 k thôi, k biết":                "500 nghìn thôi không biết",
		"đúnggg rùi nhìuuu":                 "đúng rồi nhiều",
		"chưa đủ đk":                        "chưa đủ điều kiện",
		"phạt 0 đồng, 0 biết":               "phạt 0 đồng không biết",
		"xog r, đúg z":                      "xong rồi đúng vậy",
		"e ngại, e ko đi":                   "e ngại em không đi",
		"trời ơiiii wáaaa":                  "trời ơi quá",
		"nghe ns bv gần trg":                "nghe nói bệnh viện gần trường",
		"lm ntn z":                          "làm như thế nào vậy",
		"có dc miễn k":                      "có được miễn không",
		"dc 12 Lê Lợi":                      "dc 12 Lê Lợi",
		"đk tạm trú":                        "đăng ký tạm trú",
		"đk":                                "đk",
		"chưa bt":                           "chưa biết",
		"bt đóng cửa":                       "bt đóng cửa",
		"sinh trắc học ck trên 10tr":        "sinh trắc học ck trên 10tr",
		"500k":                              "500k",
		"ông T.K. ở khu J, R&D":             "ông T K ở khu J R D",
		"Không có gì đặc biệt":              "Không có gì đặc biệt",
		"III, see you soon, good free wifi": "III see you soon good free wifi",
		"xoong nồi, boong tàu":              "xoong nồi boong tàu",
		"8,2 kg":                            "8 2 kg",
		"vé 0 đ, 0 dc đâu":                  "vé 0 đ không được đâu",
		"zậy jờ fải chờ":                    "vậy giờ phải chờ",
		"cx k sao, camon ad":                "cũng không sao cảm ơn ad",
		"":                                  "",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestChatSpellingsOfDomain are the spellings the field guide lists.
func TestChatSpellingsOfDomain(t *testing.T) {
	for want, typed := range map[string]string{
		"không": "ko k hok hông hem kg? khg", "chưa": "chx", "được": "đc", "với": "vs", "gì": "j", "mọi người": "mn", "nói": "ns",
		"làm": "lm", "thời gian": "tgian", "rồi": "r", "cũng": "cx", "như thế nào": "ntn", "vậy": "z",
	} {
		for w := range strings.FieldsSeq(typed) {
			if strings.HasSuffix(w, "?") {
				continue // kg is a kilogram more often
			}
			if got := Plain(w); got != want {
				t.Errorf("Plain(%q) = %q, want %q", w, got, want)
			}
		}
	}
}

func TestUnchatOptions(t *testing.T) {
	words := Unchat("bt thì ck trc")
	if w := words[0]; w.Respelt() || !slices.Contains(w.Options, "bình thường") {
		t.Errorf("bt: %+v", w)
	}
	if w := words[2]; w.Respelt() || !slices.Contains(w.Options, "chuyển khoản") {
		t.Errorf("ck: %+v", w)
	}
	if w := words[3]; !w.Respelt() || w.Options != nil || w.Plain != "trước" {
		t.Errorf("trc: %+v", w)
	}
}

func TestUnchatPointsToTheOriginal(t *testing.T) {
	in := "Ko đc, “quáaaa” mn ơi"
	for _, w := range Unchat(in) {
		if in[w.Start:w.End] != w.Text {
			t.Errorf("%+v", w)
		}
	}
}

// TestChatTablesAgree: no spelling is both certain and doubtful, and every
// reading is made of syllables.
func TestChatTablesAgree(t *testing.T) {
	for typed, plain := range chatWords {
		if doubtful[typed] != nil {
			t.Errorf("%q is certain and doubtful", typed)
		}
		for w := range strings.FieldsSeq(plain) {
			if !Syllable(w) {
				t.Errorf("%q is read as %q", typed, plain)
			}
		}
	}
	for typed, options := range doubtful {
		for _, o := range options {
			for w := range strings.FieldsSeq(o) {
				if !Syllable(w) {
					t.Errorf("%q may be %q", typed, o)
				}
			}
		}
	}
}

// TestUnchatLeavesThePress: press passages hardly change.
func TestUnchatLeavesThePress(t *testing.T) {
	words, changed := 0, map[string]int{}
	for _, s := range corpus(t, "press_written.jsonl") {
		for _, w := range Unchat(s) {
			words++
			if w.Respelt() {
				changed[w.Text+" → "+w.Plain]++
			}
		}
	}
	n := 0
	for _, c := range changed {
		n += c
	}
	t.Logf("%d of %d words respelt: %v", n, words, changed)
	if n*1000 > words {
		t.Errorf("%d of %d words respelt", n, words)
	}
}

// TestSqueezeStepByStep holds what squeeze is made of.
func TestSqueezeStepByStep(t *testing.T) {
	for in, want := range map[string]string{"quáaaa": "quá", "QUÁÁÁ": "quá", "aab": "ab", "ơiiii": "ơi", "": "", "ươi": "ươi", "xoong": "xong"} {
		if got := shorten(in); got != want {
			t.Errorf("shorten(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"fải": "phải", "wen": "quen", "zậy": "dậy", "dzui": "vui", "jờ": "giờ", "đúg": "đúng", "đúng": "đúng", "": "", "g": "ng"} {
		if got := bySound(in); got != want {
			t.Errorf("bySound(%q) = %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]bool{"aaa": true, "xaaa": true, "aa": false, "": false, "aabb": false, "777": true} {
		if got := drawnOut(in); got != want {
			t.Errorf("drawnOut(%q) = %v", in, got)
		}
	}
	if !allUpper("III") || allUpper("IIi") || allUpper("I1") || !echoes('á', 'a') || !echoes('a', 'a') || echoes('a', 'á') || echoes('đ', 'd') {
		t.Error("allUpper or echoes errs")
	}
}

// TestALetterStandsFree where it is a word and no part of one.
func TestALetterStandsFree(t *testing.T) {
	for in, want := range map[string]bool{"k": true, "a k b": true, "a,k.": true, "“k”": true, "(k)": true, "T.k.": true, "r&k": false, "k/c": false, "K": false, "3-k": false} {
		tokens := Tokens(in)
		for _, k := range tokens {
			if strings.EqualFold(k.Text, "k") && standsFree(in, k) != want {
				t.Errorf("k in %q: %v", in, !want)
			}
		}
	}
}

// TestUnchatLosesNoWord: a word for each token, and of standard text nothing
// is changed.
func TestUnchatLosesNoWord(t *testing.T) {
	for _, s := range []string{sentence, "Người dân phản ánh; tổ 3 họp lúc 8 giờ, xoong nồi ngoằn ngoèo khuỷu tay.", "The people of the city reported flooding."} {
		for _, w := range Unchat(s) {
			if w.Respelt() {
				t.Errorf("%q: %q is respelt %q", s, w.Text, w.Plain)
			}
		}
	}
	if w := Unchat(strings.Repeat("a", 100)); len(w) != 1 || w[0].Plain == "" {
		t.Errorf("%+v", w)
	}
}
