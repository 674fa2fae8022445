// Package processor reads mentions: a plain list of steps turns a Text into a
// Reading, and workers carry that from mention.found to mention.tagged.
//
// Steps are pure and versioned: the same mention gives the same reading. The
// package keeps no state and changes nothing but the Reading.
//
// Limit: a step sees one mention at a time; what needs several (copies,
// stories) is the indexer's.
package processor

import (
	"context"

	"github.com/diembao/diembao/mention"
)

// Step is one reader. It may use what earlier steps of the list wrote into r
// and writes its own part of r only.
type Step interface {
	// Name is the name and version that the step signs with: "tone/3".
	Name() string
	// Read judges m.Origin and m.Text and must not change them.
	Read(ctx context.Context, m *mention.Mention, r *mention.Reading) error
}
