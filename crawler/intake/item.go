// Package intake turns what was found into mentions: it masks citizens' texts,
// replaces their authors by a keyed hash, decides whether a text is new,
// changed, the same or taken down, archives it and publishes mention.found.
//
// Every door of the crawler (polled pages, push, import, webhooks) ends here,
// so that a text from any of them is treated alike. It reads the frontier
// record of the source and writes the archive and the bus; the caller saves
// the record, and only after Accept has returned.
//
// Promises: nothing of a citizen's text is stored or published before masking;
// Accept returns only after the bus has the mention durably; the same text of
// the same address is published once as long as the record remembers it.
//
// Limit: after a lost record the same text is published again, as a later
// revision of the same mention.
package intake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"

	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/mention"
)

// Item is one text as found, before it is a mention.
type Item struct {
	Kind       mention.Kind        `json:"kind"`
	Outlet     string              `json:"outlet"`
	OutletName string              `json:"outlet_name,omitempty"`
	SourceType string              `json:"source_type,omitempty"`
	Source     string              `json:"source"`
	Channel    mention.Channel     `json:"channel"`
	Via        string              `json:"via"`
	URL        string              `json:"url,omitempty"`     // the address as found
	PostID     string              `json:"post_id,omitempty"` // or the platform's own id, which then names the item
	Canonical  string              `json:"canonical,omitempty"`
	Parent     mention.ID          `json:"parent,omitempty"`
	Corrects   mention.ID          `json:"corrects,omitempty"`
	Change     *mention.Change     `json:"change,omitempty"`
	Correction *mention.Correction `json:"correction,omitempty"`
	Author     string              `json:"-"` // a citizen's name or handle: hashed, never stored
	AuthorHash string              `json:"author_hash,omitempty"`
	Text       mention.Text        `json:"text"`
	Removed    bool                `json:"removed,omitempty"`
	// Thread is how the text begins that this one is written under. Where the
	// source does not know it, Under names that text (post id or address), and
	// the archive is asked.
	Thread string `json:"thread,omitempty"`
	Under  string `json:"-"`
	// Complete says that Text is all there is: no page is to be fetched.
	Complete bool `json:"-"`
	// Opening says that the text is how the item began: where more is known of
	// it already (an edit, its removal), the text is old and changes nothing.
	Opening bool `json:"-"`
	// First is when the item was first found and Since when its text was taken
	// in as it is, where the source remembers that longer than the record.
	First time.Time `json:"-"`
	Since time.Time `json:"-"`
}

// Found is the name of the item within its outlet: the post id, or the address
// as found.
func (it Item) Found() string {
	if it.PostID != "" {
		return it.PostID
	}
	return it.URL
}

// ID is the mention the item becomes.
func (it Item) ID() mention.ID { return mention.NewID(it.Kind, it.Outlet, it.Found()) }

// Address is the key under which the frontier remembers the item.
func (it Item) Address() uint64 { return frontier.AddressHash(it.Found()) }

// archived is the address under which the archive keeps the item.
func (it Item) archived() string {
	if it.PostID != "" {
		return "urn:diembao:" + string(it.Kind) + ":" + it.Outlet + ":" + it.PostID
	}
	return it.URL
}

// AuthorHash is the keyed hash of an author within an outlet. The key of a
// year is derived from the unit's key, so that authors cannot be followed from
// year to year; "" without a key or an author.
func AuthorHash(key []byte, outlet, author string, now time.Time) string {
	if len(key) == 0 || author == "" {
		return ""
	}
	yearly := sum(key, "author "+strconv.Itoa(now.UTC().Year()))
	return hex.EncodeToString(sum(yearly, outlet+"\x00"+author)[:16])
}

func sum(key []byte, text string) []byte {
	h := hmac.New(sha256.New, key)
	h.Write([]byte(text))
	return h.Sum(nil)
}
