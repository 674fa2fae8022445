package policy

import (
	"strings"
	"sync"
	"unicode"

	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

// role is what a phrase does for a policy.
type role uint8

const (
	roleAlias role = iota
	roleShared
	roleToken
	roleCue
	roleFolded
	roleNot
)

func (r role) String() string {
	return [...]string{"alias", "shared", "token", "cue", "folded", "not"}[r]
}

// use is one role of a phrase for one policy.
type use struct {
	policy int
	role   role
	cue    int    // index in Matcher.cues, for a cue word
	exact  string // how a token must be written
}

// Matcher finds the policies of one registry. It is immutable and safe for
// concurrent use.
type Matcher struct {
	policies []Policy
	marked   *phrase.Set   // phrases with their accents
	bare     *phrase.Set   // phrases for texts without accents
	uses     [2][][]use    // by phrase, of marked and of bare
	cues     [][]phrase.ID // the context phrases of every cue of every policy
	context  []bool        // by phrase of marked: it is the context of some cue
	claims   map[string][]claim
	windows  []window
	chain    map[[2]int]bool // pairs of policies in one replacement chain
	scratch  sync.Pool       // *scratch, reused between searches
}

// window is when a policy is eligible and when it is in force.
type window struct{ active, from, until string }

// claim is a document number that belongs to a policy.
type claim struct {
	policy int
	doc    Document
}

// NewMatcher compiles a registry that Validate has no objection to; what it
// objects to is left out.
func NewMatcher(r Registry) *Matcher {
	m := &Matcher{policies: r.Policies, claims: map[string][]claim{}, chain: map[[2]int]bool{}}
	var marked, bare = phrase.Builder{}, phrase.Builder{Folded: true}
	add := func(b *phrase.Builder, set int, text string, u use) {
		if id, ok := b.Add(text); ok {
			m.uses[set] = at(m.uses[set], id)
			m.uses[set][id] = append(m.uses[set][id], u)
		}
	}
	for i := range r.Policies {
		m.compile(i, func(text string, u use) { add(&marked, 0, text, u) }, func(text string, u use) { add(&bare, 1, text, u) })
		m.compileCues(i, &marked)
	}
	m.dropAmbiguous()
	m.marked, m.bare = marked.Build(), bare.Build()
	m.linkChains()
	return m
}

// compile adds the phrases of one policy.
func (m *Matcher) compile(i int, marked, bare func(string, use)) {
	p := &m.policies[i]
	for _, a := range p.Aliases {
		compileAlias(a, use{policy: i, role: roleAlias}, marked, bare)
	}
	for _, a := range p.SharedAliases {
		compileAlias(a, use{policy: i, role: roleShared}, marked, bare)
	}
	for _, t := range p.Tokens {
		marked(t, use{policy: i, role: roleToken, exact: t})
	}
	for _, n := range p.Not {
		marked(n, use{policy: i, role: roleNot})
		bare(n, use{policy: i, role: roleNot})
	}
	for _, d := range p.Documents {
		if key := document.Canonical(d.Number); key != "" {
			m.claims[key] = append(m.claims[key], claim{i, d})
		}
	}
	from, until := p.window()
	m.windows = append(m.windows, window{p.ActiveFrom, from, until})
}

// compileCues adds the cues of one policy with their contexts.
func (m *Matcher) compileCues(i int, b *phrase.Builder) {
	for _, c := range m.policies[i].Cues {
		word, ok := b.Add(c.Word)
		if !ok {
			continue
		}
		m.uses[0] = at(m.uses[0], word)
		m.uses[0][word] = append(m.uses[0][word], use{policy: i, role: roleCue, cue: len(m.cues)})
		var near []phrase.ID
		for _, n := range c.Near {
			if id, ok := b.Add(n); ok {
				near = append(near, id)
				m.uses[0], m.context = at(m.uses[0], id), at(m.context, id)
				m.context[id] = true
			}
		}
		m.cues = append(m.cues, near)
	}
}

// at lengthens a list that is indexed by phrase.
func at[T any](list []T, id phrase.ID) []T {
	for int(id) >= len(list) {
		list = append(list, *new(T))
	}
	return list
}

// compileAlias adds an alias for the texts it counts in.
func compileAlias(alias string, u use, marked, bare func(string, use)) {
	if !Bare(alias) {
		marked(alias, u)
	}
	if Bare(alias) || foldable(alias) {
		u.role = roleFolded
		bare(alias, u)
	}
}

// Bare reports whether an alias is written without diacritics throughout, so
// that it counts in such texts only: small ASCII letters and numbers.
func Bare(alias string) bool {
	for _, r := range alias {
		if r > unicode.MaxASCII || unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// foldable reports whether an alias is long enough to be recognised without
// its accents; shorter ones read as something else too often.
func foldable(alias string) bool { return len(viet.Tokens(alias)) >= 4 }

// dropAmbiguous takes from the bare set what folds alike for policies that
// did not share it with its accents.
func (m *Matcher) dropAmbiguous() {
	for id, uses := range m.uses[1] {
		owners := map[int]bool{}
		for _, u := range uses {
			if u.role == roleFolded {
				owners[u.policy] = true
			}
		}
		if len(owners) > 1 && !m.related(owners) {
			m.uses[1][id] = nil
		}
	}
}

// related reports whether every policy of the set replaces or is replaced by
// another of it.
func (m *Matcher) related(set map[int]bool) bool {
	for i := range set {
		found := false
		for _, id := range append(append([]string{}, m.policies[i].Replaces...), m.policies[i].ReplacedBy...) {
			for j := range set {
				found = found || m.policies[j].ID == id
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// linkChains notes which policies replace each other, at any distance.
func (m *Matcher) linkChains() {
	index := map[string]int{}
	for i, p := range m.policies {
		index[p.ID] = i
	}
	for i := range m.policies {
		seen := map[int]bool{i: true}
		for queue := []int{i}; len(queue) > 0; queue = queue[1:] {
			for _, id := range m.policies[queue[0]].ReplacedBy {
				j, ok := index[id]
				if ok && !seen[j] {
					seen[j] = true
					queue = append(queue, j)
					m.chain[[2]int{i, j}], m.chain[[2]int{j, i}] = true, true
				}
			}
		}
	}
}

// exactly reports whether a token is written as the registry has it, or all
// in small letters where it has at least four ("bhyt", "vneid"), as people
// type.
func exactly(written, want string) bool {
	return written == want || len(want) >= 4 && written == strings.ToLower(want)
}
