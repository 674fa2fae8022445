package fingerprint

import (
	"context"

	"github.com/diembao/diembao/mention"
)

const name = "fingerprint/1"

// Step writes Reading.Fingerprint.
type Step struct{}

// NewStep makes the step.
func NewStep() Step { return Step{} }

// Name is the name and version that the step signs with.
func (Step) Name() string { return name }

// Read signs the text; one too short to compare gets figures only. It never
// fails.
func (Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	text := joined(&m.Text)
	r.Fingerprint = mention.Fingerprint{Bands: []string{}, Figures: FigureSet(text), By: name}
	if s, ok := Sign(text); ok {
		r.Fingerprint.MinHash, r.Fingerprint.Bands = s.Text(), s.Bands()
	}
	return nil
}
