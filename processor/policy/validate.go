package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/viet"
)

// Validate is the registry's linter: it reports every problem with its path.
func (r Registry) Validate(report func(path, message string)) {
	l := linter{policies: r.Policies, ids: map[string]int{}, report: report}
	for i, p := range r.Policies {
		if first, twice := l.ids[p.ID]; twice {
			l.say(i, "id", "%q stands already in policies[%d]", p.ID, first)
			continue
		}
		l.ids[p.ID] = i
	}
	for i := range r.Policies {
		l.policy(i)
	}
	l.claims()
	l.numbers()
}

type linter struct {
	policies []Policy
	ids      map[string]int
	report   func(path, message string)
}

func (l *linter) say(i int, path, format string, args ...any) {
	l.report(fmt.Sprintf("policies[%d].%s", i, path), fmt.Sprintf(format, args...))
}

// policy looks at one entry by itself.
func (l *linter) policy(i int) {
	p := &l.policies[i]
	if p.ID == "" || strings.Trim(p.ID, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		l.say(i, "id", "%q: want small letters, digits and hyphens", p.ID)
	}
	if len(viet.Tokens(p.Name)) == 0 {
		l.say(i, "name", "is missing")
	}
	if !slices.Contains(Kinds(), p.Kind) {
		l.say(i, "kind", "%q: want one of %s", p.Kind, strings.Join(Kinds(), ", "))
	}
	l.days(i)
	l.references(i, "replaces", p.Replaces, func(o *Policy) []string { return o.ReplacedBy }, "replaced_by")
	l.references(i, "replaced_by", p.ReplacedBy, func(o *Policy) []string { return o.Replaces }, "replaces")
	for path, list := range map[string][]string{"aliases": p.Aliases, "shared_aliases": p.SharedAliases} {
		for k, a := range list {
			l.alias(i, fmt.Sprintf("%s[%d]", path, k), a)
		}
	}
	for k, t := range p.Tokens {
		if n := len(viet.Tokens(t)); n < 1 || n > 2 {
			l.say(i, fmt.Sprintf("tokens[%d]", k), "%q: want one word", t)
		}
	}
	l.cues(i)
	if len(p.Aliases)+len(p.SharedAliases)+len(p.Tokens)+len(p.Cues)+len(p.Documents) == 0 {
		l.say(i, "aliases", "nothing recognises this policy")
	}
}

func (l *linter) alias(i int, path, a string) {
	switch tokens := viet.Tokens(a); {
	case len(tokens) < 2:
		l.say(i, path, "%q has fewer than two syllables: a name of one word belongs in tokens, with its capitals", a)
	case len(tokens) == 2 && Bare(a) && len(a) < 8:
		l.say(i, path, "%q is too short without diacritics: it reads as other words", a)
	}
	if slices.ContainsFunc(l.policies[i].Not, func(n string) bool { return viet.Key(n) == viet.Key(a) }) {
		l.say(i, path, "%q is excluded by `not`", a)
	}
}

func (l *linter) cues(i int) {
	for k, c := range l.policies[i].Cues {
		path := fmt.Sprintf("cues[%d]", k)
		if len(viet.Tokens(c.Word)) == 0 {
			l.say(i, path+".word", "is missing")
		}
		if len(c.Near) == 0 {
			l.say(i, path+".near", "is missing: a cue without context is an alias")
		}
		for n, near := range c.Near {
			if viet.Key(near) == viet.Key(c.Word) {
				l.say(i, fmt.Sprintf("%s.near[%d]", path, n), "%q is the cue itself", near)
			}
		}
	}
}

// days checks every date and that they follow each other.
func (l *linter) days(i int) {
	p := &l.policies[i]
	day := func(path, s string) bool {
		if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
			l.say(i, path, "%q: want a day as yyyy-mm-dd", s)
			return false
		}
		return s != ""
	}
	after := func(path, late, early string) {
		if late != "" && early != "" && late < early {
			l.say(i, path, "%s is before %s", late, early)
		}
	}
	day("active_from", p.ActiveFrom)
	for k, o := range p.Owners {
		at := fmt.Sprintf("owners[%d].", k)
		if day(at+"since", o.Since) && day(at+"until", o.Until) {
			after(at+"until", o.Until, o.Since)
		}
		if o.Body == "" {
			l.say(i, at+"body", "is missing")
		}
	}
	for k, d := range p.Documents {
		at := fmt.Sprintf("documents[%d].", k)
		day(at+"issued", d.Issued)
		day(at+"effective", d.Effective)
		day(at+"until", d.Until)
		after(at+"until", d.Until, d.Issued)
		l.document(i, at, d)
	}
	for k, s := range p.Stages {
		at := fmt.Sprintf("stages[%d].", k)
		if day(at+"from", s.From) && k > 0 {
			after(at+"from", s.From, p.Stages[k-1].From)
		}
		if !slices.Contains(Stages(), s.Stage) {
			l.say(i, at+"stage", "%q: want one of %s", s.Stage, strings.Join(Stages(), ", "))
		}
	}
}

func (l *linter) document(i int, at string, d Document) {
	if document.Canonical(d.Number) == "" {
		l.say(i, at+"number", "%q is not a document number", d.Number)
	}
	switch d.Role {
	case "", "main", "amends", "guides", "related", "replaced":
	default:
		l.say(i, at+"role", "%q: want main, amends, guides, related or replaced", d.Role)
	}
}

// references checks that each id is there and points back.
func (l *linter) references(i int, path string, ids []string, back func(*Policy) []string, backPath string) {
	for k, id := range ids {
		at := fmt.Sprintf("%s[%d]", path, k)
		j, ok := l.ids[id]
		switch {
		case !ok:
			l.say(i, at, "%q is not in the registry", id)
		case j == i:
			l.say(i, at, "a policy cannot replace itself")
		case !slices.Contains(back(&l.policies[j]), l.policies[i].ID):
			l.say(i, at, "%q does not name %q in its %s", id, l.policies[i].ID, backPath)
		}
	}
}

// claims finds names that several policies claim: as aliases by mistake, or
// shared by policies that no chain joins, so that no day can decide.
func (l *linter) claims() {
	m := &Matcher{policies: l.policies, chain: map[[2]int]bool{}}
	m.linkChains()
	type claim struct {
		policy int
		shared bool
		path   string
	}
	byName := map[string][]claim{}
	add := func(i int, path, name string, shared bool) {
		key := viet.Key(strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' || r == '–' }), " "))
		for _, c := range byName[key] {
			switch {
			case c.policy == i:
				l.say(i, path, "%q stands already in %s", name, c.path)
			case !m.chain[[2]int{i, c.policy}]:
				l.say(i, path, "%q is ambiguous: %q claims it too, and neither replaces the other", name, l.policies[c.policy].ID)
			case !shared || !c.shared:
				l.say(i, path, "%q is claimed by %q too: both must list it under shared_aliases", name, l.policies[c.policy].ID)
			}
		}
		byName[key] = append(byName[key], claim{i, shared, path})
	}
	for i, p := range l.policies {
		for k, a := range p.Aliases {
			add(i, fmt.Sprintf("aliases[%d]", k), a, false)
		}
		for k, a := range p.SharedAliases {
			add(i, fmt.Sprintf("shared_aliases[%d]", k), a, true)
		}
		seen := map[string]bool{}
		for k, a := range p.Tokens { // one token may stand there in several capitals
			if !seen[viet.Key(a)] {
				add(i, fmt.Sprintf("tokens[%d]", k), a, false)
			}
			seen[viet.Key(a)] = true
		}
	}
}

// numbers finds document numbers that are the main one of several policies:
// a citation could not be told apart.
func (l *linter) numbers() {
	owner := map[string]int{}
	for i, p := range l.policies {
		for k, d := range p.Documents {
			key := document.Canonical(d.Number) + "|" + d.Type + "|" + d.Issuer
			if !d.main() || document.Canonical(d.Number) == "" {
				continue
			}
			if j, taken := owner[key]; taken && j != i {
				l.say(i, fmt.Sprintf("documents[%d].number", k), "%s is the main document of %q too", d.Number, l.policies[j].ID)
			}
			owner[key] = i
		}
	}
}
