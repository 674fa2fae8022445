package judge

import (
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
	"github.com/diembao/diembao/viet"
)

// Document is a text cut into sentences, with the expressions of tone in them.
// Its memory is used again by the next text. It is not safe for concurrent use.
type Document struct {
	origin    mention.Origin
	lexicon   *lexicon.Lexicon
	sentences []Sentence
	tokens    []classify.Token
	hits      []lexicon.Hit
	bare      bool // written without diacritics
	clauses   bool // sentences are cut where a contrast begins
}

// Sentence is one sentence of a field of the text.
type Sentence struct {
	mention.Span
	Text     string // as the classifier reads it: chat spelling undone
	from, to int    // tokens
	first    int    // hits
	last     int
}

// NewDocument makes a document that finds l's expressions.
func NewDocument(l *lexicon.Lexicon) *Document { return &Document{lexicon: l} }

// longestBody is how much of a body is read, in bytes: an article's message
// stands in its first paragraphs and its last.
const (
	longestBody = 3200
	endOfBody   = 600
)

// Load reads a text.
func (d *Document) Load(origin mention.Origin, text *mention.Text) {
	d.origin = origin
	d.sentences, d.tokens, d.hits = d.sentences[:0], d.tokens[:0], d.hits[:0]
	d.bare = bareText(text)
	d.field("title", text.Title)
	d.field("lead", text.Lead)
	d.field("body", text.Body)
	for i := range d.sentences {
		s := &d.sentences[i]
		s.first = len(d.hits)
		d.hits = d.lexicon.Find(d.hits, d.tokens[s.from:s.to], d.bare)
		s.last = len(d.hits)
	}
}

func (d *Document) field(name, text string) {
	if text == "" {
		return
	}
	spans := viet.Sentences(text)
	for i, p := range spans {
		if p.Start > longestBody-endOfBody && p.End < len(text)-endOfBody && i > 0 {
			continue
		}
		for start := p.Start; start < p.End; {
			end := p.End
			if d.clauses {
				end = start + clause(text[start:p.End])
			}
			d.sentence(mention.Span{Field: name, Start: start, End: end}, text[start:end])
			start = end
		}
	}
}

// clause is the length of the first clause of s: up to a word that begins a
// contrast.
func clause(s string) int {
	end := len(s)
	for _, mark := range []string{" nhưng ", " song ", ", còn ", " trong khi ", " tuy nhiên", "; ", " nhung ", ", con "} {
		if at := strings.Index(s, mark); at > 0 {
			end = min(end, at+1)
		}
	}
	return end
}

func (d *Document) sentence(span mention.Span, text string) {
	if d.origin.Kind == mention.Social {
		text = respell(text)
	}
	s := Sentence{Span: span, Text: text, from: len(d.tokens)}
	d.tokens = classify.Cut(d.tokens, text)
	s.to = len(d.tokens)
	d.sentences = append(d.sentences, s)
}

// respell undoes chat spelling and keeps everything between the words.
func respell(text string) string {
	var b strings.Builder
	at := 0
	for _, w := range viet.Unchat(text) {
		if !w.Respelt() {
			continue
		}
		b.WriteString(text[at:w.Start])
		b.WriteString(w.Plain)
		at = w.End
	}
	if at == 0 {
		return text
	}
	b.WriteString(text[at:])
	return b.String()
}

// bareText tells whether a text is written without diacritics: of Vietnamese
// letters about a quarter carry one.
func bareText(text *mention.Text) bool {
	letters, marked := 0, 0
	for _, field := range []string{text.Title, text.Lead, text.Body} {
		for _, r := range field[:min(len(field), 600)] {
			switch {
			case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
				letters++
			case r >= 0xC0 && r < 0x1F00 && r != 0xFFFD:
				letters++
				marked++
			}
		}
	}
	return letters > 8 && marked*25 < letters
}
