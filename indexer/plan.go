package indexer

import (
	"errors"
	"fmt"
	"strings"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// Bounds of a request.
const (
	defaultLimit = 20
	maxLimit     = 1000
)

// Expr is a condition on a document: All, Any, None, Words, Tagged, Between
// or InGroup. An engine translates it; Match says what it means.
type Expr interface{ expr() }

// All is met where every part is; the empty All everywhere.
type All []Expr

// Any is met where one part is; the empty Any nowhere.
type Any []Expr

// None is met where its part is not.
type None struct{ Expr Expr }

// Words is met where its words stand next to one another in the title or in
// one paragraph of lead or body.
type Words struct {
	Keys  string // joined by spaces, in key form
	Folds string // the same folded
}

// Marked reports whether the words were typed with marks. Marked words match
// their keys, or text without any marks; others match every way to accent
// them.
func (w Words) Marked() bool { return w.Keys != w.Folds }

// Tagged is met by documents that have the tag.
type Tagged string

// Between is met by times From ≤ when < To, in milliseconds.
type Between struct{ From, To int64 }

// Starts reports whether there is a first moment.
func (b Between) Starts() bool { return b.From > forever().From }

// Ends reports whether there is a last one.
func (b Between) Ends() bool { return b.To < forever().To }

// InGroup is met by the members of a story.
type InGroup mention.ID

func (All) expr()     {}
func (Any) expr()     {}
func (None) expr()    {}
func (Words) expr()   {}
func (Tagged) expr()  {}
func (Between) expr() {}
func (InGroup) expr() {}

// Plan is a request as an engine carries it out.
type Plan struct {
	Where All // without the time bounds
	Between
	// Terms are the words that are looked for and not merely excluded: they
	// are highlighted, and relevance is measured by them.
	Terms []Words
	Sort  query.Sort
	Limit int
	After *query.Position
	Fold  bool
}

// forever is the range of an open request; its width still fits an int64.
func forever() Between { return Between{From: -1 << 60, To: 1 << 60} }

// NewPlan reads a request. It fails with a *query.ParseError or with
// query.ErrCursor where the request is wrong.
func NewPlan(r query.Request) (*Plan, error) {
	node, err := query.Parse(r.Text)
	if err != nil {
		return nil, err
	}
	p := &Plan{Between: forever(), Sort: r.Sort, Fold: r.Fold, Limit: r.Limit}
	if err := p.page(r); err != nil {
		return nil, err
	}
	for _, part := range parts(node) {
		switch e := p.node(part, true).(type) {
		case Between:
			p.narrow(e)
		default:
			p.Where = append(p.Where, e)
		}
	}
	p.filter(r.Filter)
	return p, nil
}

// parts gives what must all hold.
func parts(n query.Node) []query.Node {
	if all, ok := n.(query.And); ok {
		return all
	}
	return []query.Node{n}
}

func (p *Plan) page(r query.Request) (err error) {
	switch p.Sort {
	case "":
		p.Sort = query.ByTime
	case query.ByTime, query.ByOldest, query.ByRelevance:
	default:
		return fmt.Errorf("indexer: request: unknown order %q", r.Sort)
	}
	if p.Limit <= 0 {
		p.Limit = defaultLimit
	}
	p.Limit = min(p.Limit, maxLimit)
	p.After, err = query.ParseCursor(r.Cursor, p.Sort)
	return err
}

func (p *Plan) narrow(b Between) {
	p.From, p.To = max(p.From, b.From), min(p.To, b.To)
}

// node translates one part of the query; wanted is false under a Not.
func (p *Plan) node(n query.Node, wanted bool) Expr {
	switch n := n.(type) {
	case query.And:
		out := make(All, 0, len(n))
		for _, part := range n {
			out = append(out, p.node(part, wanted))
		}
		return out
	case query.Or:
		out := make(Any, 0, len(n))
		for _, part := range n {
			out = append(out, p.node(part, wanted))
		}
		return out
	case query.Not:
		return None{p.node(n.Node, !wanted)}
	case query.Field:
		return field(n)
	case query.Term:
		words := newWords(n.Text)
		if wanted && len(p.Terms) < maxTerms {
			p.Terms = append(p.Terms, words)
		}
		return words
	}
	return Any{}
}

// maxTerms bounds the words by which relevance is measured.
const maxTerms = 16

func newWords(text string) Words {
	keys, folds := tokens(strings.ReplaceAll(text, "\n", " "))
	return Words{Keys: keys, Folds: folds}
}

func field(f query.Field) Expr {
	if f.Name == query.FieldFrom || f.Name == query.FieldTo {
		between := forever()
		from, to := f.Bounds()
		if !from.IsZero() {
			between.From = Millis(from)
		}
		if !to.IsZero() {
			between.To = Millis(to)
		}
		return between
	}
	return Tagged(Tag(f.Name, f.Value))
}

func (p *Plan) filter(f query.Filter) {
	if !f.From.IsZero() {
		p.From = max(p.From, Millis(f.From))
	}
	if !f.To.IsZero() {
		p.To = min(p.To, Millis(f.To))
	}
	for _, list := range []struct {
		field  string
		values []string
	}{
		{query.FieldKind, f.Kinds}, {query.FieldOutlet, f.Outlets}, {query.FieldPolicy, f.Policies},
		{query.FieldTopic, f.Topics}, {query.FieldTone, f.Tones}, {query.FieldAct, f.Acts},
		{query.FieldPlace, f.Places}, {query.FieldDocument, f.Documents}, {query.FieldBody, f.Bodies},
		{query.FieldStance, f.Stances}, {fieldParent, f.Parents},
	} {
		p.anyOf(list.values, func(v string) Expr { return Tagged(Tag(list.field, v)) })
	}
	p.anyOf(f.Copies, func(v string) Expr { return InGroup(v) })
	p.is(isRelevant, f.Relevant)
	p.is(isCareful, f.Careful)
	p.is(isRemoved, f.Removed)
}

func (p *Plan) anyOf(values []string, f func(string) Expr) {
	if len(values) == 0 {
		return
	}
	out := make(Any, len(values))
	for i, v := range values {
		out[i] = f(v)
	}
	p.Where = append(p.Where, out)
}

func (p *Plan) is(what string, want *bool) {
	if want == nil {
		return
	}
	var e Expr = Tagged(Tag(query.FieldIs, what))
	if !*want {
		e = None{e}
	}
	p.Where = append(p.Where, e)
}

// Weights of relevance: words found as typed count four, in the title two
// more, however they are accented. The sum is the same in every engine and can
// be explained; within one sum the newest comes first.
const (
	WeightExact = 4
	WeightTitle = 2
)

// NewPurge reads what a purge should remove. It refuses the filter that
// matches everything.
func NewPurge(f query.Filter) (*Plan, error) {
	p, err := NewPlan(query.Request{Filter: f})
	if err != nil {
		return nil, err
	}
	if len(p.Where) == 0 && p.Between == forever() {
		return nil, errors.New("indexer: purge: the filter is empty: it would remove everything")
	}
	return p, nil
}

// Next is the cursor after a hit.
func (p *Plan) Next(h query.Hit) string {
	return query.Position{Sort: p.Sort, Score: h.Score, When: Millis(h.Mention.When()), ID: h.Mention.ID}.Cursor()
}
