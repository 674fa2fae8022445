package crawler

import (
	"context"
	"sync"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

// threads remembers how the texts begin that are being written under, so that
// the archive is not asked for each of their comments.
type threads struct {
	mu     sync.Mutex
	begins map[string]string // by outlet and name of the text
}

// maxThreads bounds the memory; a full one is begun anew. About 200 kB.
const maxThreads = 512

// threaded gives a citizen's text the beginning of the text it is written
// under, from the archive. What is not found there stays unknown: the text
// then speaks for itself alone.
func (c *Crawler) threaded(ctx context.Context, it intake.Item) intake.Item {
	if it.Thread != "" || it.Under == "" || !it.Channel.Citizen() {
		return it
	}
	key := it.Outlet + " " + it.Under
	c.threads.mu.Lock()
	begin, ok := c.threads.begins[key]
	c.threads.mu.Unlock()
	if !ok {
		if begin = c.begin(ctx, it); begin == "" {
			return it // it may be read a moment later
		}
		c.threads.mu.Lock()
		if c.threads.begins == nil || len(c.threads.begins) >= maxThreads {
			c.threads.begins = map[string]string{}
		}
		c.threads.begins[key] = begin
		c.threads.mu.Unlock()
	}
	it.Thread = begin
	return it
}

// begin reads, in the archive, how the text begins that an item is under: of
// an answer to an answer that of the first one.
func (c *Crawler) begin(ctx context.Context, it intake.Item) string {
	above := intake.Item{Kind: it.Kind, Outlet: it.Outlet, PostID: it.Under}
	s := c.sources[it.Source]
	if webAddress(it.Under) {
		kind, outlet, ok := c.Outlet(it.Under)
		if s = c.sourceOf(it.Under); !ok || s == nil {
			return ""
		}
		above = intake.Item{Kind: kind, Outlet: outlet, URL: it.Under}
	}
	if mention.ID(it.Under).Valid() || s == nil {
		return ""
	}
	old, err := c.recall(ctx, s, above)
	if err != nil {
		return ""
	}
	if old.Thread != "" {
		return old.Thread
	}
	return old.Text.Beginning()
}

// sourceOf is a source of the list whose host an address is at.
func (c *Crawler) sourceOf(address string) *source {
	host := hostOf(address)
	var found *source
	for id, s := range c.sources {
		if hostOf(s.URL) == host && (found == nil || id < found.ID) {
			found = s
		}
	}
	return found
}
