package mention

// Reading is what the processor judged. Every judgement carries a score, the
// evidence and By, so that it can be shown, doubted and redone.
type Reading struct {
	// Revision is generation × 2, plus 1 for a careful reading.
	Revision    int64       `json:"revision"`
	Language    Label       `json:"language"` // vi, vi-bare (no diacritics), en, other
	Relevant    Label       `json:"relevant"` // "1" or "0", as the labelling guide has it
	Tone        Label       `json:"tone"`     // pos, neu, neg
	Act         Label       `json:"act"`
	Topic       Label       `json:"topic"`
	Policies    []PolicyHit `json:"policies"`
	Stances     []Stance    `json:"stances"`
	Documents   []Document  `json:"documents"`
	Places      []Place     `json:"places"`
	Bodies      []Body      `json:"bodies"`
	Masked      []Masked    `json:"masked"`
	Fingerprint Fingerprint `json:"fingerprint"`
	// Question is set for citizens' questions and for answers to them.
	Question *Question `json:"question,omitempty"`
	// Steps names every step that wrote into this reading, with its version:
	// "tone/3".
	Steps []string `json:"steps"`
}

// Careful reports whether the slow, careful steps have read the text.
func (r *Reading) Careful() bool { return r != nil && r.Revision%2 == 1 }

// Label is one judgement. Value is always the best guess; Sure is whether it
// passes the threshold that keeps precision at 0.90 or better. People are
// shown "chưa rõ" where Sure is false.
type Label struct {
	Value    string  `json:"value"`
	Score    float64 `json:"score"` // calibrated probability, 0…1
	Sure     bool    `json:"sure"`
	Evidence []Span  `json:"evidence"`
	By       string  `json:"by"` // step and version: "tone/3"
}

// Span is a piece of Text: byte offsets into the NFC UTF-8 of one field.
type Span struct {
	Field string `json:"field"` // title, lead, body
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// PolicyHit is a policy of the registry that the text names.
type PolicyHit struct {
	ID    string  `json:"id"`
	Hits  []Hit   `json:"hits"`
	Score float64 `json:"score"`
	By    string  `json:"by"`
	// From is "" for a policy that the text itself names, FromThread for one
	// that only the text names under which it is written; the hits then point
	// into Origin.Thread, with FromThread for their field.
	From string `json:"from,omitempty"`
}

// FromThread marks what was not read in the text itself but in the beginning
// of the text that it is written under.
const FromThread = "thread"

// Named lists the policies that the text itself names. They come before those
// of its thread, so an index into the one is an index into the other.
func (r *Reading) Named() []PolicyHit {
	for i, p := range r.Policies {
		if p.From != "" {
			return r.Policies[:i]
		}
	}
	return r.Policies
}

// Hit is one place where a policy is named, and how it was recognised.
type Hit struct {
	Span
	Written string `json:"written"`
	Rule    string `json:"rule"` // alias, shared, cue, token, document, folded
}

// Stance is the opinion expressed toward one policy (favour, against, none)
// and the sentence it rests on.
type Stance struct {
	Policy string `json:"policy"`
	Label
	Sentence *Span `json:"sentence,omitempty"`
}

// Document is a legal or administrative document cited by number.
type Document struct {
	Key      string `json:"key"`     // canonical: "7/CT-TTg", "70/2025/NĐ-CP"
	Type     string `json:"type"`    // NĐ, QĐ, CV …, "" where unknown
	Written  string `json:"written"` // as it stands in the text
	Span     Span   `json:"span"`
	Resolved bool   `json:"resolved"` // false where year or issuer is missing
	Issuer   string `json:"issuer,omitempty"`
	Date     string `json:"date,omitempty"` // yyyy-mm-dd, when the text gives it
	By       string `json:"by"`
}

// Place is an administrative unit named in the text.
type Place struct {
	Written string  `json:"written"`
	Then    string  `json:"then"`            // the unit on the date of the text, "" where unresolved
	Now     string  `json:"now"`             // the province-level unit of today, "" where unresolved
	Level   string  `json:"level"`           // province, district, commune
	Code    string  `json:"code,omitempty"`  // GSO code of the unit now
	Score   float64 `json:"score,omitempty"` // probability that this is the place meant
	Spans   []Span  `json:"spans"`
	By      string  `json:"by"`
}

// Body is an authority named in the text, resolved by the date of the text.
type Body struct {
	ID      string `json:"id"`
	Now     string `json:"now"` // the body that answers for it today
	Written string `json:"written"`
	Spans   []Span `json:"spans"`
	By      string `json:"by"`
}

// Masked is a span of personal data that indexer and desk must not show.
type Masked struct {
	Span
	Kind string `json:"kind"` // phone, identity, account, plate, email, address, denouncer
}

// Fingerprint lets the indexer find copies without asking the processor.
type Fingerprint struct {
	// MinHash is 128 32-bit minima over 4-syllable shingles, base64 of 512
	// little-endian bytes; "" where the text is too short to compare.
	MinHash string `json:"minhash"`
	// Bands are hashes of groups of minima: two texts sharing one are
	// candidates for being copies.
	Bands []string `json:"bands"`
	// Figures is a signature of the numbers in the text: a copy whose figures
	// differ is a copy with a flag, never merged silently.
	Figures string `json:"figures"`
	By      string `json:"by"`
}

// Question holds the normal form of a citizen's question and its vector, so
// that the same question in other words meets.
type Question struct {
	Normal string    `json:"normal"`
	Vector []float32 `json:"vector,omitempty"`
	Span   Span      `json:"span"`
	By     string    `json:"by"`
}
