package social

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// YouTubeOptions say what is watched.
type YouTubeOptions struct {
	Key      string
	Channels []string // ids "UC…": their newest videos are watched
	Videos   []string // ids
	Searches []string // phrases
	Endpoint string   // "" is the YouTube Data API
}

const youtube = "https://www.googleapis.com/youtube/v3"

const (
	pollHint = 10 * time.Minute // how often a visit is to be expected
	maxItems = 400              // most items of a look, so that the record remembers them all
)

// YouTube hears videos and the comments under them. Its memory is in the
// bucket that a visit brings; one goroutine at a time looks.
type YouTube struct {
	blank   intake.Item
	o       YouTubeOptions
	books   *books
	watched watched
	memory  memory
}

// NewYouTube hears comments; blank is an item of its source.
func NewYouTube(blank intake.Item, o YouTubeOptions) *YouTube {
	if o.Endpoint == "" {
		o.Endpoint = youtube
	}
	return &YouTube{blank: blank, o: o, books: newBooks(o.Key)}
}

// round is one look under way: the visit, what it may still spend, and what it
// has found.
type round struct {
	*YouTube
	v     intake.Visit
	share share
	out   intake.Finding
}

// Look spends this visit's share of the day's quota: at most one search and
// one channel to find videos, some on what must be refreshed, the rest on
// comments where most are expected.
func (y *YouTube) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	key := "youtube." + y.blank.Source
	if err := y.watched.load(ctx, v.State, key, y.o); err != nil {
		return intake.Finding{}, err
	}
	if err := y.memory.settle(ctx, y.shelves(v), v); err != nil {
		return intake.Finding{}, err
	}
	s, err := y.books.reserve(ctx, v.State, len(y.o.Searches) > 0, v.Now)
	if err != nil {
		return intake.Finding{}, err
	}
	if s.units == 0 {
		return intake.Finding{}, &fetch.HeldError{Host: "youtube", Until: Reset(v.Now)}
	}
	r := &round{YouTube: y, v: v, share: s}
	err = r.spend(ctx)
	dry := errors.Is(err, errDry)
	if dry {
		err = &fetch.HeldError{Host: "youtube", Until: Reset(v.Now)}
	}
	kept := context.WithoutCancel(ctx)
	booked := y.books.change(kept, v.State, func(q *Quota) {
		if q.Spent(v.Now, -r.share.units); dry {
			q.Dry(v.Now)
		}
	})
	return r.out, errors.Join(err, booked, y.watched.save(kept, v.State, key), y.memory.save(kept, y.shelves(v)))
}

func (y *YouTube) shelves(v intake.Visit) shelves {
	return shelves{v.State, y.blank.Source}
}

func (r *round) spend(ctx context.Context) error {
	r.watched.prune(r.v.Now)
	for _, step := range []func(context.Context) error{r.discover, r.describe, r.refresh} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	rank(r.watched.Videos, r.v.Now)
	for _, one := range append([]*video(nil), r.watched.Videos...) {
		if len(r.out.Items) >= maxItems || r.share.units == 0 {
			return nil
		}
		if err := r.comments(ctx, one); err != nil {
			return err
		}
	}
	return nil
}

// discover looks for videos with the search and the channel that are expected
// to tell most.
func (r *round) discover(ctx context.Context) error {
	if p := best(r.watched.Searches, r.v.Now); p != nil && r.share.search {
		after := p.Asked.Add(-time.Hour) // the index of the platform lags
		if p.Asked.IsZero() {
			after = r.v.Now.Add(-maxAge)
		}
		err := r.probe(ctx, p, "search", url.Values{"q": {p.Text}, "type": {"video"}, "order": {"date"}, "publishedAfter": {after.UTC().Format(time.RFC3339)},
			"regionCode": {"VN"}, "relevanceLanguage": {"vi"}, "maxResults": {"50"}, "part": {"snippet"}})
		if err != nil {
			return err
		}
	}
	p := best(r.watched.Channels, r.v.Now)
	if p == nil || !r.pay() {
		return nil
	}
	return r.probe(ctx, p, "playlistItems", url.Values{"playlistId": {"UU" + strings.TrimPrefix(p.Text, "UC")}, "maxResults": {"50"}, "part": {"snippet"}})
}

// pay takes one unit of the share.
func (r *round) pay() bool {
	if r.share.units == 0 {
		return false
	}
	r.share.units--
	return true
}

// probe asks for videos and watches those it did not know.
func (r *round) probe(ctx context.Context, p *probe, method string, query url.Values) error {
	found, err := r.call(ctx, method, query)
	if err != nil && !errors.Is(err, errGone) {
		return err
	}
	fresh := 0
	for _, raw := range found {
		id := videoID(raw)
		if id == "" {
			r.out.Bad++
		}
		if r.watched.watch(id, r.v.Now) {
			fresh++
		}
	}
	p.learn(fresh, r.v.Now)
	return nil
}

// videoID is the video of a search result ({"id":{"videoId":…}}) or of an
// entry of a channel's uploads.
func videoID(raw json.RawMessage) string {
	var c struct {
		ID      json.RawMessage `json:"id"`
		Snippet struct {
			Resource struct {
				VideoID string `json:"videoId"`
			} `json:"resourceId"`
		} `json:"snippet"`
	}
	var id struct {
		VideoID string `json:"videoId"`
	}
	if json.Unmarshal(raw, &c) != nil {
		return ""
	}
	if json.Unmarshal(c.ID, &id) == nil && id.VideoID != "" {
		return id.VideoID
	}
	return c.Snippet.Resource.VideoID
}

// item is a text of the platform; since is when it was first found, zero if
// now.
func (y *YouTube) item(id string, channel mention.Channel, text, author string, published time.Time) intake.Item {
	it := y.blank
	it.PostID, it.Channel, it.Author, it.Via, it.Complete = id, channel, author, "youtube", true
	it.Text = mention.Text{Body: viet.Clean(text), Published: published}
	if !published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "youtube", 1
	}
	return it
}

var (
	errDry  = errors.New("social: youtube: the day's quota is spent")
	errGone = errors.New("social: youtube: there is no such video or list")
)

// refusals are what the reasons of a refusal mean.
func refusal(reason string) error {
	switch reason {
	case "quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded":
		return errDry
	case "videoNotFound", "playlistNotFound":
		return errGone
	}
	return nil
}

// call asks one method. The key goes in a header, so that it never stands in
// an address, an error or a log. A video closed to comments has none.
func (r *round) call(ctx context.Context, method string, query url.Values) ([]json.RawMessage, error) {
	items, _, err := r.page(ctx, method, query)
	return items, err
}

func (r *round) page(ctx context.Context, method string, query url.Values) (items []json.RawMessage, next string, err error) {
	page, err := r.v.Fetch.Get(ctx, fetch.Request{URL: strings.TrimSuffix(r.o.Endpoint, "/") + "/" + method + "?" + query.Encode(), API: true,
		Header: http.Header{"X-Goog-Api-Key": {r.o.Key}}})
	if err != nil {
		return nil, "", err
	}
	var answer struct {
		Items *list  `json:"items"`
		Data  *list  `json:"data"`
		Next  string `json:"nextPageToken"`
		Error *struct {
			Message string `json:"message"`
			Errors  []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
		} `json:"error"`
	}
	if err := json.Unmarshal(page.Body, &answer); err != nil {
		return nil, "", fmt.Errorf("social: youtube: %s: %w", method, err)
	}
	reason, message := "", ""
	if answer.Error != nil {
		message = answer.Error.Message
		for _, e := range answer.Error.Errors {
			reason = e.Reason
		}
	}
	known := refusal(reason)
	switch {
	case answer.Error == nil && page.Status < 300 && answer.Items != nil:
		return *answer.Items, answer.Next, nil
	case answer.Error == nil && page.Status < 300 && answer.Data != nil, reason == "commentsDisabled":
		return nil, "", nil
	case known != nil:
		return nil, "", known
	case answer.Error == nil && page.Status < 300:
		return nil, "", fmt.Errorf("social: youtube: %s: the answer has no items", method)
	}
	return nil, "", fmt.Errorf("social: youtube: %s: %s %s: %w", method, reason, message, &fetch.StatusError{URL: r.o.Endpoint, Code: page.Status})
}
