package indexer

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
)

// Masked gives the record as it may be stored and shown: every span of
// masked[] is overwritten with asterisks, byte for byte, so that all offsets
// stay good; what a reading quotes from there is quoted anew. The record given
// is not changed.
func Masked(m *mention.Mention) *mention.Mention {
	if m.Reading == nil || len(m.Reading.Masked) == 0 {
		return m
	}
	out, reading := *m, *m.Reading
	for _, span := range reading.Masked {
		switch span.Field {
		case "title":
			out.Text.Title = cover(out.Text.Title, span.Start, span.End)
		case "lead":
			out.Text.Lead = cover(out.Text.Lead, span.Start, span.End)
		case "body":
			out.Text.Body = cover(out.Text.Body, span.Start, span.End)
		}
	}
	out.Reading = &reading
	requote(&out.Text, &reading)
	return &out
}

// cover overwrites s[start:end], widened to whole runes and cut to what is
// there.
func cover(s string, start, end int) string {
	start, end = max(start, 0), min(end, len(s))
	if start >= end {
		return s
	}
	for !utf8.RuneStart(s[start]) && start > 0 {
		start--
	}
	for end < len(s) && !utf8.RuneStart(s[end]) {
		end++
	}
	return s[:start] + strings.Repeat("*", end-start) + s[end:]
}

// requote takes every quotation of the reading that a mask touches from the
// covered text.
func requote(text *mention.Text, r *mention.Reading) {
	r.Documents = mapped(r.Documents, func(d mention.Document) mention.Document {
		if touched(r, d.Span) {
			d.Written = text.Cut(d.Span)
		}
		return d
	})
	r.Places = mapped(r.Places, func(p mention.Place) mention.Place {
		p.Written = rewritten(text, r, p.Written, p.Spans)
		return p
	})
	r.Bodies = mapped(r.Bodies, func(b mention.Body) mention.Body {
		b.Written = rewritten(text, r, b.Written, b.Spans)
		return b
	})
	r.Policies = mapped(r.Policies, func(p mention.PolicyHit) mention.PolicyHit {
		p.Hits = mapped(p.Hits, func(h mention.Hit) mention.Hit {
			h.Written = rewritten(text, r, h.Written, []mention.Span{h.Span})
			return h
		})
		return p
	})
	if q := r.Question; q != nil && touched(r, q.Span) {
		hidden := *q
		hidden.Normal = ""
		r.Question = &hidden
	}
}

func rewritten(text *mention.Text, r *mention.Reading, written string, spans []mention.Span) string {
	for _, s := range spans {
		if touched(r, s) {
			return text.Cut(s)
		}
	}
	return written
}

func touched(r *mention.Reading, s mention.Span) bool {
	for _, m := range r.Masked {
		if m.Field == s.Field && m.Start < s.End && s.Start < m.End {
			return true
		}
	}
	return false
}

func mapped[T any](in []T, f func(T) T) []T {
	if len(in) == 0 {
		return in
	}
	out := make([]T, len(in))
	for i, v := range in {
		out[i] = f(v)
	}
	return out
}
