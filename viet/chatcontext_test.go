package viet

import (
	"strings"
	"testing"
)

// readings of doubtful spellings, by what stands beside them.
var readings = map[string]string{
	"em k biết": "không", "giá 500 k": "nghìn", "500, k đắt": "không", "kh có": "không", "20 kh": "kh", "k": "không",
	"0 có gì": "không", "0 đồng": "0", "10 0 có": "0", "0": "0", "0 dong": "0",
	"lúc 8 h": "giờ",
	"e hỏi":   "em", "e ngại": "e", "e rằng": "e", "e dè": "e",
	"làm dc": "được", "dc chưa": "được", "dc 12 Lê Lợi": "dc", "dc": "dc",
	"đủ đk": "điều kiện", "nộp dk chưa": "được", "đk xe": "đăng ký", "đk kinh doanh": "đăng ký", "dk online": "đăng ký", "đk này": "đk", "đk": "đk",
	"ko bt": "biết", "hay bt": "bt", "bt": "bt", "bth": "bình thường",
	"hk biết": "không", "thích hk": "không", "hk 2": "hk",
	"sao v": "vậy", "sao v ạ": "vậy", "v mn": "vậy", "v nhỉ": "vậy", "v chứ": "v",
	"ck e": "ck", "tt rồi": "tt", "nv mới": "nv",
}

func TestNeighboursDecide(t *testing.T) {
	for in, want := range readings {
		found := false
		for _, w := range Unchat(in) {
			if doubtful[Fold(w.Text)] == nil && doubtful[strings.ToLower(w.Text)] == nil || found {
				continue
			}
			if w.Text == "10" || Syllable(w.Text) && len(w.Text) > 1 {
				continue
			}
			found = true
			if w.Plain != want {
				t.Errorf("%q: %q is read %q, want %q", in, w.Text, w.Plain, want)
			}
			if w.Respelt() != (w.Options == nil) {
				t.Errorf("%q: %+v is both decided and open", in, w)
			}
		}
		if !found {
			t.Errorf("%q has nothing doubtful", in)
		}
	}
}

// TestMarksKeepNeighboursApart: a comma or a line end between two words, and
// they decide nothing for each other.
func TestMarksKeepNeighboursApart(t *testing.T) {
	for in, want := range map[string]neighbours{
		"một hai BA":      {"mot", "ba"},
		"một   hai   ba":  {"mot", "ba"},
		"một, hai. ba":    {},
		"một\nhai\nba":    {},
		"một-hai (ba)":    {},
		"một, hai Điều":   {"", "dieu"},
		"Đường hai\u00A0": {"duong", ""},
	} {
		tokens := Tokens(in)
		if got := beside(in, tokens, 1); got != want {
			t.Errorf("beside the second word of %q: %+v, want %+v", in, got, want)
		}
	}
}

func TestDecidingWordsAreFolded(t *testing.T) {
	for _, set := range []map[string]struct{}{negations, predicates, verbs} {
		for word := range set {
			if Fold(word) != word || len(Tokens(word)) != 1 {
				t.Errorf("%q can never stand beside anything", word)
			}
		}
	}
}

// TestAChosenReadingIsAnOption: what the neighbours choose is one of the
// readings the table names.
func TestAChosenReadingIsAnOption(t *testing.T) {
	words := []string{"", "5", "du", "dieu", "tam", "xe", "mn", "a", "nhi", "ngai"}
	for _, set := range []map[string]struct{}{negations, predicates, verbs} {
		for w := range set {
			words = append(words, w)
		}
	}
	for typed, options := range doubtful {
		for _, before := range words {
			for _, after := range words {
				plain := neighbours{before, after}.choose(typed)
				if plain != "" && !strings.Contains("|"+strings.Join(options, "|")+"|", "|"+plain+"|") {
					t.Fatalf("%q between %q and %q is %q, which is none of %q", typed, before, after, plain, options)
				}
			}
		}
	}
}
