package judge

import (
	"math"

	"github.com/diembao/diembao/mention"
)

// Domain is a family of texts that is calibrated by itself, because what is
// common in one is rare in the other.
type Domain string

// The domains: what editors and offices write, what citizens write, and what
// citizens write without diacritics.
const (
	Press   Domain = "press"
	Citizen Domain = "citizen"
	Bare    Domain = "bare"
)

// Domains lists them.
func Domains() []Domain { return []Domain{Press, Citizen, Bare} }

// DomainOf is the domain of a text of the given origin.
func DomainOf(o mention.Origin, bare bool) Domain {
	switch {
	case o.Kind != mention.Social:
		return Press
	case bare:
		return Bare
	}
	return Citizen
}

// Decision turns the logits of one task and domain into calibrated
// probabilities, a best guess, and whether it may be shown as sure.
type Decision struct {
	Task    string   `json:"task"`
	Domain  Domain   `json:"domain"`
	Classes []string `json:"classes"`
	// Mix joins the three opinions of a careful reading; a quick reading has
	// one opinion only.
	Mix *Mix `json:"mix,omitempty"`
	// Scale and Bias calibrate: probabilities are softmax(Scale × logit + Bias).
	Scale float64   `json:"scale"`
	Bias  []float64 `json:"bias"`
	// Offset is added to the logarithms before the best guess is taken, so
	// that rare classes are guessed as often as macro-F1 wants them.
	Offset []float64 `json:"offset"`
	// Sure is the least probability at which a guess of the class was right
	// nine times in ten; above 1: never.
	Sure []float64 `json:"sure"`
}

// Probabilities calibrates logits.
func (d *Decision) Probabilities(logits []float32) []float64 {
	p := make([]float64, len(logits))
	top := math.Inf(-1)
	for i, l := range logits {
		p[i] = d.Scale*float64(l) + d.Bias[i]
		top = max(top, p[i])
	}
	sum := 0.0
	for i, v := range p {
		p[i] = math.Exp(v - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Pick is the best guess among calibrated probabilities.
func (d *Decision) Pick(p []float64) int {
	best, top := 0, math.Inf(-1)
	for i, v := range p {
		if score := math.Log(v+1e-12) + d.Offset[i]; score > top {
			best, top = i, score
		}
	}
	return best
}

// Label is the judgement of logits, without evidence.
func (d *Decision) Label(logits []float32, by string) (l mention.Label, class int) {
	p := d.Probabilities(logits)
	class = d.Pick(p)
	return mention.Label{
		Value: d.Classes[class], Score: round(p[class]), Sure: p[class] >= d.Sure[class], By: by,
	}, class
}

// round keeps four decimals: more would only be noise in the record.
func round(p float64) float64 { return math.Round(p*1e4) / 1e4 }
