package judge

import (
	"slices"
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
	kept      []Sentence // memory for cut
	tokens    []classify.Token
	hits      []lexicon.Hit
	form      form
	bare      bool // written without diacritics
}

// Sentence is one sentence of a field of the text.
type Sentence struct {
	mention.Span
	Text   string // as the classifier reads it: chat spelling undone
	tokens []classify.Token
	hits   []lexicon.Hit
}

// NewDocument makes a document that finds l's expressions.
func NewDocument(l *lexicon.Lexicon) *Document { return &Document{lexicon: l} }

// longestBody is how much of a body is read, in bytes: an article's message
// stands in its first paragraphs and its last.
const (
	longestBody = 3200
	endOfBody   = 600
)

// bytesPerToken is a little less than a token and the space after it have.
const bytesPerToken = 4

// Load reads a text.
func (d *Document) Load(origin mention.Origin, text *mention.Text) {
	d.origin = origin
	d.sentences, d.tokens, d.hits = d.sentences[:0], d.tokens[:0], d.hits[:0]
	d.bare = bareText(text)
	d.tokens = slices.Grow(d.tokens, min(len(text.Title)+len(text.Lead)+len(text.Body), longestBody)/bytesPerToken)
	d.field("title", text.Title)
	d.field("lead", text.Lead)
	d.field("body", text.Body)
	d.form = formOf(d.sentences)
}

func (d *Document) field(name, text string) {
	if text == "" {
		return
	}
	for i, p := range viet.Sentences(text) {
		if p.Start > longestBody-endOfBody && p.End < len(text)-endOfBody && i > 0 {
			continue
		}
		d.sentences = append(d.sentences, d.sentence(mention.Span{Field: name, Start: p.Start, End: p.End}, text))
	}
}

// sentence reads the span of a field's text.
func (d *Document) sentence(span mention.Span, field string) Sentence {
	s := Sentence{Span: span, Text: field[span.Start:span.End]}
	if d.origin.Kind == mention.Social {
		s.Text = respell(s.Text)
	}
	token, hit := len(d.tokens), len(d.hits)
	d.tokens = classify.Cut(d.tokens, s.Text)
	s.tokens = d.tokens[token:]
	d.hits = d.lexicon.Find(d.hits, s.tokens, d.bare)
	s.hits = d.hits[hit:]
	return s
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
