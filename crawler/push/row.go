// Package push takes in what the crawler cannot fetch: items pushed to POST
// /v1/mentions, and files and links that people import.
//
// It reads rows (JSON, JSON lines, CSV, XLSX), turns each into an intake.Item
// and hands it to the crawler. Every row has its own outcome: a bad one is
// named with its place and reason and kept (in the answer, or in a
// rejected-rows file), and the others are not held up. The same row may be
// sent any number of times.
//
// Limit: a row is one text of at most 200 kB; pictures and videos are not
// taken.
package push

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Row is one item as pushed or imported. The names are those of the JSON
// fields and of the columns of a file.
type Row struct {
	Source  string `json:"source"`  // id in the source list
	ID      string `json:"id"`      // the platform's own id; it or url is required
	URL     string `json:"url"`     //
	Channel string `json:"channel"` // post, comment, message, video_comment, thread, article; default: the source's
	// Parent is what a comment answers: a post id of the same outlet, an
	// address, or a mention ID.
	Parent string `json:"parent"`
	// Thread is how the text begins that a comment is written under (its title,
	// say); "" has it looked up by Parent, if that is no mention ID.
	Thread    string `json:"thread"`
	Title     string `json:"title"`
	Body      string `json:"body"`
	Author    string `json:"author"`    // hashed with the unit's key, never stored
	Published string `json:"published"` // RFC 3339, Unix seconds, or a Vietnamese form; "" is unknown
	Removed   bool   `json:"removed"`   // taken down at its source
}

// Bounds of a row.
const (
	maxText = 200 << 10
	maxName = 2048
)

// Doors is what the package needs of the crawler.
type Doors struct {
	// Blank is an item of a source before anything is known of it; it fails
	// for a source that is not in the list.
	Blank func(source string) (intake.Item, error)
	// Outlet tells which outlet of the list an address belongs to.
	Outlet func(address string) (kind mention.Kind, outlet string, ok bool)
	// Receive takes the items.
	Receive intake.Receive
}

// Item turns a row into an item, or says in Vietnamese and English what is
// wrong with it.
func (d Doors) Item(r Row, via string, now time.Time) (intake.Item, error) {
	it, err := d.Blank(r.Source)
	if err != nil {
		return it, fmt.Errorf("source %q: không có trong danh sách nguồn / not in the source list", r.Source)
	}
	if err := r.check(); err != nil {
		return it, err
	}
	if r.Channel != "" {
		it.Channel = mention.Channel(r.Channel)
	}
	it.Via, it.PostID, it.URL = via, strings.TrimSpace(r.ID), strings.TrimSpace(r.URL)
	it.Author, it.Removed, it.Complete = strings.TrimSpace(r.Author), r.Removed, true
	it.Text = mention.Text{Title: viet.Clean(r.Title), Body: viet.Clean(r.Body)}
	if it.Text.Title+it.Text.Body == "" && !r.Removed {
		return it, errors.New("body: trống / empty")
	}
	if it.Channel == mention.Article {
		it.Text.Author = viet.Clean(it.Author)
	}
	if it.Text.Published, err = published(r.Published, now); err != nil {
		return it, err
	}
	if !it.Text.Published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "push", 0.9
	}
	it.Parent = d.parent(it, strings.TrimSpace(r.Parent))
	it.Under, it.Thread = strings.TrimSpace(r.Parent), r.Thread
	return it, nil
}

func channels() []mention.Channel {
	return []mention.Channel{mention.Article, mention.Post, mention.Comment, mention.Message, mention.VideoComment, mention.Thread}
}

func (r Row) check() error {
	switch {
	case strings.TrimSpace(r.ID) == "" && strings.TrimSpace(r.URL) == "":
		return errors.New("id, url: phải có một trong hai / one of them is required")
	case strings.TrimSpace(r.URL) != "" && !webAddress(r.URL):
		return fmt.Errorf("url %.80q: phải là địa chỉ http(s) / want an http(s) address", r.URL)
	case len(r.ID) > maxName || len(r.URL) > maxName || len(r.Author) > maxName || len(r.Parent) > maxName:
		return errors.New("id, url, author, parent: dài quá 2048 byte / longer than 2048 bytes")
	case len(r.Title)+len(r.Body)+len(r.Thread) > maxText:
		return errors.New("body: dài quá 200 kB / longer than 200 kB")
	case strings.TrimSpace(r.Title+r.Body) == "" && !r.Removed:
		return errors.New("body: trống / empty")
	case r.Channel != "" && !slices.Contains(channels(), mention.Channel(r.Channel)):
		return fmt.Errorf("channel %.40q: phải là một trong %v / want one of them", r.Channel, channels())
	}
	return nil
}

func webAddress(s string) bool {
	u, err := url.Parse(strings.TrimSpace(s))
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != ""
}

// published reads a time. An unreadable one is an error, since whoever pushes
// can mend it; an empty one is unknown.
func published(text string, now time.Time) (time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return time.Time{}, nil
	}
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 1e8 {
		at := time.Unix(n, 0)
		if n > 1e11 {
			at = time.UnixMilli(n)
		}
		return future(at, now)
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return future(at, now)
	}
	if s, ok := dateline.Line(text, now); ok {
		return s.Time, nil
	}
	return time.Time{}, fmt.Errorf("published %.60q: không đọc được ngày giờ / cannot be read as a time", text)
}

func future(at, now time.Time) (time.Time, error) {
	if at.After(now.Add(time.Hour)) {
		return time.Time{}, fmt.Errorf("published %s: ở tương lai / lies in the future", at.Format(time.RFC3339))
	}
	return at, nil
}

func (d Doors) parent(it intake.Item, ref string) mention.ID {
	switch {
	case ref == "":
		return ""
	case webAddress(ref):
		if kind, outlet, ok := d.Outlet(ref); ok {
			return mention.NewID(kind, outlet, ref)
		}
		return ""
	case mention.ID(ref).Valid():
		return mention.ID(ref)
	}
	return mention.NewID(it.Kind, it.Outlet, ref)
}
