package crawler

import (
	"net/http"

	"github.com/diembao/diembao/crawler/push"
)

// Doors is the way in for what the crawler does not fetch itself.
func (c *Crawler) Doors() push.Doors {
	return push.Doors{Blank: c.Blank, Outlet: c.Outlet, Receive: c.Receive}
}

// Handler answers what comes from outside: POST /v1/mentions.
func (c *Crawler) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/v1/mentions", c.Doors().Handler(c.opts.Config.PushToken))
	return mux
}
