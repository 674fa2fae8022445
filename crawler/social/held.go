package social

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/stream"
)

// The API's terms (Developer Policies, III.E.4) let data be kept 30 days; then
// they are refreshed or deleted. What is refreshed sooner tells sooner what
// was taken down.
const (
	refreshAfter = 5 * 24 * time.Hour
	pressing     = 25 * 24 * time.Hour // what is older has the visit's whole share
	perCall      = 50                  // ids one call may ask for
	shelfLines   = 4000                // of at most 120 bytes: half of what a message of the bus may hold
)

// held is a text that was taken from the API and is kept.
type held struct {
	since   time.Time // first found
	changed time.Time // taken in as it is now
	hash    uint64    // of its text, or flagged
	video   string
	comment string // "" for the video itself
}

func (h held) line() string {
	return strings.Join([]string{strconv.FormatInt(h.since.Unix(), 36), strconv.FormatInt(h.changed.Unix(), 36),
		strconv.FormatUint(h.hash, 36), h.video, h.comment}, " ")
}

func parseHeld(line string) (held, bool) {
	f := strings.Split(line, " ")
	if len(f) != 5 {
		return held{}, false
	}
	since, err1 := strconv.ParseInt(f[0], 36, 64)
	changed, err2 := strconv.ParseInt(f[1], 36, 64)
	hash, err3 := strconv.ParseUint(f[2], 36, 64)
	return held{time.Unix(since, 0), time.Unix(changed, 0), hash, f[3], f[4]}, errors.Join(err1, err2, err3) == nil
}

// flagged stands for the hash of a text that was taken down: its line is left
// until older ones of the same text are gone from the shelves.
const flagged = 0

// textHash tells a changed text from the same.
func textHash(title, body string) uint64 { return frontier.TextHash(title, body) }

// shelves list what is held, by the day it was last heard of: a key a day and
// some thousands of texts in the bucket "state". Lost, what is held is no
// longer refreshed and must be deleted by retention.
type shelves struct {
	bucket stream.Bucket
	source string
}

func (s shelves) prefix() string { return "youtube-held." + s.source + "." }

// put notes texts as heard of now.
func (s shelves) put(ctx context.Context, list []held, now time.Time) error {
	if s.bucket == nil {
		return nil
	}
	day := s.prefix() + now.UTC().Format("20060102")
	for n := 0; len(list) > 0; n++ {
		taken := 0
		err := modify(ctx, s.bucket, day+"."+strconv.Itoa(n), func(old []byte) ([]byte, error) {
			taken = min(max(shelfLines-strings.Count(string(old), "\n"), 0), len(list))
			for _, h := range list[:taken] {
				old = append(old, h.line()+"\n"...)
			}
			return old, nil
		})
		if err != nil {
			return err
		}
		list = list[taken:]
	}
	return nil
}

// expect keeps what a look has listed, in place of what the one before had.
func (s shelves) expect(ctx context.Context, list []expected) error {
	if s.bucket == nil {
		return nil
	}
	var data []byte
	for _, c := range list {
		data = append(data, strings.Join([]string{c.held.line(), c.shelf, c.old.line(), strconv.FormatBool(c.removed)}, "\t")+"\n"...)
	}
	return modify(ctx, s.bucket, s.listed(), func([]byte) ([]byte, error) { return data, nil })
}

// listed is the key of what the last look has listed.
func (s shelves) listed() string { return "youtube-listed." + s.source }

// pending reads what expect has kept.
func (s shelves) pending(ctx context.Context) ([]expected, error) {
	if s.bucket == nil {
		return nil, nil
	}
	e, err := s.bucket.Get(ctx, s.listed())
	if err != nil && !errors.Is(err, stream.ErrNoKey) {
		return nil, fmt.Errorf("social: state: %w", err)
	}
	var out []expected
	for line := range strings.SplitSeq(string(e.Value), "\n") {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			continue
		}
		now, ok := parseHeld(f[0])
		old, _ := parseHeld(f[2]) // looked at only with a shelf
		if ok {
			out = append(out, expected{held: now, shelf: f[1], old: old, removed: f[3] == "true"})
		}
	}
	return out, nil
}

// oldest is the shelf that was heard of longest ago, with the time its day
// began; "" where none is older than age.
func (s shelves) oldest(ctx context.Context, age time.Duration, now time.Time) (key string, day time.Time, err error) {
	if s.bucket == nil {
		return "", day, nil
	}
	keys, err := s.bucket.Keys(ctx)
	if err != nil {
		return "", day, fmt.Errorf("social: state: %w", err)
	}
	for _, k := range keys { // in order, so the oldest comes first
		rest, ok := strings.CutPrefix(k, s.prefix())
		if !ok {
			continue
		}
		date, _, _ := strings.Cut(rest, ".")
		if day, err = time.Parse("20060102", date); err != nil {
			continue
		}
		if now.Sub(day) < age {
			return "", day, nil
		}
		return k, day, nil
	}
	return "", day, nil
}

// all calls f for every text that is held.
func (s shelves) all(ctx context.Context, f func(held)) error {
	if s.bucket == nil {
		return nil
	}
	keys, err := s.bucket.Keys(ctx)
	if err != nil {
		return fmt.Errorf("social: state: %w", err)
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, s.prefix()) {
			continue
		}
		list, err := s.take(ctx, key, shelfLines)
		if err != nil {
			return err
		}
		for _, h := range list {
			f(h)
		}
	}
	return nil
}

// take gives at most n texts of a shelf without taking them off it.
func (s shelves) take(ctx context.Context, key string, n int) ([]held, error) {
	e, err := s.bucket.Get(ctx, key)
	if errors.Is(err, stream.ErrNoKey) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("social: state: %w", err)
	}
	var out []held
	for line := range strings.SplitSeq(string(e.Value), "\n") {
		if h, ok := parseHeld(line); ok && len(out) < n {
			out = append(out, h)
		}
	}
	return out, nil
}

// drop takes texts off a shelf, and lines that make no sense; an empty shelf
// goes away.
func (s shelves) drop(ctx context.Context, key string, list []held) error {
	gone := map[string]bool{}
	for _, h := range list {
		gone[h.line()] = true
	}
	return modify(ctx, s.bucket, key, func(old []byte) ([]byte, error) {
		var left []byte
		for line := range strings.SplitSeq(string(old), "\n") {
			if _, ok := parseHeld(line); ok && !gone[line] {
				left = append(left, line+"\n"...)
			}
		}
		return left, nil
	})
}
