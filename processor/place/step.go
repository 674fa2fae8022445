package place

import (
	"context"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/viet"
)

const name = "places/1"

// Step writes Reading.Places.
type Step struct{ gazetteer *Gazetteer }

// NewStep makes the step.
func NewStep(g *Gazetteer) *Step { return &Step{g} }

// Name is the name and version that the step signs with.
func (s *Step) Name() string { return name }

// Read finds the places named, one entry a unit, in order of their first
// mention. It uses what the language step wrote. It never fails.
func (s *Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Places = s.gazetteer.Find(&m.Text, document.Day(m.When()), r.Language.Value == viet.VietnameseBare)
	return nil
}

// Find gives the places that a text of the given day ("" unknown) names; bare
// says that it is written without accents.
func (g *Gazetteer) Find(t *mention.Text, day string, bare bool) []mention.Place {
	var hits []hit
	for i, f := range mention.Fields() {
		text, _ := t.Field(f)
		hits = append(hits, g.hits(i, text, bare)...)
	}
	hits = dropOthers(hits)
	near := map[*Province]bool{}
	for i := range hits {
		if u, _, ok := hits[i].settle(nil); ok && u != nil && u.level == LevelProvince {
			near[u.now] = true
		}
	}
	out := []mention.Place{}
	at := map[string]int{}
	for i := range hits {
		u, score, ok := hits[i].settle(near)
		if !ok {
			continue
		}
		p := hits[i].place(u, score, day)
		key := p.Level + "|" + p.Then + "|" + p.Now + "|" + p.Code + "|"
		if u == nil {
			key += viet.Key(p.Written)
		} else {
			key += u.name + "|" + u.parent
		}
		if k, met := at[key]; met {
			out[k].Spans = append(out[k].Spans, p.Spans...)
			out[k].Score = max(out[k].Score, p.Score)
			continue
		}
		at[key] = len(out)
		out = append(out, p)
	}
	return out
}

// dropOthers takes out the names of persons and of foreign places: where a
// text calls somebody Hà Nam once, it means him by the bare name too.
func dropOthers(hits []hit) []hit {
	persons, foreign := map[string]bool{}, map[string]bool{}
	for i := range hits {
		persons[hits[i].name] = persons[hits[i].name] || hits[i].lead == leadPerson
		foreign[hits[i].name] = foreign[hits[i].name] || hits[i].foreign
	}
	return slices.DeleteFunc(hits, func(h hit) bool {
		return foreign[h.name] || persons[h.name] && (h.lead == leadNone || h.lead == leadCue || h.lead == leadPerson)
	})
}

func (h *hit) place(u *unit, score float64, day string) mention.Place {
	p := mention.Place{
		Written: h.written, Score: score, By: name, Level: LevelDistrict,
		Spans: []mention.Span{{Field: mention.Fields()[h.field], Start: h.start, End: h.end}},
	}
	if u != nil {
		p.Then, p.Now, p.Level, p.Code = u.on(day), u.now.Name, u.level, u.now.Code
	}
	return p
}
