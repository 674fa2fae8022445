// Package newsroom is the fixture press: twelve Vietnamese news sites and
// portals and four social channels that do not exist, with a fortnight of
// articles, posts, comments and petitions written for this project, and with
// the faults of real sites (robots.txt, redirects, 429, slow pages, wrong
// charsets, edits, removals, a site that is down for two days).
//
// It reads the embedded corpus and writes nothing. A Press is an http.Handler
// that routes by Host, so that it works over TCP (the demo) and, through
// Transport, in memory on virtual time (tests). The same Options and time give
// the same pages, apart from view counters, which change at every request as
// real ones do.
//
// Limit: dates inside the texts move with the window only as ShiftDates says;
// months named without a day stay.
package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/diembao/diembao/mention"
)

// Options say when the fortnight takes place and which faults occur.
type Options struct {
	// Start is 00:00 of day 0, a Monday; zero is DayZero.
	Start time.Time
	// Now tells the time; nil is time.Now.
	Now func() time.Time
	// Clock, if set, hurries what is still to come (the demo).
	Clock *DemoClock
	// Calm leaves out the faults that cost time: slow pages, 429, the outage.
	Calm bool
	// Slow is how long a slow page takes; 0 is 3 s.
	Slow time.Duration
}

// Press is the fixture press at work. It may be used by many goroutines.
type Press struct {
	opts   Options
	items  []Item
	plan   map[string]change // edits and removals, by item
	byID   map[string]int
	byPath map[string]int // host + path → item
	sites  map[string]Outlet
	faces  map[string]Outlet // by outlet id

	mu    sync.Mutex
	hosts map[string]*HostStat
}

// New opens the press. It fails only if Start is not the midnight of a Monday,
// for then weekdays inside the texts would lie.
func New(o Options) (*Press, error) {
	if o.Start.IsZero() {
		o.Start = DayZero()
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Slow == 0 {
		o.Slow = 3 * time.Second
	}
	start := o.Start.In(zone)
	days := int(start.Sub(DayZero()).Round(24*time.Hour) / (24 * time.Hour))
	if days%7 != 0 || !DayZero().AddDate(0, 0, days).Equal(start) {
		return nil, fmt.Errorf("newsroom: start %s: want 00:00 of a Monday, +07:00", start)
	}
	items, err := load(days)
	if err != nil {
		return nil, err
	}
	p := &Press{opts: o, items: items, plan: changes(), byID: map[string]int{}, byPath: map[string]int{},
		sites: map[string]Outlet{}, faces: map[string]Outlet{}, hosts: map[string]*HostStat{}}
	for _, site := range Outlets() {
		p.sites[site.Host], p.faces[site.ID] = site, site
	}
	p.schedule()
	return p, nil
}

func (p *Press) schedule() {
	for i := range p.items {
		it := &p.items[i]
		it.Published = p.opts.Start.Add(time.Duration(it.At) * time.Minute)
	}
	if p.opts.Clock != nil {
		p.opts.Clock.hurry(p.items)
	}
	for i, it := range p.items {
		p.byID[it.ID] = i
		if site := p.faces[it.Outlet]; site.Face != FaceSocial {
			p.byPath[site.Host+pagePath(site, it)] = i
		}
	}
}

// Items lists the whole fortnight in order of time, as first published.
func (p *Press) Items() []Item { return slices.Clone(p.items) }

// Item gives one item as first published.
func (p *Press) Item(id string) (Item, bool) {
	i, ok := p.byID[id]
	if !ok {
		return Item{}, false
	}
	return p.items[i], true
}

// Published lists what has appeared by now, in order of time, removed items
// included, in the text that was or is served.
func (p *Press) Published(now time.Time) []Item {
	var out []Item
	for _, it := range p.items {
		if !it.Published.After(now) {
			current, _ := p.current(it, now)
			out = append(out, current)
		}
	}
	return out
}

// URL is the address at which an item is found (the link in a feed, sitemap or
// listing); "" for items of social channels, which have only a post id.
func (p *Press) URL(it Item) string {
	site := p.faces[it.Outlet]
	if site.Kind == mention.Social {
		return ""
	}
	return "http://" + site.Host + foundPath(site, it)
}

// Mention is the ID that a crawler must give the item, by the rule of
// mention.NewID: the address as found, or the post id.
func (p *Press) Mention(id string) mention.ID {
	it, ok := p.Item(id)
	if !ok {
		return ""
	}
	if url := p.URL(it); url != "" {
		return mention.NewID(it.Kind, it.Outlet, url)
	}
	return mention.NewID(it.Kind, it.Outlet, it.ID)
}

// of lists what a site shows now, newest first.
func (p *Press) of(outlet string, channel mention.Channel, now time.Time, max int) []Item {
	var out []Item
	for i := len(p.items) - 1; i >= 0 && len(out) < max; i-- {
		it := p.items[i]
		if it.Outlet != outlet || it.Channel != channel || it.Published.After(now) {
			continue
		}
		if current, removed := p.current(it, now); !removed {
			out = append(out, current)
		}
	}
	slices.SortStableFunc(out, func(a, b Item) int { return b.Published.Compare(a.Published) })
	return out
}

func slugOf(it Item) string { return strings.ToLower(it.ID) }

// pagePath is where the page lies; foundPath is what links say. They differ
// where links redirect.
func pagePath(site Outlet, it Item) string {
	id := slugOf(it)
	switch site.Face {
	case FaceFullFeed:
		return "/thoi-su/" + id + ".html"
	case FaceBroken:
		return "/" + id + ".htm"
	case FaceRedirect:
		return "/phap-luat/" + id + ".html"
	case FaceSitemap:
		return "/" + id + ".chn"
	case FaceBare:
		return "/tin/" + id
	case FaceAtom:
		return "/bai/" + id + ".html"
	case FaceJSON:
		return "/video/" + id
	case FaceSharePoint:
		if it.Channel == mention.Message {
			return "/hoi-dap/Pages/" + id + ".aspx"
		}
		return "/tin-tuc/Pages/" + id + ".aspx"
	case FaceNukeViet:
		return "/vi/news/tin-tuc/" + id + ".html"
	case FaceLiferay:
		return "/web/guest/-/" + id
	case FaceCommune:
		return "/index.php?mod=tin&id=" + id
	}
	return "/" + id + ".html"
}

func foundPath(site Outlet, it Item) string {
	if site.Face == FaceRedirect {
		return "/r/" + slugOf(it)
	}
	return pagePath(site, it)
}
