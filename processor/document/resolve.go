package document

import (
	"strings"
	"time"
)

// Known is a document of a register: what bare and year-less numbers are
// resolved by.
type Known struct {
	Number string // as usually written: "168/2024/NĐ-CP"
	Type   string
	Issued string // yyyy-mm-dd, "" unknown
	Until  string // last day in force, "" in force
	Main   bool   // an entry of its own, not merely related to one
}

// Register is what is known of documents. It is immutable.
type Register struct {
	byNumber map[string][]entry // "NĐ 168"
}

type entry struct {
	Ref
	Known
}

// NewRegister makes a register; numbers that the grammar cannot read are
// left out, see Canonical.
func NewRegister(docs []Known) *Register {
	reg := &Register{map[string][]entry{}}
	seen := map[string]int{}
	for _, k := range docs {
		refs := find(k.Number)
		if len(refs) != 1 {
			continue
		}
		r := refs[0]
		if r.Type == "" {
			r.Type = k.Type
		}
		id := k.Type + " " + r.Number
		if at, ok := seen[r.key()+k.Issued]; ok {
			reg.byNumber[id][at].Main = reg.byNumber[id][at].Main || k.Main
			continue
		}
		seen[r.key()+k.Issued] = len(reg.byNumber[id])
		reg.byNumber[id] = append(reg.byNumber[id], entry{r, k})
	}
	return reg
}

// year is a known document's year.
func (e entry) year() int {
	r := e.Ref
	if r.Date == "" {
		r.Date = e.Issued
	}
	return r.year()
}

// lookup finds the one document that a citation without year or symbol means
// in a text of the given day ("" unknown): of its year if it has one, issued
// by then, in force or just ended. Where several are left, ok is false.
func (reg *Register) lookup(r *Ref, day string) (entry, bool) {
	var best []entry
	rank := -1
	for _, e := range reg.byNumber[r.Type+" "+r.Number] {
		if !e.fits(r, day) {
			continue
		}
		score := 0
		if e.Until != "" && day != "" && r.year() == 0 && recalled(e.Until) < day {
			continue // a bare number means what is in force, or has just ended
		}
		if e.Until == "" || day == "" || day <= e.Until {
			score += 2
		}
		if e.Main {
			score++
		}
		if score > rank {
			best, rank = nil, score
		}
		if score == rank {
			best = append(best, e)
		}
	}
	if len(best) != 1 {
		return entry{}, false
	}
	return best[0], true
}

// recalled is the last day on which a document that ended may still be meant
// by its bare number: a year later, a judgement.
func recalled(until string) string {
	t, err := time.Parse(time.DateOnly, until)
	if err != nil {
		return until
	}
	return t.AddDate(1, 0, 0).Format(time.DateOnly)
}

func (e entry) fits(r *Ref, day string) bool {
	switch {
	case r.year() != 0 && e.year() != r.year():
		return false
	case r.Body != "" && e.Body != r.Body && !strings.HasPrefix(e.Body, r.Body):
		return false
	case r.bare && r.Body == "" && (e.Body == "UBND" || e.Body == "HĐND"):
		return false // every province has one
	case day != "" && e.Issued > day:
		return false
	case day != "" && e.Issued == "" && e.year() > yearOf(day):
		return false
	}
	return true
}

func yearOf(day string) int {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return t.Year()
}

// Find gives the citations of a text of the given day (yyyy-mm-dd, "" where
// it is unknown), in order, with keys.
func (reg *Register) Find(text, day string) []Ref {
	return reg.Resolve([][]Ref{Scan(text)}, day)[0]
}

// Scan gives the citations of one field as they stand, not yet resolved.
func Scan(text string) []Ref { return find(text) }

// Resolve settles the citations of the fields of one text: what one place
// leaves out (the year, the symbol, the date) another may tell, or else the
// register. Bare numbers that nothing supports are dropped.
func (reg *Register) Resolve(fields [][]Ref, day string) [][]Ref {
	full := map[string]*Ref{}
	for _, refs := range fields {
		for i := range refs {
			r := &refs[i]
			id := r.Type + " " + r.Number
			if (!r.bare || r.Year != 0 && r.Body != "") && (full[id] == nil || full[id].Date == "" && full[id].key() == r.key()) {
				full[id] = r
			}
		}
	}
	out := make([][]Ref, len(fields))
	for f, refs := range fields {
		for i := range refs {
			r := refs[i]
			if reg.settle(&r, full, day) {
				r.Key = r.key()
				out[f] = append(out[f], r)
			}
		}
	}
	return out
}

// settle completes one citation and reports whether it is one.
func (reg *Register) settle(r *Ref, full map[string]*Ref, day string) bool {
	if r.bare && r.Year == 0 && (r.Type == "NĐ" || r.Type == "TT" || r.Type == "TTLT") {
		r.Year = r.year() // their numbers always carry it
	}
	supported := !r.bare || r.Year != 0 && r.Body != ""
	if f := full[r.Type+" "+r.Number]; f != nil && f.agrees(r) {
		r.complete(f)
		supported = true
	}
	partys := r.hyphen && r.Date == "" // numbered by the term of a congress, not by the year
	if partys || r.bare && (r.Year == 0 || r.Body == "" || assemblyBare(r.Body)) {
		if e, ok := reg.lookup(r, day); ok {
			known := e.Ref
			if known.Date == "" {
				known.Date = e.Issued
			}
			r.Body = known.Body
			r.complete(&known)
			supported = true
		}
	}
	if r.Type == "" {
		r.Type = reg.typeOf(r)
	}
	r.Resolved = r.resolved()
	switch {
	case supported:
		return true
	case r.weak:
		return r.said && (r.Date != "" || r.Issuer != "")
	}
	return true
}

// assemblyBare is an assembly's symbol without the number of its term.
func assemblyBare(body string) bool { return body == "QH" || body == "UBTVQH" }

// agrees reports whether r may be a shorter way to cite f.
func (f *Ref) agrees(r *Ref) bool {
	return (r.year() == 0 || f.year() == 0 || r.year() == f.year()) &&
		(r.Body == "" || f.Body == "" || strings.HasPrefix(f.Body, r.Body))
}

// complete takes from f what r leaves out.
func (r *Ref) complete(f *Ref) {
	if r.bare {
		r.Year, r.old, r.hyphen = f.Year, f.old, f.hyphen
		if f.Body != "" {
			r.Body = f.Body
		}
	}
	if r.Date == "" {
		r.Date = f.Date
	}
	if r.Issuer == "" {
		r.Issuer = f.Issuer
	}
}

// typeOf asks the register for the kind that a number such as 72/2025/QH15
// does not tell; a law and a resolution may share one, and then it is "".
func (reg *Register) typeOf(r *Ref) string {
	found := ""
	for _, kind := range [...]string{"L", "NQ", "PL"} {
		for _, e := range reg.byNumber[kind+" "+r.Number] {
			if e.Year == r.Year && e.Body == r.Body {
				if found != "" && found != kind {
					return ""
				}
				found = kind
			}
		}
	}
	return found
}

// resolved reports whether the key names one document: its year or day is
// known, its symbol is whole, and where every province has such a number the
// province is known too.
func (r *Ref) resolved() bool {
	if r.Body == "" || r.year() == 0 {
		return false
	}
	head, _, _ := strings.Cut(r.Body, "-")
	switch head {
	case "UBND", "HĐND", "TU", "HU", "ĐU":
		return strings.Contains(r.Issuer, " ")
	}
	return !strings.HasPrefix(head, "S") || r.Issuer != ""
}
