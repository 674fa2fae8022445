package feed_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/feed"
)

const gofeedData = "../../../shared/datasets/feeds_gofeed/testdata"

// expectedItem holds the names that the three kinds of expected files use.
type expectedItem struct {
	Title           string          `json:"title"`
	Link            string          `json:"link"`
	URL             string          `json:"url"`
	ID              string          `json:"id"`
	GUID            json.RawMessage `json:"guid"`
	Links           json.RawMessage `json:"links"`
	PubDateParsed   *time.Time      `json:"pubDateParsed"`
	PublishedParsed *time.Time      `json:"publishedParsed"`
	UpdatedParsed   *time.Time      `json:"updatedParsed"`
	DatePublished   *time.Time      `json:"date_published"`
}

type expectedFeed struct {
	Items   []expectedItem `json:"items"`
	Entries []expectedItem `json:"entries"`
}

func TestGofeedData(t *testing.T) {
	if _, err := os.Stat(gofeedData); err != nil {
		t.Skip("datasets: feeds_gofeed is not beside the repository; the 1,091 cases of gofeed were not run")
	}
	cases := 0
	err := filepath.WalkDir(gofeedData, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, _ := filepath.Rel(gofeedData, path)
		got, parseErr := feed.Parse(data, "", "", now)
		if expected, ok := expectedOf(path); ok {
			cases++
			compare(t, name, got, parseErr, expected)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d cases compared", cases)
}

func expectedOf(path string) (expectedFeed, bool) {
	other := strings.TrimSuffix(path, ".xml") + ".json"
	if strings.HasSuffix(path, ".json") {
		other = strings.TrimSuffix(path, ".json") + "_expected.json"
	}
	data, err := os.ReadFile(other)
	if err != nil {
		return expectedFeed{}, false
	}
	var e expectedFeed
	return e, json.Unmarshal(data, &e) == nil
}

func compare(t *testing.T, name string, got feed.Feed, err error, want expectedFeed) {
	t.Helper()
	if err != nil && !errors.Is(err, feed.ErrNotFeed) {
		t.Errorf("%s: %v", name, err)
		return
	}
	items := append(want.Items, want.Entries...)
	if len(got.Items) != len(items) {
		t.Errorf("%s: %d items, want %d (%v)", name, len(got.Items), len(items), err)
		return
	}
	for i, w := range items {
		for _, d := range deviations(got.Items[i], w) {
			if reason := allowed(name, d.what); reason == "" {
				t.Errorf("%s: %s: got %q, want %q", name, d.what, d.got, d.want)
			}
		}
	}
}

type deviation struct{ what, got, want string }

func deviations(got feed.Item, want expectedItem) []deviation {
	var out []deviation
	differ := func(what, got, want string) {
		if got != want {
			out = append(out, deviation{what, got, want})
		}
	}
	differ("title", got.Title, feed.Plain(want.Title))
	differ("link", got.Link, wantLink(want))
	differ("published", utc(got.Published.Time), utcOf(want.PubDateParsed, want.PublishedParsed, want.DatePublished))
	if want.UpdatedParsed != nil {
		differ("updated", utc(got.Updated.Time), utcOf(want.UpdatedParsed))
	}
	return out
}

func wantLink(w expectedItem) string {
	if w.Link != "" {
		return w.Link
	}
	if w.URL != "" {
		return w.URL
	}
	var list []json.RawMessage
	if json.Unmarshal(w.Links, &list) != nil {
		return ""
	}
	first := ""
	for _, raw := range list {
		var l struct{ Href, Rel string }
		if json.Unmarshal(raw, &l) != nil {
			continue
		}
		if first == "" || l.Rel == "alternate" {
			first = l.Href
		}
	}
	return first
}

func utc(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func utcOf(times ...*time.Time) string {
	for _, t := range times {
		if t != nil {
			return utc(*t)
		}
	}
	return ""
}

// allowed names the deviations that are meant, with the reason.
func allowed(name, what string) string {
	switch what + " " + name {
	case "published parser/atom/atom03_feed_entry_modified.xml", "published parser/atom/atom03_feed_entry_updated.xml":
		return "an entry that shows only its last change is dated by it, as in gofeed's common form"
	}
	return ""
}
