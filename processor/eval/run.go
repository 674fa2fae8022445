// Package eval measures how well the steps read: it lets them judge labelled
// texts and counts, class by class, what they got right, how honest their
// probabilities are, and what is gained by not answering.
//
// It reads labelled files and writes tables. Run judges with given models, so
// its figures are those of unseen texts only if the models were not trained on
// the files; CrossValidate trains on parts and tests on the rest.
//
// Limit: gold labels are one officer's; two agree at macro-F1 0.75 (act) to
// 0.98 (relevance) themselves.
package eval

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/train"
)

// Options say what to measure.
type Options struct {
	Files  []string
	Models *judge.Models
	// Reader is the encoder of a careful reading; nil measures the quick one.
	Reader judge.Reader
	// Recognise are the steps that find languages, documents and policies, as
	// they stand before the judging ones; without them neither what they find
	// nor stances are measured.
	Recognise []processor.Step
	// Bare measures the texts written without diacritics.
	Bare bool
}

// Report holds the tables of one measurement.
type Report struct {
	Quick   []Table `json:"quick,omitempty"`
	Careful []Table `json:"careful,omitempty"`
	// Found tells how completely documents and policies were recognised, where
	// the files say what there is to find.
	Found []Found `json:"found,omitempty"`
}

// Write prints the report in Markdown.
func (r Report) Write(w io.Writer) error {
	for _, part := range []struct {
		name   string
		tables []Table
	}{{"Quick reading", r.Quick}, {"Careful reading", r.Careful}} {
		if len(part.tables) == 0 {
			continue
		}
		if _, err := fmt.Fprintf(w, "\n### %s\n\n", part.name); err != nil {
			return fmt.Errorf("eval: writing report: %w", err)
		}
		if err := Write(w, part.tables); err != nil {
			return fmt.Errorf("eval: writing report: %w", err)
		}
	}
	return writeFound(w, r.Found)
}

// batch is how many texts the steps get at once.
const batch = 64

// Run judges the texts of o.Files with o.Models.
func Run(ctx context.Context, o Options) (Report, error) {
	examples, err := train.Load(o.Files...)
	if err != nil {
		return Report{}, err
	}
	engine := judge.NewEngine(o.Models)
	steps := judge.Quick(engine)
	if o.Reader != nil {
		steps = append(steps, judge.Careful(engine, o.Reader)...)
	}
	pipeline := processor.NewPipeline(append(slices.Clone(o.Recognise), steps...)...)
	var all []Judged
	var found counts
	for part := range slices.Chunk(examples, batch) {
		readings, err := readAll(ctx, pipeline, part, o.Bare)
		if err != nil {
			return Report{}, err
		}
		for i, e := range part {
			all = append(all, compare(e, readings[i])...)
			found.add(e, readings[i])
		}
	}
	if o.Reader != nil {
		return Report{Careful: Tables(all), Found: found.list()}, nil
	}
	return Report{Quick: Tables(all), Found: found.list()}, nil
}

func readAll(ctx context.Context, p *processor.Pipeline, examples []train.Example, bare bool) ([]*mention.Reading, error) {
	ms := make([]*mention.Mention, len(examples))
	for i, e := range examples {
		if bare {
			e.Text = train.Bare(e.Text)
		}
		ms[i] = &mention.Mention{Origin: e.Origin, Text: e.Text}
	}
	for i, err := range p.ReadAll(ctx, ms) {
		if err != nil {
			return nil, fmt.Errorf("eval: reading %s: %w", examples[i].ID, err)
		}
	}
	readings := make([]*mention.Reading, len(ms))
	for i, m := range ms {
		readings[i] = m.Reading
	}
	return readings, nil
}

// compare puts a reading beside the gold labels. Labels that the gold lacks
// are not counted, nor stances toward policies that were not found: finding
// them is another step's work.
func compare(e train.Example, r *mention.Reading) []Judged {
	group := string(judge.DomainOf(e.Origin, false))
	var all []Judged
	add := func(task, gold string, l mention.Label) {
		if gold != "" {
			all = append(all, Judged{Task: task, Group: group, Gold: gold, Guess: l.Value, Score: l.Score, Sure: l.Sure})
		}
	}
	add("rel", e.Gold.Relevant, r.Relevant)
	add("tone", e.Gold.Tone, r.Tone)
	add("act", e.Gold.Act, r.Act)
	add("topic", e.Gold.Topic, r.Topic)
	for _, t := range e.Gold.Targets {
		for _, s := range r.Stances {
			if s.Policy == t.Policy {
				add("stance", t.Stance, s.Label)
			}
		}
	}
	return all
}

// CrossValidate trains on all folds of the files but one and tests on that one,
// in turn. Groups are domains, and domain and file.
func CrossValidate(ctx context.Context, o train.Options) (Report, error) {
	outcomes, err := train.CrossValidate(ctx, o)
	if err != nil {
		return Report{}, err
	}
	return FromOutcomes(outcomes), nil
}

// FromOutcomes makes a report of what a training says of its held-out texts.
func FromOutcomes(outcomes []train.Outcome) Report {
	var quick, careful []Judged
	for _, out := range outcomes {
		for _, group := range []string{string(out.Domain), string(out.Domain) + "/" + out.Source} {
			j := Judged{Task: out.Task, Group: group, Gold: out.Gold, Guess: out.Guess, Score: out.Score, Sure: out.Sure}
			if out.Careful {
				careful = append(careful, j)
			} else {
				quick = append(quick, j)
			}
		}
	}
	return Report{Quick: Tables(quick), Careful: Tables(careful)}
}
