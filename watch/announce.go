package watch

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// Message is what a channel is asked to tell people: one change of one alert,
// or, if Outage is set, what happened to the sources; then Alert is empty.
type Message struct {
	// ID is the same for every channel and every retry: alert and version.
	ID         string   `json:"id"`
	Channel    string   `json:"channel"`
	Change     string   `json:"change"` // opened, raised or reopened; outage
	Alert      Alert    `json:"alert"`
	PolicyName string   `json:"policy_name"`
	Sources    []Source `json:"sources"` // the first ones, articles before the rest
	Outage     *Outage  `json:"outage,omitempty"`
}

// ChangeOutage is the change of a message about sources.
const ChangeOutage = "outage"

// Outage is what those who look after the sources are told at one moment.
type Outage struct {
	// Whole says that no source is heard: the network, or the crawler. Ended
	// says that this is over.
	Whole bool `json:"whole,omitempty"`
	Ended bool `json:"ended,omitempty"`
	// Heard is when any source was heard last, of a whole outage.
	Heard time.Time `json:"heard,omitzero"`
	Of    int       `json:"of"` // sources in the list
	// Down are sources that fell ill, Up those that are well again.
	Down []Ill `json:"down,omitempty"`
	Up   []Ill `json:"up,omitempty"`
}

// Ill is one source that needs somebody's eye.
type Ill struct {
	ID      string              `json:"id"`
	Name    string              `json:"name"`
	Via     string              `json:"via"`
	State   mention.SourceState `json:"state"` // what it was told with
	Since   time.Time           `json:"since"`
	Newest  time.Time           `json:"newest,omitzero"`   // last that brought something new
	Usual   int64               `json:"usual,omitempty"`   // seconds between arrivals
	Problem string              `json:"problem,omitempty"` // in Vietnamese
	Error   string              `json:"error,omitempty"`   // the technical cause
}

// Source is one mention behind an alert, as a message names it.
type Source struct {
	ID     mention.ID `json:"id"`
	Title  string     `json:"title"`
	Outlet string     `json:"outlet"`
	URL    string     `json:"url,omitempty"`
	When   time.Time  `json:"when"`
}

// NoticeSubject is the subject of a channel's notices.
func NoticeSubject(channel string) string { return "notice." + channel }

// announce publishes a notice for the newest loud change of every alert that
// is young enough and has not been delivered. What was lost between ledger and
// stream by a crash is published again; the channel's side drops what it has
// delivered already.
func (g *guard) announce(ctx context.Context, now time.Time) error {
	for _, a := range g.options.Book.List() {
		change, ok := loud(a)
		if !ok || a.Rule != g.rule.ID || now.Sub(a.Until) > g.options.AnnounceWithin {
			continue
		}
		for _, channel := range g.rule.Channels {
			if err := g.tell(ctx, a, change, channel); err != nil {
				return err
			}
		}
	}
	return nil
}

// loud is the newest change that people are told of.
func loud(a Alert) (c Change, ok bool) {
	if a.State == Closed {
		return c, false
	}
	for _, c := range slices.Backward(a.History) {
		if c.Type == ChangeOpened || c.Type == ChangeRaised || c.Type == ChangeReopened {
			return c, true
		}
	}
	return c, false
}

// noticeID names the change: alert, how often it was loud before, level.
func noticeID(a Alert, c Change) string {
	nth := 0
	for _, old := range a.History {
		if old.Type == ChangeOpened || old.Type == ChangeRaised || old.Type == ChangeReopened {
			nth++
		}
	}
	return fmt.Sprintf("%s:%d:%s", a.ID, nth, c.Level)
}

func (g *guard) tell(ctx context.Context, a Alert, c Change, channel string) error {
	id := noticeID(a, c)
	key := channel + " " + id
	if g.told[key] || g.options.Book.Delivered(a.ID, channel, id) {
		return nil
	}
	sources, err := g.sources(ctx, a)
	if err != nil {
		return err
	}
	data, err := json.Marshal(Message{
		ID: id, Channel: channel, Change: c.Type, Alert: a,
		PolicyName: g.options.PolicyName(a.Policy), Sources: sources,
	})
	if err == nil {
		_, err = g.options.Bus.Publish(ctx, stream.Out{Subject: NoticeSubject(channel), ID: channel + ":" + id, Data: data})
	}
	if err != nil {
		return fmt.Errorf("watch: announce %s on %s: %w", id, channel, err)
	}
	g.told[key] = true
	return nil
}

// mostSources is how many mentions a message names.
const mostSources = 5

// sources looks up the mentions that a message names.
func (g *guard) sources(ctx context.Context, a Alert) ([]Source, error) {
	page, err := g.options.Searcher.Search(ctx, query.Request{
		Filter: query.Filter{From: a.From, To: a.To, Policies: []string{a.Policy}},
		Sort:   query.ByOldest, Limit: 1000,
	})
	if err != nil {
		return nil, fmt.Errorf("watch: sources of %s: %w", a.ID, err)
	}
	var articles, others []Source
	for _, h := range page.Hits {
		m := h.Mention
		if !slices.Contains(a.IDs, m.ID) {
			continue
		}
		s := Source{ID: m.ID, Title: heading(m), Outlet: m.Origin.OutletName, URL: m.Origin.URL, When: m.When()}
		if s.Outlet == "" {
			s.Outlet = m.Origin.Outlet
		}
		if m.Origin.Channel.Citizen() {
			others = append(others, s)
		} else {
			articles = append(articles, s)
		}
	}
	all := append(articles, others...)
	return all[:min(len(all), mostSources)], nil
}

// heading is the title, or the beginning of a text without one; personal data
// that the reading found is left out.
func heading(m *mention.Mention) string {
	field, text := "title", m.Text.Title
	if text == "" {
		field, text = "body", m.Text.Body
	}
	runes := []rune(unmarked(m, field, text))
	if len(runes) <= 80 || field == "title" {
		return string(runes)
	}
	return string(runes[:80]) + "…"
}

func unmarked(m *mention.Mention, field, text string) string {
	if m.Reading == nil {
		return text
	}
	for _, s := range m.Reading.Masked {
		if s.Field == field && s.Start >= 0 && s.Start < s.End && s.End <= len(text) {
			text = text[:s.Start] + strings.Repeat("*", s.End-s.Start) + text[s.End:]
		}
	}
	return text
}
