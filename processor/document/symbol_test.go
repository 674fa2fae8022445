package document

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestSymbolsAreSpeltOneWay(t *testing.T) {
	for written, want := range map[string]string{
		"NĐ": "NĐ", "nđ": "NĐ", "ND": "NĐ", "QD": "QĐ", "QyĐ": "QyĐ", "QYĐ": "QyĐ", "CTR": "CTr", "TTR": "TTr",
		"HD": "HD", // hướng dẫn is listed: it is no HĐ without its bar
		"HĐ": "HĐ", "DA": "DA", "ĐA": "ĐA", "CD": "CĐ", "L": "L", "X": "", "": "", "NGHỊ": "",
	} {
		got, ok := kinds.read(written)
		if got != want || ok != (want != "") {
			t.Errorf("kind %q: %q", written, got)
		}
	}
	for written, want := range map[string]string{
		"CP": "CP", "TTG": "TTg", "ttg": "TTg", "HDND": "HĐND", "BGD&ĐT": "BGDĐT", "BGDDT": "BGDĐT", "BLDTBXH": "BLĐTBXH", "BCSDCP": "BCSĐCP",
		"SNGV": "SNgV", "ABC": "", "": "",
	} {
		if got, _ := issuers.read(written); got != want {
			t.Errorf("issuer %q: %q, want %q", written, got, want)
		}
	}
}

// TestEverySymbolReadsItself: in capitals, in small letters, without bars.
func TestEverySymbolReadsItself(t *testing.T) {
	for _, family := range []symbols{kinds, issuers} {
		for up, form := range family.exact {
			for _, written := range []string{form, up, strings.ToLower(form)} {
				if got, ok := family.read(written); !ok || got != form {
					t.Errorf("%q: %q", written, got)
				}
			}
			if got, ok := family.read(plain(up)); !ok || plain(strings.ToUpper(got)) != plain(up) {
				t.Errorf("%q without bars: %q", up, got)
			}
		}
	}
}

func TestAssembly(t *testing.T) {
	for s, want := range map[string]bool{
		"QH15": true, "qh16": true, "UBTVQH16": true, "QH9": true, "QH": false, "UBTVQH": false, "QH155": false, "QHA": false, "XQH15": false, "": false,
	} {
		if assembly(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestParty(t *testing.T) {
	for s, want := range map[string]bool{
		"TW": true, "TU": true, "ĐU": true, "BCSĐ": true, "BCSĐBCT": true, "ĐUBTC": true, "UBND": false, "CP": false, "": false, "ĐUQUÁDÀI": false,
	} {
		if party(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestOrdinaryWordsAreNoSymbols(t *testing.T) {
	for s, want := range map[string]bool{
		"KGVX": true, "PTTH&TTĐT": true, "GDTrH": true, "QLĐTXDƯ": true,
		"Hà": false, "Tin": false, "HÀ": false, "NỘI": false, "a": false, "A": false, "": false, "kGVX": false, "Vnđ": false,
	} {
		if looksLikeSymbol(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

// written puts parts together again, with what stands before each.
func written(parts []part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteByte(p.sep)
		b.WriteString(p.text)
	}
	return b.String()
}

func TestScanParts(t *testing.T) {
	for text, want := range map[string]string{
		"NĐ-CP": "/NĐ-CP", "ND-CP ngày": "/NĐ-CP", "NĐ - CP - Hà Nội": "/NĐ-CP", "TT- BVHTTDL": "/TT-BVHTTDL", "NQ/TW": "/NQ/TW",
		"UBND-KGVX.": "/UBND-KGVX", "BTTTT-PTTH&amp;TTĐT": "/BTTTT-PTTH&TTĐT", "BTTTT-PTTH& nữa": "/BTTTT-PTTH", "NQ-TƯ": "/NQ-TW",
		"Hà Nội": "", "": "", "-": "", "12": "", "A-B-C": "", "QĐ-UBND-A": "/QĐ-UBND", "QĐ–TTg": "/QĐ-TTg", "QĐ‑TTg": "/QĐ-TTg",
		"NĐ-CP-NĐ-CP-NĐ-CP-NĐ-CP": "/NĐ-CP-NĐ-CP-NĐ-CP-NĐ", // seven at most
		strings.Repeat("AB", 13):  "",
	} {
		if got := written(scanParts(text, 0, '/')); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestPartsEndInTheTextInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom([]rune("NĐCPQTWUBgđ&-–/ \n1;amp"))).Draw(t, "text")
		at := 0
		for _, p := range scanParts(text, 0, '/') {
			if p.end <= at || p.end > len(text) || p.end < len(text) && !utf8.RuneStart(text[p.end]) || p.text == "" {
				t.Fatalf("%q: %+v after %d", text, p, at)
			}
			at = p.end
		}
	})
}

func TestSeparator(t *testing.T) {
	for _, tt := range []struct {
		text  string
		loose bool
		sep   byte
		rest  string
	}{
		{"/CP", false, '/', "CP"}, {"- CP", false, '-', "CP"}, {" - CP", false, 0, ""}, {" - CP", true, '-', "CP"}, {" / CP", true, '/', "CP"},
		{"—CP", false, '-', "CP"}, {"−CP", false, '-', "CP"}, {"", true, 0, ""}, {" ", true, 0, ""}, {"CP", true, 0, ""}, {"\\CP", true, 0, ""},
	} {
		next, sep := separator(tt.text, 0, tt.loose)
		if sep != tt.sep || sep != 0 && tt.text[next:] != tt.rest {
			t.Errorf("%q loose=%v: %q, %d", tt.text, tt.loose, sep, next)
		}
	}
}
