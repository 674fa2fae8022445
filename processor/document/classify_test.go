package document

import (
	"testing"

	"pgregory.net/rapid"
)

func TestClassify(t *testing.T) {
	for text, want := range map[string]string{
		// after the year
		"70/2025/NĐ":           "70/2025/NĐ-CP", // only the Government makes decrees
		"29/2024/TT":           "29/2024/TT",
		"29/2024/TT-BGDĐT":     "29/2024/TT-BGDĐT",
		"29/2024/KH":           "", // a plan without its author is too little
		"29/2024/ABC":          "",
		"12/2026/QĐTTg":        "12/2026/QĐ-TTg", // without its hyphen
		"Luật số 72/2025/QH15": "72/2025/QH15",
		// without a year
		"07/CT-TTg":              "7/CT-TTg",
		"3430/KH-UBND":           "3430/KH-UBND",
		"15/VBHN-VPQH":           "15/VBHN-VPQH",
		"219/QĐUBND":             "219/QĐ-UBND",
		"837/BTTTT-CĐS":          "837/BTTTT-CĐS",
		"Công văn 837/BTTTT-CĐS": "837/BTTTT-CĐS",
		"Công văn 5/CT-ABC":      "5/CT-ABC",
		"số 5/KH-ABC":            "5/KH-ABC",
		"5/KH-ABC":               "", // an unknown author wants "số" or a type word
		"5/KH-UBNDX":             "5/KH-UBNDX",
		"01/TB-TNCN":             "", // a form
		"số 01/TB-TNCN":          "",
		"Hợp đồng số 12/HĐ-ABC":  "", // contracts are no documents of an authority
		// the Party's
		"57-NQ/TW":    "57-NQ/TW",
		"57-NQ/TƯ":    "57-NQ/TW",
		"57/NQ-TW":    "57-NQ/TW",
		"12-CTr/TU":   "12-CTr/TU",
		"12-CTr/BCSĐ": "12-CTr/BCSĐ",
		"12-NQ/Lai":   "",
		// old
		"Nghị định 90-CP":     "90/CP",
		"90-CP":               "", // without its type word nothing
		"Báo cáo 219/BC":      "219/BC",
		"219/BC":              "",
		"Quyết định 123/UBND": "123/UBND",
		"Nghị quyết 12/TU":    "",
	} {
		if got := shown(find(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPlausible(t *testing.T) {
	said := before{so: true}
	for _, tt := range []struct {
		kind, body string
		b          before
		want       bool
	}{
		{"KH", "UBND", before{}, true}, {"NQ", "QH15", before{}, true}, {"KH", "ABC", before{}, false}, {"KH", "ABC", said, true},
		{"TB", "TNCN", said, false}, {"TC", "NSNN", said, false}, {"HĐ", "ABC", said, false}, {"HĐ", "UBND", before{}, true},
		{"KH", "BCĐ389", before{}, true}, {"KH", "BQLDA", before{}, true}, {"KH", "ĐUK", before{}, true},
	} {
		if got := plausible(tt.kind, tt.body, tt.b); got != tt.want {
			t.Errorf("%s-%s %+v: %v", tt.kind, tt.body, tt.b, got)
		}
	}
}

func TestUnglue(t *testing.T) {
	for in, want := range map[string]string{
		"NĐCP": "/NĐ-CP", "NDCP": "/NĐ-CP", "QĐTTg": "/QĐ-TTg", "QĐUBND": "/QĐ-UBND", "NQHDND": "/NQ-HĐND",
		"NĐ": "/NĐ", "TTLT": "/TTLT", // a kind of its own, no TT with an author
		"CP": "/CP", "QH15": "/QH15", "NĐXYZ": "/NĐXYZ", "KGVX": "/KGVX",
	} {
		if got := written(unglue([]part{{text: in, sep: '/', end: len(in)}})); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestUnglueKeepsTheRest(t *testing.T) {
	in := []part{{"QĐUBND", '/', 8}, {"KGVX", '-', 13}}
	if got := written(unglue(in)); got != "/QĐ-UBND-KGVX" {
		t.Error(got)
	}
	if in[0].text != "QĐUBND" {
		t.Error("unglue wrote into what it was given")
	}
}

// TestKindAndAuthorGiveTheKey: of every kind and every author the key is what
// an office would write, the hyphen before the slash for the Party alone.
func TestKindAndAuthorGiveTheKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		kind := rapid.SampledFrom([]string{"NQ", "QĐ", "CT", "KH", "TB", "BC", "TTr", "KL"}).Draw(t, "kind")
		body := rapid.SampledFrom([]string{"CP", "TTg", "UBND", "BTC", "HĐND", "VPCP", "TW"}).Draw(t, "body")
		number := itoa(rapid.IntRange(1, 9999).Draw(t, "number"))
		want := number + "/" + kind + "-" + body
		if body == "TW" {
			want = number + "-" + kind + "/" + body
		}
		if got := shown(find(number + "/" + kind + "-" + body)); got != want {
			t.Fatalf("got %q, want %q", got, want)
		}
	})
}
