package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// symbols knows one family of symbols by their capitals, and by their
// capitals without Đ, Ư and Ơ, as they are written where those letters are
// missing.
type symbols struct {
	exact map[string]string
	plain map[string]string
}

// kinds are the kinds of documents: the 29 of Phụ lục III of NĐ 30/2020, the
// rule-making acts and the Party's.
var kinds = newSymbols(`NQ QĐ CT QC QyĐ TC TB HD CTr KH PA ĐA DA BC BB TTr HĐ CĐ BGN BTT GUQ GM GGT GNP PG PC PB
	NĐ TT TTLT NQLT L LCT PL SL VBHN KL QĐLT BCTĐ TTLN`)

// issuers are who a number may name as its author, and who may begin the
// symbol of a công văn.
var issuers = newSymbols(`CP TTg CTN TW UBND HĐND VPCP TTCP NHNN TANDTC VKSNDTC VKSTC HĐTP KTNN BHXH BHXHVN
	BTC BYT BKHCN BGTVT BCA BNNPTNT BNN BTTTT BTNMT BQP BLĐTBXH BCT BGDĐT BTP BVHTTDL BNV BXD BKHĐT BNG BNNMT
	BDTTG DTTG UBDT NNMT LĐTBXH
	STTTT SNV SYT STP STC SCT SXD SKHCN SNNMT SGDĐT SGTVT SKHĐT SNNPTNT STNMT SLĐTBXH SVHTTDL SVHTT SDTTG SNgV SDL SQHKT
	TCT TCHQ TCTK CAT CATP KBNN VPQH VPCTN VPTW VPUBND VPUB MTTQ MTTW TLĐ LĐLĐ EVN ACV BQLKV BQLKKT
	BTGTW BTGDVTW BTCTW UBKTTW BNCTW BCSĐCP ĐUCP HĐBT HĐNN TU HU ĐU QU TTXVN`)

func newSymbols(list string) symbols {
	s := symbols{map[string]string{}, map[string]string{}}
	for form := range strings.FieldsSeq(list) {
		up := strings.ToUpper(form)
		s.exact[up] = form
		if _, taken := s.plain[plain(up)]; !taken {
			s.plain[plain(up)] = form
		}
	}
	return s
}

var barsAndHorns = strings.NewReplacer("Đ", "D", "Ư", "U", "Ơ", "O")

// plain takes the bars and horns off capitals.
func plain(up string) string { return barsAndHorns.Replace(up) }

// read gives the canonical spelling of a symbol: as listed, or as listed
// once its missing Đ is put back. HD (hướng dẫn) stays HD, for it is listed.
func (s symbols) read(written string) (string, bool) {
	up := strings.ReplaceAll(strings.ToUpper(written), "&", "") // BGD&ĐT is BGDĐT
	if form, ok := s.exact[up]; ok {
		return form, true
	}
	if plain(up) != up {
		return "", false
	}
	form, ok := s.plain[up]
	return form, ok
}

// assembly reports whether a symbol is the National Assembly's or its
// standing committee's, which carry the number of the term: QH15, UBTVQH16.
func assembly(s string) bool {
	rest, ok := strings.CutPrefix(strings.ToUpper(s), "UBTVQH")
	if !ok {
		rest, ok = strings.CutPrefix(strings.ToUpper(s), "QH")
	}
	return ok && rest != "" && len(rest) <= 2 && strings.Trim(rest, "0123456789") == ""
}

// party reports whether a symbol is a Party committee's; its numbers put the
// hyphen first: 57-NQ/TW.
func party(s string) bool {
	switch s {
	case "TW", "TU", "HU", "ĐU", "QU", "BCSĐ", "BCSĐCP", "BTGTW", "BTGDVTW", "BTCTW", "UBKTTW", "BNCTW", "VPTW", "ĐUCP":
		return true
	}
	return strings.HasPrefix(s, "BCSĐ") || strings.HasPrefix(s, "ĐU") && len(s) <= 8
}

// part is one run of letters, digits and "&" of a symbol.
type part struct {
	text string // canonical where known, else as written
	sep  byte   // what stands before it: '/', '-'
	end  int
}

// scanParts reads the parts of a symbol from text[i], where sep stood before.
// A dash may have spaces around it while the symbol is incomplete; later only
// after it ("TT- BVHTTDL"), so that "NĐ-CP - Hà Nội" ends at CP.
func scanParts(text string, i int, sep byte) []part {
	var parts []part
	for len(parts) < 7 {
		p, ok := scanPart(text, i, sep)
		if !ok {
			break
		}
		parts = append(parts, p)
		var next int
		next, sep = separator(text, p.end, len(parts) == 1)
		if sep == 0 {
			break
		}
		i = next
	}
	return parts
}

// scanPart reads one part at text[i].
func scanPart(text string, i int, sep byte) (part, bool) {
	start := i
	for i < len(text) {
		r, n := utf8.DecodeRuneInString(text[i:])
		if strings.HasPrefix(text[i:], "&amp;") {
			n = len("&amp;")
		} else if !unicode.IsLetter(r) && (i == start || !unicode.IsDigit(r) && r != '&') {
			break
		}
		i += n
	}
	written := strings.TrimRight(text[start:i], "&")
	end := start + len(written)
	written = strings.ReplaceAll(written, "&amp;", "&")
	if written == "" || len(written) > 24 {
		return part{}, false
	}
	if canonical, ok := readPart(written); ok {
		return part{canonical, sep, end}, true
	}
	return part{}, false
}

// readPart spells a part canonically and refuses ordinary words.
func readPart(written string) (string, bool) {
	if k, ok := kinds.read(written); ok && (len(written) > 1 || written == "L") {
		return k, true
	}
	if strings.ToUpper(written) == "TƯ" {
		return "TW", true
	}
	if b, ok := issuers.read(written); ok {
		return b, true
	}
	if assembly(written) {
		return strings.ToUpper(written), true
	}
	return written, looksLikeSymbol(written)
}

// looksLikeSymbol accepts at least two capitals, the first letter among them,
// and no accented small letter: KGVX, PTTH&TTĐT, GDTrH; not "Hà", not "Tin".
func looksLikeSymbol(s string) bool {
	capitals := 0
	for i, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
			if r > unicode.MaxASCII && !strings.ContainsRune("ĐƯƠÔÂĂÊ", r) {
				return false
			}
		case i == 0, unicode.IsLower(r) && r > unicode.MaxASCII:
			return false
		}
	}
	return capitals >= 2 && 2*capitals > strings.IndexFunc(s+"x", unicode.IsLower)
}

// separator reads what joins two parts: "-", any dash or "/", with spaces
// before it only where loose. sep 0 says that the symbol ends.
func separator(text string, i int, loose bool) (next int, sep byte) {
	j := i
	if loose {
		j = skipSpace(text, i)
	}
	r, n := utf8.DecodeRuneInString(text[j:])
	switch {
	case n == 0:
		return 0, 0
	case r == '/':
		return skipSpace(text, j+n), '/'
	case isDash(r):
		return skipSpace(text, j+n), '-'
	}
	return 0, 0
}

func isDash(r rune) bool {
	switch r {
	case '-', '–', '—', '‑', '−', '‐':
		return true
	}
	return false
}

// skipSpace passes over at most three spaces, one line end among them.
func skipSpace(text string, i int) int {
	lines := 0
	for k := 0; k < 3 && i < len(text); k++ {
		r, n := utf8.DecodeRuneInString(text[i:])
		if r == '\n' {
			lines++
		}
		if r != ' ' && r != '\u00a0' && r != '\n' || lines > 1 {
			break
		}
		i += n
	}
	return i
}
