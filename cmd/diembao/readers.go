package main

import (
	"fmt"
	"log/slog"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/body"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/encoder"
	"github.com/diembao/diembao/processor/fingerprint"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/outside"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/privacy"
	"github.com/diembao/diembao/stream"
)

// readers are the two speeds of reading.
type readers struct {
	quick, careful *processor.Pipeline // careful is nil where it is switched off
}

// loadReaders loads the registry and the models.
func loadReaders(files configs.RegistryFiles, c processor.Config, base string, log *slog.Logger) (*readers, error) {
	r, err := configs.LoadRegistry(files, base)
	if err != nil {
		return nil, usage(err)
	}
	return newReaders(r, c, log)
}

// newReaders loads the models and makes the steps of a registry.
func newReaders(r *configs.Registry, c processor.Config, log *slog.Logger) (*readers, error) {
	models, err := judge.Open(judge.Shipped())
	if err != nil {
		return nil, err
	}
	engine := judge.NewEngine(models)
	out := &readers{quick: processor.NewPipeline(quickSteps(r, engine)...).Generation(c.Generation)}
	if c.Careful == processor.CarefulOff {
		return out, nil
	}
	enc, err := encoder.Open(encoder.Reader(), encoder.Options{})
	if err != nil {
		return nil, fmt.Errorf("encoder: %w", err)
	}
	steps := judge.Careful(engine, enc)
	if c.Outside.URL != "" {
		token, err := secret(c.Outside.TokenFile)
		if err != nil {
			return nil, usage(err)
		}
		steps = append(steps, outside.NewStep(c.Outside, outside.Options{Token: token, Classes: models.Classes, Log: log}))
	}
	out.careful = processor.NewPipeline(steps...).Generation(c.Generation).Careful()
	return out, nil
}

// quickSteps are all quick steps in their order: what recognises before what
// judges.
func quickSteps(r *configs.Registry, engine *judge.Engine) []processor.Step {
	steps := []processor.Step{
		language.NewStep(), privacy.NewStep(), document.NewStep(knownDocuments(r)), policy.NewStep(r.Policies),
		place.NewStep(place.NewGazetteer(r.Places, r.Communes)), body.NewStep(r.Bodies),
	}
	steps = append(steps, judge.Quick(engine)...)
	return append(steps, fingerprint.NewStep())
}

// knownDocuments are those that a number without a year may mean.
func knownDocuments(r *configs.Registry) []document.Known {
	return append(r.Policies.KnownDocuments(), r.Documents.Known()...)
}

func (r *readers) options(bus stream.Bus) processor.Options {
	o := processor.Options{Bus: bus, Quick: r.quick}
	if r.careful != nil {
		o.Careful = r.careful
	}
	return o
}
