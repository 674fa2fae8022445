// Package language is the step that names the language of a mention: vi,
// vi-bare (Vietnamese without diacritics), en or other. It reads title, lead
// and body and writes Reading.Language. The judgement is viet.Language's.
//
// Limit: one language a mention; a text half in English gets the greater half.
package language

import (
	"context"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

const name = "language/1"

// enough is how many bytes of text the judgement looks at: two hundred
// syllables settle it, and reading a long article to its end would cost more.
const enough = 1000

// sure is the score from which the language is beyond doubt. A wrong one costs
// little, so this is a judgement and not a measured threshold.
const sure = 0.8

// Step writes Reading.Language.
type Step struct{}

// NewStep makes the step.
func NewStep() Step { return Step{} }

// Name is the name and version that the step signs with.
func (Step) Name() string { return name }

// Read names the language; a mention without letters is "other". It never
// fails.
func (Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	var b strings.Builder
	for _, f := range mention.Fields() {
		text, _ := m.Text.Field(f)
		if room := enough - b.Len(); room > 0 {
			b.WriteString(cut(text, room))
			b.WriteByte('\n')
		}
	}
	code, score := viet.Language(b.String())
	r.Language = mention.Label{Value: code, Score: score, Sure: score >= sure, Evidence: []mention.Span{}, By: name}
	return nil
}

// cut gives the first n bytes or fewer of s, whole runes only.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
