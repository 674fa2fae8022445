package desk

import (
	"fmt"
	"net/http"
	"time"

	"github.com/diembao/diembao/indexer/query"
)

// liveEvery is how often an open page hears how things stand.
const liveEvery = 5 * time.Second

// events answers GET /events: the line of honesty and the number of mentions,
// as server-sent events, until the page is closed or the desk stops.
func (d *Desk) events(w http.ResponseWriter, r *http.Request) {
	out := http.NewResponseController(w)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	tick := time.NewTicker(liveEvery)
	defer tick.Stop()
	for {
		if err := out.SetWriteDeadline(time.Now().Add(2 * liveEvery)); err != nil {
			return
		}
		fmt.Fprintf(w, "event: honesty\ndata: %s\n\n", d.honesty(r.Context(), language(r), d.listen(r.Context())))
		if all, err := d.Searcher.Search(r.Context(), query.Request{Limit: 1}); err == nil {
			fmt.Fprintf(w, "event: total\ndata: %d\n\n", all.Total)
		}
		if out.Flush() != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-tick.C:
		}
	}
}
