package steptest

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Item is one item of the fixture press with its gold labels.
type Item struct {
	ID       string `json:"id"`
	Outlet   string `json:"outlet"`
	Kind     string `json:"kind"`
	Channel  string `json:"channel"`
	At       int    `json:"at"` // minutes from the start of 14/9/2026
	Title    string `json:"title"`
	Lead     string `json:"lead"`
	Body     string `json:"body"`
	Parent   string `json:"parent"`
	CopyOf   string `json:"copy_of"`
	Story    string `json:"story"`
	Answers  string `json:"answers"`
	Corrects string `json:"corrects"`
	Gold     Gold   `json:"gold"`
}

// Gold is what a careful reader finds in an item.
type Gold struct {
	Rel     int    `json:"rel"`
	Tone    string `json:"tone"`
	Act     string `json:"act"`
	Topic   string `json:"topic"`
	Targets []struct {
		Policy   string `json:"policy"`
		Stance   string `json:"stance"`
		Evidence string `json:"evidence"`
	} `json:"targets"`
	Places []struct {
		Written string `json:"written"`
		Now     string `json:"province_now"`
	} `json:"places"`
	Docs []string `json:"docs"`
}

// Mention makes the mention that the crawler would.
func (it Item) Mention() *mention.Mention {
	at := time.Date(2026, 9, 14, 0, 0, 0, 0, viet.Zone()).Add(time.Duration(it.At) * time.Minute)
	return &mention.Mention{
		Schema: mention.Schema, ID: mention.NewID(mention.Kind(it.Kind), it.Outlet, it.ID), Revision: at.Unix(),
		Origin: mention.Origin{Kind: mention.Kind(it.Kind), Outlet: it.Outlet, Channel: mention.Channel(it.Channel), Fetched: at, Found: at},
		Text:   mention.Text{Title: it.Title, Lead: it.Lead, Body: it.Body, Published: at},
	}
}

// Newsroom reads the fixture press out of crawler/newsroom.
func Newsroom(t testing.TB) []Item {
	t.Helper()
	f, err := os.Open(filepath.Join(Root(t), "crawler", "newsroom", "items.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var items []Item
	for dec := json.NewDecoder(z); ; {
		var it Item
		if err := dec.Decode(&it); errors.Is(err, io.EOF) {
			return items
		} else if err != nil {
			t.Fatal(err)
		}
		items = append(items, it)
	}
}

// Root is the folder of the module: tests read its configs.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("steptest: the test does not run inside the module")
		}
		dir = parent
	}
}
