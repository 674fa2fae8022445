// Package document recognises legal and administrative documents cited by
// number: 70/2025/NĐ-CP, 07/CT-TTg, 57-NQ/TW, 4312/UBND-KGVX, "Nghị định 168",
// lists that share a type word and numbers that share an ending.
//
// It reads text and writes mention.Document: a canonical key, what is written,
// where, and whether the key names one document. Numbers restart every year
// and in every province, so a number without its year is resolved only by a
// date beside it and an issuer, or by a register of known documents; else it
// is left unresolved. Nothing is taken from addresses, dates, fractions
// (08/08), ranks (10/63) or form codes.
//
// Limit: bare numbers ("Nghị định 09") need the type word just before them.
package document

import (
	"strconv"
	"strings"
)

// Ref is a citation found in a text.
type Ref struct {
	Key      string // canonical: "7/CT-TTg", "70/2025/NĐ-CP", "57-NQ/TW"
	Type     string // NĐ, QĐ, CV …; "" where unknown
	Number   string // without leading zeros: "7", "4a"
	Year     int    // 0 where the number does not carry it
	Body     string // CP, TTg, UBND, TW …; "" where unknown
	Start    int    // bytes of the text
	End      int
	Issuer   string // as the text names it, or what the symbol says
	Date     string // yyyy-mm-dd, or yyyy where only the year is told
	Resolved bool
	bare     bool // cited without its symbol: "Nghị định 168"
	weak     bool // bare, and to be dropped unless something supports it
	said     bool // bare, after "số"
	hyphen   bool // the hyphen stands first: 57-NQ/TW, 32-L/CTN
	old      bool // the old form without its kind: 135/HĐBT
}

// year is the document's year, from its number or its date; 0 is unknown.
func (r *Ref) year() int {
	if r.Year != 0 || len(r.Date) < 4 {
		return r.Year
	}
	y, _ := strconv.Atoi(r.Date[:4])
	return y
}

// key writes the canonical form.
func (r *Ref) key() string {
	number := r.Number
	if r.Year != 0 {
		number += "/" + strconv.Itoa(r.Year)
	}
	switch {
	case r.old:
		return number + "/" + r.Body
	case r.hyphen:
		return number + "-" + r.Type + "/" + r.Body
	case r.Body == "":
		return number + "/" + r.Type
	case r.Type == "", r.Type == "CV", assembly(r.Body) && r.Year != 0 && r.Type != "PL":
		return number + "/" + r.Body
	}
	return number + "/" + r.Type + "-" + r.Body
}

// issuerOf is the issuer that a symbol names by itself.
func issuerOf(body string) string {
	for _, w := range issuerWords {
		if w.body == body && body != "TW" {
			return w.name
		}
	}
	switch {
	case strings.HasPrefix(body, "UBTVQH"):
		return "Ủy ban Thường vụ Quốc hội"
	case assembly(body):
		return "Quốc hội"
	}
	return ""
}

// Canonical gives the key of one number as a register writes it
// ("07/CT-TTg" → "7/CT-TTg"), or "" where it is none.
func Canonical(number string) string {
	refs := find(number)
	if len(refs) != 1 || refs[0].bare || refs[0].Start != 0 || refs[0].End != len(number) {
		return ""
	}
	return refs[0].key()
}
