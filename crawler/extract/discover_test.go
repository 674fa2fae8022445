package extract_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/crawler/extract"
)

func discover(t *testing.T, name, address string) extract.Discovery {
	t.Helper()
	data, err := os.ReadFile("testdata/pages/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return extract.Discover(data, address)
}

func TestDiscoverFront(t *testing.T) {
	d := discover(t, "list.html", "https://baomau.example/")
	if len(d.Feeds) != 1 || d.Feeds[0].URL != "https://baomau.example/rss/home.rss" || d.Language != "vi" {
		t.Errorf("got %+v", d)
	}
	if len(d.Listings) == 0 || d.Listings[0].Selector != "div.list-news div.item h3.item-title a" || d.Listings[0].Count != 8 || len(d.Listings[0].Samples) != 3 {
		t.Errorf("listings %+v", d.Listings)
	}
	if !slices.Contains(d.TrySitemaps, "https://baomau.example/sitemaps/index.rss") {
		t.Errorf("guesses %v", d.TrySitemaps)
	}
}

func TestDiscoverSystems(t *testing.T) {
	for name, want := range map[string]string{"sharepoint.html": "sharepoint", "nukeviet.html": "nukeviet", "joomla.html": "joomla", "blog.html": "wordpress", "liferay.html": "liferay", "bare.html": ""} {
		if d := discover(t, name, "https://a.example/"); d.System != want {
			t.Errorf("%s: %q, want %q", name, d.System, want)
		}
	}
	d := discover(t, "nukeviet.html", "https://hoinhabao.tinhmau.gov.vn/")
	if !strings.HasPrefix(d.Generator, "NukeViet") || d.Feeds[0].URL != "https://hoinhabao.tinhmau.gov.vn/vi/news/rss/" {
		t.Errorf("got %+v", d)
	}
}

func TestDiscoverNothing(t *testing.T) {
	d := extract.Discover([]byte("\x89PNG\r\n\x1a\n"), "https://a.example/")
	if len(d.Feeds) != 0 || len(d.TryFeeds) == 0 {
		t.Errorf("got %+v", d)
	}
	if d = extract.Discover(nil, ":bad"); len(d.TryFeeds) != 0 {
		t.Errorf("got %+v", d)
	}
}
