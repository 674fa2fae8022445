package desk

import (
	"context"
	"errors"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
)

// Labelled is a corrected text in the form of the training files. Labels that
// nobody corrected are those of the machine where it was sure, and left out
// where it was not.
type Labelled struct {
	ID    string `json:"id"`
	Kind  string `json:"kind"`
	Title string `json:"title,omitempty"`
	Lead  string `json:"lead,omitempty"`
	Body  string `json:"body,omitempty"`
	Rel   *int   `json:"rel,omitempty"`
	Tone  string `json:"tone,omitempty"`
	Act   string `json:"act,omitempty"`
	Topic string `json:"topic,omitempty"`
}

// ExportCorrections hands every corrected text to write, masked as the index
// holds it, and tells how many there were. A text that has passed its
// retention is left out.
func ExportCorrections(ctx context.Context, l *ledger.Ledger, s query.Searcher, write func(Labelled) error) (int, error) {
	f := newFixes(l)
	n := 0
	for _, item := range f.view.All() {
		hit, err := s.Get(ctx, mention.ID(item.Key))
		if errors.Is(err, query.ErrNotFound) {
			continue
		}
		if err != nil {
			return n, err
		}
		fix, _ := f.latest(mention.ID(item.Key))
		if err := write(labelled(hit.Mention, fix)); err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

func labelled(m *mention.Mention, fix Fix) Labelled {
	out := Labelled{ID: string(m.ID), Kind: string(m.Origin.Kind), Title: m.Text.Title, Lead: m.Text.Lead, Body: m.Text.Body,
		Tone: fix.Tone, Act: fix.Act}
	r := m.Reading
	if r == nil {
		return out
	}
	if r.Relevant.Sure {
		about := 0
		if r.Relevant.Value == "1" {
			about = 1
		}
		out.Rel = &about
	}
	out.Tone = orSure(out.Tone, r.Tone)
	out.Act = orSure(out.Act, r.Act)
	out.Topic = orSure("", r.Topic)
	return out
}

func orSure(corrected string, machine mention.Label) string {
	if corrected == "" && machine.Sure {
		return machine.Value
	}
	return corrected
}
