package newsroom

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"github.com/diembao/diembao/mention"
)

//go:embed items.jsonl.gz
var corpus []byte

// Item is one text of the fixture fortnight with its gold.
type Item struct {
	ID      string          `json:"id"`
	Outlet  string          `json:"outlet"`
	Kind    mention.Kind    `json:"kind"`
	Channel mention.Channel `json:"channel"`
	// At is the minute of publication, counted from 00:00 of day 0.
	At         int    `json:"at"`
	Parent     string `json:"parent"`
	Title      string `json:"title"`
	Lead       string `json:"lead"`
	Body       string `json:"body"` // paragraphs separated by "\n"
	Author     string `json:"author"`
	SourceLine string `json:"source_line"`
	CopyOf     string `json:"copy_of"`
	Story      string `json:"story"`
	Answers    string `json:"answers"`
	Corrects   string `json:"corrects"`
	Gold       Gold   `json:"gold"`
	// Published is when the item appears in this press.
	Published time.Time `json:"-"`
}

// Gold is what a careful reader says of an item.
type Gold struct {
	Relevant int      `json:"rel"`
	Tone     string   `json:"tone"`
	Act      string   `json:"act"`
	Topic    string   `json:"topic"`
	Targets  []Target `json:"targets"`
	Places   []Place  `json:"places"`
	Docs     []string `json:"docs"`
}

// Target is a policy the text names, the opinion on it, and the sentence.
type Target struct {
	Policy   string `json:"policy"`
	Stance   string `json:"stance"`
	Evidence string `json:"evidence"`
}

// Place is a place as written and the province it lies in today.
type Place struct {
	Written     string `json:"written"`
	ProvinceNow string `json:"province_now"`
}

// load reads the embedded corpus, in order of time, with the dates inside the
// texts moved by whole days.
func load(days int) ([]Item, error) {
	zip, err := gzip.NewReader(bytes.NewReader(corpus))
	if err != nil {
		return nil, fmt.Errorf("newsroom: open corpus: %w", err)
	}
	var items []Item
	for dec := json.NewDecoder(zip); ; {
		var it Item
		if err := dec.Decode(&it); err == io.EOF {
			return items, nil
		} else if err != nil {
			return nil, fmt.Errorf("newsroom: corpus: item %d: %w", len(items)+1, err)
		}
		it.shift(days)
		items = append(items, it)
	}
}

// shift moves the dates of every text, and of the evidence with them, so that
// evidence stays a verbatim part of the text.
func (it *Item) shift(days int) {
	if days == 0 {
		return
	}
	texts := []*string{&it.Title, &it.Lead, &it.Body}
	for i := range it.Gold.Targets {
		t := &it.Gold.Targets[i]
		for _, text := range texts {
			if moved, ok := shiftPart(*text, t.Evidence, days); ok {
				t.Evidence = moved
				break
			}
		}
	}
	for _, text := range texts {
		*text = ShiftDates(*text, days)
	}
}
