// Package mask finds personal data in Vietnamese text and hides it: phone,
// identity, bank account and plate numbers, e-mail and home addresses, and
// the names of people who denounce wrongdoing.
//
// It reads a text and writes nothing. Offsets are bytes into the text given,
// at rune starts, ascending and without overlap. What it promises: hiding is
// final, since nothing of the hidden text stays but a rough length, and
// hiding twice is hiding once. Sums of money, document numbers, dates,
// statistics and the numbers of hotlines are left alone.
//
// Limit: it goes by form and by the words nearby, so a number spelt in words
// ("không chín một hai") or a name without a cue passes.
package mask

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Kinds of personal data, as mention.Masked names them.
const (
	Phone     = "phone"
	Identity  = "identity" // citizen, social-insurance and passport numbers
	Account   = "account"  // bank accounts and cards
	Plate     = "plate"
	Email     = "email"
	Address   = "address" // a home, down to the house or the lane
	Denouncer = "denouncer"
)

// Span is one piece of personal data: text[Start:End].
type Span struct {
	Start, End int
	Kind       string
}

// Find gives the personal data in text, in order and without overlap. The
// text should be NFC, see viet.Clean.
func Find(text string) []Span {
	var spans []Span
	spans = appendEmails(spans, text)
	spans = appendNumbers(spans, text)
	spans = appendDenouncers(spans, text)
	return disjoint(spans)
}

// disjoint sorts spans and, of two that overlap, keeps the earlier, grown to
// cover both.
func disjoint(spans []Span) []Span {
	if len(spans) < 2 {
		return spans
	}
	slices.SortFunc(spans, func(a, b Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End))
	})
	out := spans[:1]
	for _, s := range spans[1:] {
		if last := &out[len(out)-1]; s.Start < last.End {
			last.End = max(last.End, s.End)
			continue
		}
		out = append(out, s)
	}
	return out
}

// Apply hides the spans behind dots. How many dots tells short from long and
// nothing else. Spans that do not fit the text are hidden as far as they do.
func Apply(text string, spans []Span) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	at := 0
	for _, s := range spans {
		start, end := runeStart(text, max(s.Start, at)), runeEnd(text, s.End)
		if start >= end {
			continue
		}
		b.WriteString(text[at:start])
		b.WriteString(dots(end - start))
		at = end
	}
	b.WriteString(text[at:])
	return b.String()
}

func runeStart(s string, i int) int {
	i = min(max(i, 0), len(s))
	for i > 0 && i < len(s) && !utf8.RuneStart(s[i]) {
		i--
	}
	return i
}

func runeEnd(s string, i int) int {
	i = min(max(i, 0), len(s))
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	return i
}

func dots(n int) string {
	switch {
	case n <= 8:
		return "•••"
	case n <= 16:
		return "••••••"
	}
	return "•••••••••"
}

// maxRounds bounds Hide on a text made to need many.
const maxRounds = 16

// Hide finds and hides, and counts what it hid. What only shows once its
// neighbours are hidden is hidden too, so that hiding again changes nothing.
func Hide(text string) (hidden string, count int) {
	for range maxRounds {
		spans := Find(text)
		if len(spans) == 0 {
			break
		}
		text = Apply(text, spans)
		count += len(spans)
	}
	return text, count
}
