// Package frontier is the crawler's memory of what was seen and when to look
// again: one record a source of at most 16 KiB in the bucket "frontier", and
// leases in the bucket "leases" by which several crawler processes hand out
// the hosts among themselves.
//
// A record holds the feed's validators and rhythm and the newest 500 pages as
// address hash, text hash, times and next visit; addresses themselves come
// from the archive's index. What is forgotten is fetched again under the same
// mention ID.
//
// Limit: two addresses of one source whose 64-bit hashes agree are taken for
// one; with 500 pages that is one chance in 10^14.
package frontier

import (
	"crypto/sha256"
	"encoding/binary"
	"hash/fnv"
	"slices"
	"strings"
	"time"
)

// Bounds of a record.
const (
	MaxPages = 500
	MaxBytes = 16 << 10
	maxTag   = 256 // longest validator that is kept
)

// Record is what is remembered of one source.
type Record struct {
	ETag         string
	LastModified string
	Visited      time.Time     // last visit that reached the source
	LastNew      time.Time     // when an item was last new
	Gap          time.Duration // mean time between new items, 0 until known
	Failures     int           // visits in a row that failed
	Pages        []Page        // oldest first
}

// Page is what is remembered of one address or post id.
type Page struct {
	Address  uint64 // AddressHash
	Text     uint64 // TextHash: 48 bits
	Found    time.Time
	Revision int64     // Unix second of the newest revision
	Next     time.Time // next visit; zero: none
	Visits   int       // visits after the first, up to 63
	Missing  bool      // the last visit found it gone (404, 410)
	Removed  bool      // and the one before: it is flagged
}

// AddressHash is the key of an address or post id.
func AddressHash(found string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(found))
	return h.Sum64()
}

// TextHash is what tells a changed text from a cosmetic change: 48 bits over
// the words, whatever the spaces between them.
func TextHash(parts ...string) uint64 {
	var text []byte
	for _, part := range parts {
		start := len(text)
		for word := range strings.FieldsSeq(part) {
			if len(text) > start {
				text = append(text, ' ')
			}
			text = append(text, word...)
		}
		text = append(text, 0)
	}
	sum := sha256.Sum256(text)
	return binary.BigEndian.Uint64(sum[:]) >> 16
}

// Page finds what is remembered of an address.
func (r *Record) Page(address uint64) (Page, bool) {
	i := slices.IndexFunc(r.Pages, func(p Page) bool { return p.Address == address })
	if i < 0 {
		return Page{}, false
	}
	return r.Pages[i], true
}

// Set remembers a page, in place of what was remembered of its address, and
// forgets the oldest beyond MaxPages.
func (r *Record) Set(p Page) {
	if i := slices.IndexFunc(r.Pages, func(q Page) bool { return q.Address == p.Address }); i >= 0 {
		r.Pages[i] = p
		return
	}
	r.Pages = append(r.Pages, p)
	if over := len(r.Pages) - MaxPages; over > 0 {
		r.Pages = slices.Delete(r.Pages, 0, over)
	}
}

// Due lists the pages whose next visit has come, longest overdue first.
func (r *Record) Due(now time.Time) []Page {
	var due []Page
	for _, p := range r.Pages {
		if !p.Next.IsZero() && !p.Next.After(now) {
			due = append(due, p)
		}
	}
	slices.SortStableFunc(due, func(a, b Page) int { return a.Next.Compare(b.Next) })
	return due
}

// NextDue is when the first page is due; zero if none is.
func (r *Record) NextDue() time.Time {
	var next time.Time
	for _, p := range r.Pages {
		if !p.Next.IsZero() && (next.IsZero() || p.Next.Before(next)) {
			next = p.Next
		}
	}
	return next
}

// revisits is the falling schedule of second looks, after the first fetch:
// most edits of news come within hours, corrections within days.
var revisits = [...]time.Duration{30 * time.Minute, 2 * time.Hour, 8 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}

// Schedule sets the next visit of a page after a visit at now. A page found
// missing is looked at again after an hour; a removed one never.
func (p *Page) Schedule(now time.Time) {
	switch {
	case p.Removed:
		p.Next = time.Time{}
	case p.Missing:
		p.Next = now.Add(time.Hour)
	case p.Visits < len(revisits):
		if p.Next = p.Found.Add(revisits[p.Visits]); !p.Next.After(now) {
			p.Next = now.Add(revisits[p.Visits] / 2)
		}
	default:
		p.Next = time.Time{}
	}
}

// Learn takes the arrival of new items at now into the rhythm. first says that
// nothing was known before: the backlog of a new source teaches nothing.
func (r *Record) Learn(now time.Time, arrived int) {
	if arrived == 0 {
		return
	}
	if !r.LastNew.IsZero() && now.After(r.LastNew) {
		gap := now.Sub(r.LastNew) / time.Duration(arrived)
		if r.Gap == 0 {
			r.Gap = gap
		}
		r.Gap += (gap - r.Gap) / 5 // one in five: a day's rhythm is learned in a day
	}
	r.LastNew = now
}

// Interval is how long to wait before the next poll: half the usual gap,
// shorter for important sources (5 is the most important, 3 the usual),
// longer after failures, always between least and most.
func (r *Record) Interval(importance int, least, most time.Duration) time.Duration {
	wait := r.Gap / 2
	if r.Gap == 0 {
		wait = 10 * time.Minute
	}
	for range max(0, importance-3) {
		wait /= 2
	}
	for range max(0, 3-importance) {
		wait *= 2
	}
	wait = min(max(wait, least), most)
	for range min(r.Failures, 4) {
		wait = min(2*wait, max(most, wait))
	}
	return wait
}
