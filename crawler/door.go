package crawler

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/crawler/push"
	"github.com/diembao/diembao/crawler/social"
)

// Doors is the way in for what the crawler does not fetch itself.
func (c *Crawler) Doors() push.Doors {
	return push.Doors{Blank: c.Blank, Outlet: c.Outlet, Receive: c.Receive}
}

// Handler answers what comes from outside:
//
//	POST /v1/mentions              items pushed with the bearer token
//	     /hooks/facebook/{source}  webhooks of the unit's own page
//	     /hooks/zalo/{source}      webhooks of the unit's own Zalo OA
//	     /hooks/websub/{source}    calls of a WebSub hub
func (c *Crawler) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/v1/mentions", c.Doors().Handler(c.opts.Config.PushToken))
	for _, s := range c.sources {
		if s.Off {
			continue
		}
		switch s.Via {
		case ViaFacebook:
			f := s.Facebook
			mux.Handle("/hooks/facebook/"+s.ID, social.NewFacebook(s.blank(), social.FacebookOptions{Page: f.Page, AppSecret: f.AppSecret, VerifyToken: f.VerifyToken}).Handler(c.Receive))
		case ViaZalo:
			mux.Handle("/hooks/zalo/"+s.ID, social.NewZalo(s.blank(), social.ZaloOptions{AppID: s.Zalo.AppID, Secret: s.Zalo.Secret}).Handler(c.Receive))
		case ViaWebSub:
			mux.Handle("/hooks/websub/"+s.ID, c.websub(s))
		}
	}
	return mux
}

// websub answers a hub. A call only has the feed read at once, by the same way
// and at the same pace as always: what the call itself carries is not
// believed, so it needs no secret and a false one does no harm.
func (c *Crawler) websub(s *source) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		switch {
		case r.Method == http.MethodPost:
			_, _ = io.Copy(io.Discard, http.MaxBytesReader(w, r.Body, 1<<20)) // drained, not read
			c.Poke(s.ID)
			w.WriteHeader(http.StatusAccepted)
		case q.Get("hub.mode") == "subscribe" && c.topic(s, q.Get("hub.topic")):
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			w.Header().Set("X-Content-Type-Options", "nosniff")
			fmt.Fprint(w, q.Get("hub.challenge"))
		default:
			http.NotFound(w, r)
		}
	})
}

// topic reports whether a hub may verify a subscription to it.
func (c *Crawler) topic(s *source, topic string) bool {
	return topic == s.URL || hostOf(topic) != "" && hostOf(topic) == s.host
}

// leaseTime is how long a subscription is asked for; it is renewed at half of
// it.
const leaseTime = 5 * 24 * time.Hour

// subscribe asks the hub that a feed names to call us. It needs PublicURL.
func (c *Crawler) subscribe(ctx context.Context, s *source, f intake.Finding, now time.Time) {
	if s.Via != ViaWebSub || f.Hub == "" || c.opts.Config.PublicURL == "" || now.Before(s.subscribed.Add(leaseTime/2)) {
		return
	}
	topic := f.Self
	if !c.topic(s, topic) {
		topic = s.URL
	}
	form := url.Values{"hub.mode": {"subscribe"}, "hub.topic": {topic}, "hub.lease_seconds": {fmt.Sprint(int(leaseTime.Seconds()))},
		"hub.callback": {strings.TrimSuffix(c.opts.Config.PublicURL, "/") + "/hooks/websub/" + s.ID}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, f.Hub, bytes.NewBufferString(form.Encode()))
	if err != nil {
		c.warn(fmt.Errorf("crawler: websub: %s: %w", s.ID, err))
		return
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := c.fetch.Transport().RoundTrip(req)
	if err != nil {
		c.warn(fmt.Errorf("crawler: websub: %s: %w", s.ID, err))
		return
	}
	resp.Body.Close()
	if resp.StatusCode/100 == 2 {
		s.subscribed = now
	}
}
