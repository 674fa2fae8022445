package viet

import (
	"strings"
	"testing"
)

func encoders() map[string]func(string) (string, bool) {
	return map[string]func(string) (string, bool){
		CP1258: encode1258, TCVN3: encodeTCVN3, VNI: encodeVNI, VISCII: encodeTable(viscii),
	}
}

// plainTexts are the texts of the corpus with enough marks to judge by.
func plainTexts(t *testing.T) []string {
	var out []string
	for _, s := range append(corpus(t, "comments*.jsonl"), corpus(t, "press_written.jsonl")...) {
		if s = Clean(s); len(s) >= 60 && readAs(s).marked >= 3 {
			out = append(out, s)
		}
	}
	return out
}

// TestRoundTripCorpus holds the measured shares of texts that come back
// letter for letter (letter case aside: TCVN3 loses it) although labelled
// windows-1252.
func TestRoundTripCorpus(t *testing.T) {
	texts := plainTexts(t)
	for name, encode := range encoders() {
		least := map[string]float64{CP1258: 1, VNI: 1, TCVN3: 0.998, VISCII: 0.985}[name]
		share(t, name, least, texts, encode, func(data string) (string, string) {
			text, charset, _ := Decode([]byte(data), "windows-1252")
			return text, charset
		})
	}
}

// TestRepairCorpus does the same for text that somebody already misread.
func TestRepairCorpus(t *testing.T) {
	texts := plainTexts(t)
	damages := map[string]func(string) (string, bool){
		Mojibake: func(s string) (string, bool) { return misread(s), true },
		TCVN3:    func(s string) (string, bool) { data, ok := encodeTCVN3(s); return misread(data), ok },
		VNI:      func(s string) (string, bool) { data, ok := encodeVNI(s); return misread(data), ok },
	}
	for name, damage := range damages {
		share(t, name, 0.999, texts, damage, func(s string) (string, string) {
			text, what, _ := Repair(s)
			return text, what
		})
	}
}

func share(t *testing.T, name string, least float64, texts []string, damage func(string) (string, bool), mend func(string) (string, string)) {
	t.Helper()
	n, right := 0, 0
	var miss string
	for _, s := range texts {
		data, ok := damage(s)
		if !ok {
			continue
		}
		n++
		if got, what := mend(data); what == name && strings.EqualFold(got, s) {
			right++
		} else {
			miss = what + ": " + got
		}
	}
	t.Logf("%s: %d of %d texts came back", name, right, n)
	if float64(right) < least*float64(n) {
		t.Errorf("%s: %d of %d texts came back, want %v; for one, %s", name, right, n, least, miss)
	}
}
