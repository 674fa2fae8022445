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

func TestRoundTripCorpus(t *testing.T) {
	texts := append(corpus(t, "comments*.jsonl"), corpus(t, "press_written.jsonl")...)
	for name, encode := range encoders() {
		n, right, wrong := 0, 0, 0
		wrongs := map[string]int{}
		for _, s := range texts {
			s = Clean(s)
			if Fold(s) == strings.ToLower(s) || len(s) < 60 {
				continue
			}
			data, ok := encode(s)
			if !ok {
				continue
			}
			n++
			got, charset, _ := Decode([]byte(data), "windows-1252")
			if strings.EqualFold(got, s) {
				right++
			} else {
				wrong++
				wrongs[charset]++
				if wrong <= 3 {
					t.Logf("%s read as %s\n%s\n%s", name, charset, s, got)
				}
			}
		}
		t.Logf("%s: %d texts, %d right, wrong %v", name, n, right, wrongs)
	}
}
func TestRepairCorpus(t *testing.T) {
	texts := append(corpus(t, "comments*.jsonl"), corpus(t, "press_written.jsonl")...)
	for _, name := range []string{Mojibake, TCVN3, VNI} {
		n, right, shown := 0, 0, 0
		for _, s := range texts {
			s = Clean(s)
			if len(s) < 60 || readAs(s).marked < 3 {
				continue
			}
			damaged := misread(s)
			if name != Mojibake {
				data, ok := encoders()[name](s)
				if !ok {
					continue
				}
				damaged = misread(data)
			}
			n++
			got, what, ok := Repair(damaged)
			if ok && what == name && strings.EqualFold(got, s) {
				right++
			} else if shown++; shown < 4 {
				t.Logf("%s %v\n%s\n%s\n%s", what, ok, s, damaged, got)
			}
		}
		t.Logf("%s: %d, %d right", name, n, right)
	}
}
