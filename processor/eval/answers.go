package eval

import (
	"context"
	"fmt"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/train"
)

// Links says how often an authority's answer's own question stands first, or among
// the first three, of all questions asked.
type Links struct {
	Answers   int     `json:"answers"`
	Questions int     `json:"questions"`
	At1       float64 `json:"recall_at_1"`
	At3       float64 `json:"recall_at_3"`
}

// Answers links the answers in files to the questions in files, with the
// models' own labels taken from the gold so that only the linking is measured.
// threads tells it which answers stand under which question. reader may be nil:
// words alone are compared then.
func Answers(ctx context.Context, files []string, models *judge.Models, reader judge.Reader, threads bool) (Links, error) {
	examples, err := train.Load(files...)
	if err != nil {
		return Links{}, err
	}
	engine := judge.NewEngine(models)
	readings, err := questions(ctx, engine, reader, examples)
	if err != nil {
		return Links{}, err
	}
	var l Links
	for i, e := range examples {
		if e.Answers == "" || e.Gold.Act != "official" {
			continue
		}
		l.Answers++
		if answer := readings[i].Question; answer != nil {
			asked := candidates(examples, readings, e, threads)
			l.Questions = max(l.Questions, len(asked))
			l.count(engine.Answers(answer, asked), mention.ID(e.Answers))
		}
	}
	l.At1 /= float64(max(l.Answers, 1))
	l.At3 /= float64(max(l.Answers, 1))
	return l, nil
}

// candidates are the questions asked before the answer was given.
func candidates(examples []train.Example, readings []mention.Reading, answer train.Example, threads bool) []judge.Candidate {
	var list []judge.Candidate
	for i, e := range examples {
		q := readings[i].Question
		if q == nil || e.Gold.Act == "official" || !e.Text.Published.Before(answer.Text.Published) {
			continue
		}
		list = append(list, judge.Candidate{
			ID: mention.ID(e.ID), Question: q, Parent: threads && e.ID == answer.Parent,
		})
	}
	return list
}

func (l *Links) count(ranked []judge.Match, want mention.ID) {
	for place, m := range ranked[:min(3, len(ranked))] {
		if m.ID != want {
			continue
		}
		l.At3++
		if place == 0 {
			l.At1++
		}
	}
}

// questions runs the question step on readings that carry the gold act.
func questions(ctx context.Context, engine *judge.Engine, reader judge.Reader, examples []train.Example) ([]mention.Reading, error) {
	readings := make([]mention.Reading, len(examples))
	var texts []string
	var at []int
	for i, e := range examples {
		r := &readings[i]
		r.Act.Value = e.Gold.Act
		m := &mention.Mention{Origin: e.Origin, Text: e.Text}
		if err := judge.Question(engine).Read(ctx, m, r); err != nil {
			return nil, fmt.Errorf("eval: %s: %w", e.ID, err)
		}
		if r.Question != nil {
			texts, at = append(texts, r.Question.Normal), append(at, i)
		}
	}
	if reader == nil {
		return readings, nil
	}
	vectors, err := reader.Vectors(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("eval: reading questions: %w", err)
	}
	for k, i := range at {
		readings[i].Question.Vector = engine.Pooled(vectors[k])
	}
	return readings, nil
}
