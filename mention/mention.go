// Package mention holds the one record that travels through diembao: a text
// about public policy as it was found (Origin), as it reads (Text) and as it
// was judged (Reading).
//
// Each section has one writer: the crawler writes Origin and Text, the
// processor writes Reading, and nobody changes an earlier section. The JSON
// form is versioned by Schema; Decode reads every version since 1. The package
// reads and writes nothing but bytes and depends on the standard library only.
//
// Limit: a Mention carries no raw page; the page stays in the crawler's
// archive under Origin.Page.
package mention

import (
	"strings"
	"time"
)

// Schema is the version that Encode writes.
const Schema = 1

// Mention is one article, post, comment or message in one revision.
type Mention struct {
	Schema int `json:"schema"`
	ID     ID  `json:"id"`
	// Revision is the Unix second at which this text of the mention was first
	// fetched, so that a later edit always has the greater number.
	Revision int64    `json:"revision"`
	Origin   Origin   `json:"origin"`
	Text     Text     `json:"text"`
	Reading  *Reading `json:"reading,omitempty"`
}

// MaxThread bounds Origin.Thread, in bytes.
const MaxThread = 400

// Kind is the family of a source.
type Kind string

// The kinds; they are the third token of a subject.
const (
	Press  Kind = "press"
	Portal Kind = "portal"
	Social Kind = "social"
)

// Valid reports whether k is one of the three kinds.
func (k Kind) Valid() bool { return k == Press || k == Portal || k == Social }

// Channel is the form in which a text was published.
type Channel string

// The channels, as the fixture press and the import formats name them.
const (
	Article      Channel = "article"
	Post         Channel = "post"
	Comment      Channel = "comment"
	Message      Channel = "message"
	VideoComment Channel = "video_comment"
	Thread       Channel = "thread"
)

// Citizen reports whether texts of this channel are written by citizens, whose
// personal data are masked before anything is stored.
func (c Channel) Citizen() bool { return c != "" && c != Article }

// Origin says where and how a mention was found. The crawler writes it.
type Origin struct {
	Kind       Kind    `json:"kind"`
	Outlet     string  `json:"outlet"`                // slug, [a-z0-9-]{1,64}: "dvhn"
	OutletName string  `json:"outlet_name,omitempty"` // "Đất Việt Hôm Nay"
	SourceType string  `json:"source_type,omitempty"` // one of the seven kinds of site of NĐ 147/2024
	Source     string  `json:"source"`                // id of the source in the configuration
	Channel    Channel `json:"channel"`
	Via        string  `json:"via"`                 // feed, sitemap, listing, websub, push, import, youtube, facebook, zalo
	URL        string  `json:"url,omitempty"`       // the address as found
	PostID     string  `json:"post_id,omitempty"`   // the platform's own id, for social items
	Canonical  string  `json:"canonical,omitempty"` // what the page calls its address; never part of the ID
	Parent     ID      `json:"parent,omitempty"`    // the mention this one comments on
	// Thread is how the text begins that this one is written under (title,
	// first lines; masked, at most MaxThread bytes), as far as the crawler knew
	// it: what a comment speaks of without naming it.
	Thread string `json:"thread,omitempty"`
	Page   string `json:"page,omitempty"` // digest of the archived page: "sha256:…"
	// Fetched is when this revision was first fetched; Found when the mention
	// was first seen in any revision.
	Fetched time.Time `json:"fetched"`
	Found   time.Time `json:"found"`
	// Removed is set when the source has taken the text down ("gỡ"); the text
	// is kept as evidence.
	Removed bool `json:"removed,omitempty"`
	// Change is what this revision changed against the one before; nil for a
	// first one, and where the text before is no longer known.
	Change *Change `json:"change,omitempty"`
	// Corrects is the mention that a published correction refers to.
	Corrects   ID          `json:"corrects,omitempty"`
	Correction *Correction `json:"correction,omitempty"` // how that was found
	// Author is a keyed hash of a citizen's handle; empty for press.
	AuthorHash string `json:"author_hash,omitempty"`
}

// Text is what the mention says: NFC UTF-8, paragraphs of Body separated by
// "\n". The crawler writes it.
type Text struct {
	Title      string   `json:"title,omitempty"`
	Lead       string   `json:"lead,omitempty"`
	Body       string   `json:"body,omitempty"`
	Author     string   `json:"author,omitempty"` // press only
	Section    string   `json:"section,omitempty"`
	SourceLine string   `json:"source_line,omitempty"` // "Theo TTXVN", "Nguồn: …"
	Captions   []string `json:"captions,omitempty"`
	// Published is zero where it is unknown; it is never guessed as "now".
	Published           time.Time `json:"published,omitzero"`
	PublishedFrom       string    `json:"published_from,omitempty"`       // jsonld, meta, dateline, feed, url, push …
	PublishedConfidence float64   `json:"published_confidence,omitempty"` // 0…1
	Updated             time.Time `json:"updated,omitzero"`
	// Quality is what the text-quality gate found: "" (good), "no-spaces",
	// "noise", "lost-letters", "charset", "short".
	Quality string `json:"quality,omitempty"`
	// Masked counts personal data already replaced before storage (citizens).
	Masked int `json:"masked,omitempty"`
}

// Beginning is how the text begins, for Origin.Thread of those written under
// it: the title and first lines, cut at a space.
func (t *Text) Beginning() string {
	begin := strings.TrimSpace(t.Title + "\n" + t.Lead)
	begin = strings.TrimSpace(begin + "\n" + t.Body)
	if len(begin) <= MaxThread {
		return begin
	}
	return begin[:max(strings.LastIndexAny(begin[:MaxThread+1], " \n"), 0)]
}

// When is the time a count goes by: the time of publishing, or of finding
// where that is unknown.
func (m *Mention) When() time.Time {
	if !m.Text.Published.IsZero() {
		return m.Text.Published
	}
	return m.Origin.Found
}
