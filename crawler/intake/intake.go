package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Intake publishes items. It may be used by many goroutines.
type Intake struct {
	Bus stream.Bus
	// Archive keeps pages and masked posts; nil keeps none.
	Archive *archive.Archive
	// AuthorKey is the unit's key for authors of citizens' texts.
	AuthorKey []byte
	// Mask replaces personal data in a text and counts the places.
	Mask func(text string) (masked string, places int)
	// Past gives an item as it was archived last; nil keeps no differences.
	Past func(ctx context.Context, it Item) (Item, error)
}

// Outcome is what Accept found an item to be.
type Outcome string

// The outcomes.
const (
	New     Outcome = "new"
	Changed Outcome = "changed"
	Same    Outcome = "same"
	Removed Outcome = "removed"
)

// Accept publishes an item unless the record knows it, and notes it in the
// record. page is where it was read from, nil for items that came complete.
// It fails, with the record as it was, if archive or bus do.
func (in *Intake) Accept(ctx context.Context, it Item, page *fetch.Page, rec *frontier.Record, now time.Time) (Outcome, error) {
	it = in.protect(it, now)
	known, ok := rec.Page(it.Address())
	text := frontier.TextHash(it.Text.Title, it.Text.Lead, it.Text.Body)
	outcome := judge(it, known, text)
	if outcome == Changed {
		if it, outcome = in.compared(ctx, it, known); outcome == Same {
			known.Text = text
		}
	}
	next := known
	if !ok {
		next = frontier.Page{Address: it.Address(), Found: now}
		if !it.First.IsZero() {
			next.Found = it.First
		}
	}
	if outcome == Same {
		next.Missing = false
		rec.Set(scheduled(next, it, now))
		return Same, nil
	}
	next.Revision = max(now.Unix(), known.Revision+1)
	next.Text, next.Missing, next.Removed = text, false, it.Removed
	m := in.mention(it, next, now)
	if err := in.publish(ctx, it, page, m); err != nil {
		return "", err
	}
	rec.Set(scheduled(next, it, now))
	return outcome, nil
}

// compared notes what changed against the text that the archive has. A change
// that no reader would call one is none, unless the text was flagged as gone.
func (in *Intake) compared(ctx context.Context, it Item, known frontier.Page) (Item, Outcome) {
	if in.Past == nil {
		return it, Changed
	}
	old, err := in.Past(ctx, it)
	if err != nil {
		return it, Changed // what the text before was is not known: no reason to keep this one back
	}
	it.Change = in.Change(old.Text, it.Text)
	if it.Change == nil && !known.Removed {
		return it, Same
	}
	if it.Change != nil {
		it.Change.Since = known.Revision
	}
	return it, Changed
}

// Change is Compare with personal data masked: whole texts first, since what
// is personal shows in its context.
func (in *Intake) Change(before, after mention.Text) *mention.Change {
	return Compare(in.masked(before), in.masked(after))
}

// masked is a text whose sentences may be quoted: in press too.
func (in *Intake) masked(t mention.Text) mention.Text {
	if in.Mask != nil {
		t.Title, _ = in.Mask(t.Title)
		t.Lead, _ = in.Mask(t.Lead)
		t.Body, _ = in.Mask(t.Body)
	}
	return t
}

// scheduled sets the next look at a page. What comes complete comes again by
// itself.
func scheduled(p frontier.Page, it Item, now time.Time) frontier.Page {
	if it.Complete {
		p.Next = time.Time{}
		return p
	}
	p.Schedule(now)
	p.Visits++
	return p
}

func judge(it Item, known frontier.Page, text uint64) Outcome {
	switch {
	case it.Removed && known.Removed:
		return Same
	case it.Removed:
		return Removed
	case known.Text == 0:
		return New
	case it.Opening:
		return Same
	case known.Text == text && !known.Removed:
		return Same
	}
	return Changed
}

// protect masks a citizen's text and hashes the author. Press is left as it
// is: there the processor records the spans to mask.
func (in *Intake) protect(it Item, now time.Time) Item {
	if !it.Channel.Citizen() {
		return it
	}
	if it.AuthorHash == "" {
		it.AuthorHash = AuthorHash(in.AuthorKey, it.Outlet, it.Author, now)
	}
	it.Author, it.Text.Author = "", ""
	if it.Thread = clip(it.Thread, mention.MaxThread); in.Mask == nil {
		return it
	}
	it.Thread, _ = in.Mask(it.Thread) // of what it stands under, nothing is counted
	for _, text := range []*string{&it.Text.Title, &it.Text.Lead, &it.Text.Body} {
		masked, n := in.Mask(*text)
		*text = masked
		it.Text.Masked += n
	}
	captions := make([]string, 0, len(it.Text.Captions))
	for _, c := range it.Text.Captions {
		masked, n := in.Mask(c)
		captions = append(captions, masked)
		it.Text.Masked += n
	}
	if len(captions) > 0 {
		it.Text.Captions = captions
	}
	return it
}

func (in *Intake) mention(it Item, p frontier.Page, now time.Time) *mention.Mention {
	return &mention.Mention{
		Schema: mention.Schema, ID: it.ID(), Revision: p.Revision,
		Origin: mention.Origin{
			Kind: it.Kind, Outlet: it.Outlet, OutletName: it.OutletName, SourceType: it.SourceType, Source: it.Source,
			Channel: it.Channel, Via: it.Via, URL: it.URL, PostID: it.PostID, Canonical: it.Canonical, Parent: it.Parent, Thread: it.Thread,
			Fetched: now.UTC().Truncate(time.Second), Found: p.Found.UTC().Truncate(time.Second),
			Removed: it.Removed, Change: it.Change, Corrects: it.Corrects, Correction: it.Correction, AuthorHash: it.AuthorHash,
		},
		Text: it.Text,
	}
}

func (in *Intake) publish(ctx context.Context, it Item, page *fetch.Page, m *mention.Mention) error {
	digest, err := in.keep(ctx, it, page, m)
	if err != nil {
		return err
	}
	m.Origin.Page = digest
	return in.send(ctx, it, m)
}

// Again publishes an archived item as the revision of the second in which it
// was fetched. It reaches only readers that have not seen that revision: the
// bus and the index know it by ID and revision.
func (in *Intake) Again(ctx context.Context, it Item, digest string, fetched time.Time) error {
	m := in.mention(in.protect(it, fetched), frontier.Page{Found: fetched, Revision: fetched.Unix()}, fetched)
	m.Origin.Page = digest
	return in.send(ctx, it, m)
}

// Redate publishes an item that is known with the date that it has now, as a
// later revision of the same text.
func (in *Intake) Redate(ctx context.Context, it Item, rec *frontier.Record, now time.Time) error {
	p, ok := rec.Page(it.Address())
	if !ok || p.Removed {
		return nil
	}
	p.Revision = max(now.Unix(), p.Revision+1)
	it.Change = nil
	m := in.mention(in.protect(it, now), p, now)
	if in.Archive != nil {
		if e, err := in.Archive.Find(archive.AddressHash(it.archived())); err == nil {
			m.Origin.Page = e.Digest
		}
	}
	if err := in.send(ctx, it, m); err != nil {
		return err
	}
	rec.Set(p)
	return nil
}

func (in *Intake) send(ctx context.Context, it Item, m *mention.Mention) error {
	if err := m.Check(); err != nil {
		return fmt.Errorf("intake: %s: %w", it.Found(), err)
	}
	subject, err := stream.Found(m)
	if err != nil {
		return fmt.Errorf("intake: %s: %w", it.Found(), err)
	}
	data, err := mention.Encode(m)
	if err != nil {
		return fmt.Errorf("intake: %s: %w", it.Found(), err)
	}
	id := string(m.ID) + "-" + strconv.FormatInt(m.Revision, 10)
	if _, err := in.Bus.Publish(ctx, stream.Out{Subject: subject, ID: id, Data: data}); err != nil {
		return fmt.Errorf("intake: publish %s: %w", it.Found(), err)
	}
	return nil
}

// keep archives the page, or, of a citizen's text, only the masked item: the
// raw page would hold what has just been masked.
func (in *Intake) keep(ctx context.Context, it Item, page *fetch.Page, m *mention.Mention) (digest string, err error) {
	if in.Archive == nil || it.Removed {
		return "", nil
	}
	r := archive.Record{Class: string(it.Kind), Source: it.Source, URL: it.archived(), Fetched: m.Origin.Fetched, Status: http.StatusOK}
	if page != nil && !it.Channel.Citizen() {
		r.Status, r.Header, r.Body = page.Status, page.Header, page.Body
	} else {
		r.Header = http.Header{"Content-Type": {ItemType}}
		if r.Body, err = json.Marshal(it); err != nil {
			return "", fmt.Errorf("intake: keep %s: %w", it.Found(), err)
		}
	}
	if digest, err = in.Archive.Put(ctx, r); err != nil {
		return "", fmt.Errorf("intake: %w", err)
	}
	return digest, nil
}

// ItemType is the content type of masked items in the archive.
const ItemType = "application/vnd.diembao.item+json"

// ErrForgotten says that the archive does not hold what is to be recalled.
var ErrForgotten = errors.New("intake: the archive does not hold it")

// recallWindow is how long after a source has listed a text it is archived at
// the latest: a visit takes minutes.
const recallWindow = 2 * time.Hour

// old looks for a record that the archive's index no longer has in memory, if
// it is known when it was written.
func (in *Intake) old(ctx context.Context, it Item) (r archive.Record, err error) {
	if it.Since.IsZero() {
		return r, ErrForgotten
	}
	var last archive.Entry
	err = in.Archive.Entries(ctx, it.Source, it.Since.Add(-time.Minute), it.Since.Add(recallWindow), func(e archive.Entry) error {
		if e.URL == it.archived() {
			last = e
		}
		return nil
	})
	switch {
	case err != nil:
		return r, err
	case last.File == "":
		return r, ErrForgotten
	}
	return in.Archive.Read(ctx, last)
}

// Recall gives the archived record of an item, and the item itself if it was
// archived as one; otherwise its text has to be read from the record's page.
func (in *Intake) Recall(ctx context.Context, it Item) (r archive.Record, whole bool, out Item, err error) {
	if in.Archive == nil {
		return r, false, it, ErrForgotten
	}
	e, err := in.Archive.Find(archive.AddressHash(it.archived()))
	switch {
	case err == nil:
		r, err = in.Archive.Read(ctx, e)
	case errors.Is(err, archive.ErrNone):
		r, err = in.old(ctx, it)
	}
	if errors.Is(err, archive.ErrNone) {
		err = ErrForgotten // expired since
	}
	if err != nil {
		return r, false, it, err
	}
	if r.Header.Get("Content-Type") != ItemType {
		return r, false, it, nil
	}
	err = json.Unmarshal(r.Body, &out)
	return r, true, out, err
}
