package document

import "strings"

// classifyYear reads what follows N/YYYY/.
func classifyYear(r Ref, parts []part, b before) (Ref, bool) {
	if len(parts) == 0 {
		return r, false
	}
	parts = unglue(parts)
	first := parts[0]
	kind, isKind := kinds.read(first.text)
	switch {
	case assembly(first.text):
		r.Body, r.End = first.text, first.end
		r.Type = kindOf(b)
		return r, true
	case isKind && len(parts) > 1:
		r.Type, r.Body, r.End = kind, join(parts[1:]), parts[len(parts)-1].end
		return r, true
	case isKind && kind == "NĐ":
		r.Type, r.Body, r.End = kind, "CP", first.end
		return r, true
	case isKind && (kind == "TT" || kind == "QĐ" || kind == "NQ" || kind == "CT" || kind == "TTLT"):
		r.Type, r.End = kind, first.end
		return r, true
	}
	return r, false
}

// classify reads what follows a number without its year: administrative
// documents, công văn, the Party's and old forms.
func classify(r Ref, parts []part, b before) (Ref, bool) {
	if len(parts) == 0 {
		return r, false
	}
	parts = unglue(parts)
	first := parts[0]
	kind, isKind := kinds.read(first.text)
	if isKind && len(parts) > 1 && partyForm(parts) {
		r.Type, r.Body, r.End, r.hyphen = kind, parts[1].text, parts[1].end, true
		return r, true
	}
	if first.sep == '-' {
		return old(r, parts, b)
	}
	letter := b.word != nil && b.word.kind == "CV"
	switch {
	case letter && len(parts) > 1 && (!isKind || !known(parts[1].text) || kind == "CT"):
		r.Type, r.Body, r.End = "CV", join(parts), parts[len(parts)-1].end
		return r, true
	case isKind && len(parts) > 1 && plausible(kind, parts[1].text, b):
		r.Type, r.Body, r.End = kind, join(parts[1:]), parts[len(parts)-1].end
		return r, true
	case known(first.text) && len(parts) > 1 && first.text != "TW":
		r.Type, r.Body, r.End = "CV", join(parts), parts[len(parts)-1].end
		return r, true
	}
	return old(r, parts[:1], b)
}

// partyForm reports whether the parts are NQ/TW after a hyphen, or NQ-TW
// after a slash, which the press writes for the same.
func partyForm(parts []part) bool {
	return parts[0].sep == '-' && parts[1].sep == '/' && (party(parts[1].text) || known(parts[1].text)) ||
		parts[1].text == "TW"
}

// plausible keeps form codes out (01/TB-TNCN, 03/TC-NSNN): a kind before a
// body that is not known counts only after a type word or "số".
func plausible(kind, body string, b before) bool {
	if known(body) || assembly(body) {
		return true
	}
	if kind == "HĐ" || kind == "L" || kind == "BB" || kind == "GM" || kind == "PC" || kind == "PB" || kind == "PG" || kind == "DA" {
		return false
	}
	switch body {
	case "TNCN", "TNDN", "GTGT", "TTĐB", "SDDPNN", "NSNN", "TSDĐ":
		return false
	}
	return b.word != nil || b.so || strings.HasPrefix(body, "UBND") || strings.HasPrefix(body, "BQL") ||
		strings.HasPrefix(body, "BCĐ") || strings.HasPrefix(body, "ĐU")
}

func known(body string) bool {
	_, ok := issuers.exact[strings.ToUpper(body)]
	return ok
}

// old reads 90-CP, 135/HĐBT, 219/BC, 123/UBND after their type word.
func old(r Ref, parts []part, b before) (Ref, bool) {
	if b.word == nil || len(parts) != 1 {
		return r, false
	}
	first := parts[0]
	kind, isKind := kinds.read(first.text)
	switch {
	case isKind && kind == b.word.kind && first.sep == '/':
		r.Type, r.End = kind, first.end
		if kind == "NĐ" {
			r.Body = "CP"
		}
		return r, true
	case known(first.text) && first.text != "TU" && first.text != "HU":
		r.Type, r.Body, r.End = b.word.kind, first.text, first.end
		r.old = b.word.kind != "CV"
		return r, true
	}
	return r, false
}

// unglue parts NĐCP, QĐTTg and QĐUBND, written without their hyphen.
func unglue(parts []part) []part {
	first := parts[0]
	if _, ok := kinds.read(first.text); ok || known(first.text) || assembly(first.text) {
		return parts
	}
	for _, kind := range [...]string{"NĐ", "ND", "QĐ", "QD", "NQ", "TT", "CT"} {
		rest, ok := strings.CutPrefix(strings.ToUpper(first.text), kind)
		if !ok {
			continue
		}
		body, isBody := issuers.read(rest)
		k, _ := kinds.read(kind)
		if isBody {
			return append([]part{{k, first.sep, first.end}, {body, '-', first.end}}, parts[1:]...)
		}
	}
	return parts
}

func join(parts []part) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteByte('-')
		}
		b.WriteString(p.text)
	}
	return b.String()
}

// kindOf is what the type word says of a document whose number does not.
func kindOf(b before) string {
	if b.word == nil {
		return ""
	}
	return b.word.kind
}
