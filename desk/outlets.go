package desk

import (
	"context"
	"sync"
	"time"
)

// outlets remembers the names of outlets for a minute: the list of sources
// changes when people change it, and every page names outlets.
type outlets struct {
	mu    sync.Mutex
	names map[string]string
	until time.Time
}

// outletNames gives the names of the sources' outlets, by slug. Where the
// sources cannot be asked, the last known ones serve.
func (d *Desk) outletNames(ctx context.Context) map[string]string {
	d.outlets.mu.Lock()
	defer d.outlets.mu.Unlock()
	now := d.Now()
	if d.Sources == nil || now.Before(d.outlets.until) {
		return d.outlets.names
	}
	sources, err := d.Sources(ctx)
	if err != nil {
		return d.outlets.names
	}
	names := make(map[string]string, len(sources))
	for _, s := range sources {
		if s.Name != "" {
			names[s.Outlet] = s.Name
		}
	}
	d.outlets.names, d.outlets.until = names, now.Add(time.Minute)
	return names
}

// outletLabel names an outlet for people, or gives its slug.
func (d *Desk) outletLabel(ctx context.Context, slug string) string {
	if name := d.outletNames(ctx)[slug]; name != "" {
		return name
	}
	return slug
}
