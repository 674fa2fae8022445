package social

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
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

// Bounds of what is watched.
const (
	maxVideos  = 500
	maxAge     = 14 * 24 * time.Hour // a video found by search or channel is watched this long
	pollHint   = 10 * time.Minute    // how often a visit is to be expected
	threadPage = "100"
)

// YouTube hears the comments under videos.
type YouTube struct {
	blank  intake.Item
	o      YouTubeOptions
	quota  Quota
	videos []*video
	search int // next phrase
	upload int // next channel
}

// NewYouTube hears comments; blank is an item of its source.
func NewYouTube(blank intake.Item, o YouTubeOptions) *YouTube {
	if o.Endpoint == "" {
		o.Endpoint = youtube
	}
	y := &YouTube{blank: blank, o: o}
	for _, id := range o.Videos {
		y.watch(id, time.Time{})
	}
	return y
}

// Look spends this visit's share of the day's quota: at most one search and
// one channel to find videos, the rest on comments where most are expected.
func (y *YouTube) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	var out intake.Finding
	units := y.quota.Units(v.Now, pollHint)
	if units == 0 {
		return out, &fetch.HeldError{Host: "youtube", Until: Reset(v.Now)}
	}
	y.prune(v.Now)
	if err := y.discover(ctx, v, &out); err != nil {
		return out, err
	}
	rank(y.videos, v.Now)
	for _, one := range y.videos[:min(len(y.videos), units)] {
		if err := y.comments(ctx, v, one, &out); err != nil {
			return out, err
		}
	}
	return out, nil
}

func (y *YouTube) watch(id string, found time.Time) {
	for _, v := range y.videos {
		if v.id == id {
			return
		}
	}
	if id != "" && len(y.videos) < maxVideos {
		y.videos = append(y.videos, &video{id: id, found: found})
	}
}

// prune forgets found videos that are old; configured ones have no time and
// stay.
func (y *YouTube) prune(now time.Time) {
	kept := y.videos[:0]
	for _, v := range y.videos {
		if v.found.IsZero() || now.Sub(v.found) < maxAge {
			kept = append(kept, v)
		}
	}
	y.videos = kept
}

func (y *YouTube) discover(ctx context.Context, v intake.Visit, out *intake.Finding) error {
	if len(y.o.Searches) > 0 && y.quota.MaySearch(v.Now) {
		phrase := y.o.Searches[y.search%len(y.o.Searches)]
		y.search++
		y.quota.Searched(v.Now)
		if err := y.videosOf(ctx, v, out, "search", url.Values{"q": {phrase}, "type": {"video"}, "order": {"date"},
			"regionCode": {"VN"}, "relevanceLanguage": {"vi"}, "maxResults": {"25"}, "part": {"snippet"}}); err != nil {
			return err
		}
	}
	if len(y.o.Channels) == 0 {
		return nil
	}
	channel := y.o.Channels[y.upload%len(y.o.Channels)]
	y.upload++
	y.quota.Spent(v.Now, 1)
	return y.videosOf(ctx, v, out, "playlistItems", url.Values{"playlistId": {"UU" + strings.TrimPrefix(channel, "UC")}, "maxResults": {"25"}, "part": {"snippet"}})
}

// clip is a search result or an entry of a channel's uploads.
type clip struct {
	ID      json.RawMessage `json:"id"` // {"videoId":…} in a search, text elsewhere
	Snippet struct {
		Title       string `json:"title"`
		Description string `json:"description"`
		Published   stamp  `json:"publishedAt"`
		ChannelID   string `json:"channelId"`
		Resource    struct {
			VideoID string `json:"videoId"`
		} `json:"resourceId"`
	} `json:"snippet"`
}

func (c clip) video() string {
	var id struct {
		VideoID string `json:"videoId"`
	}
	if json.Unmarshal(c.ID, &id) == nil && id.VideoID != "" {
		return id.VideoID
	}
	return c.Snippet.Resource.VideoID
}

func (y *YouTube) videosOf(ctx context.Context, v intake.Visit, out *intake.Finding, method string, query url.Values) error {
	found, err := y.call(ctx, v, method, query)
	if err != nil {
		return err
	}
	for _, raw := range found {
		var c clip
		if json.Unmarshal(raw, &c) != nil || c.video() == "" {
			out.Bad++
			continue
		}
		y.watch(c.video(), v.Now)
		it := y.item(c.video(), mention.Post, c.Snippet.Description, c.Snippet.ChannelID, c.Snippet.Published.past(v.Now))
		it.URL = "https://www.youtube.com/watch?v=" + url.QueryEscape(c.video())
		it.Text.Title = viet.Clean(c.Snippet.Title)
		out.Items = append(out.Items, it)
	}
	return nil
}

// remark is a comment or a reply.
type remark struct {
	ID      string `json:"id"`
	Snippet struct {
		Text      string `json:"textOriginal"`
		Display   string `json:"textDisplay"`
		Author    string `json:"authorDisplayName"`
		ChannelID struct {
			Value string `json:"value"`
		} `json:"authorChannelId"`
		Published stamp  `json:"publishedAt"`
		ParentID  string `json:"parentId"`
	} `json:"snippet"`
}

func (y *YouTube) comments(ctx context.Context, v intake.Visit, one *video, out *intake.Finding) error {
	one.asked = v.Now
	y.quota.Spent(v.Now, 1)
	threads, err := y.call(ctx, v, "commentThreads", url.Values{"videoId": {one.id}, "part": {"snippet,replies"},
		"order": {"time"}, "maxResults": {threadPage}, "textFormat": {"plainText"}})
	if err != nil {
		return err
	}
	fresh := 0
	for _, raw := range threads {
		var thread struct {
			Snippet struct {
				Top remark `json:"topLevelComment"`
			} `json:"snippet"`
			Replies struct {
				Comments []remark `json:"comments"`
			} `json:"replies"`
		}
		if json.Unmarshal(raw, &thread) != nil || thread.Snippet.Top.ID == "" {
			out.Bad++
			continue
		}
		for _, c := range append([]remark{thread.Snippet.Top}, thread.Replies.Comments...) {
			it := y.comment(c, one.id, v.Now)
			if _, known := v.Record.Page(frontier.AddressHash(c.ID)); !known {
				fresh++
			}
			out.Items = append(out.Items, it)
		}
	}
	one.yield += (float64(fresh) - one.yield) / 3
	return nil
}

func (y *YouTube) comment(c remark, videoID string, now time.Time) intake.Item {
	text, author, parent := c.Snippet.Text, c.Snippet.ChannelID.Value, c.Snippet.ParentID
	if text == "" {
		text = c.Snippet.Display
	}
	if author == "" {
		author = c.Snippet.Author
	}
	if parent == "" {
		parent = videoID
	}
	it := y.item(c.ID, mention.VideoComment, text, author, c.Snippet.Published.past(now))
	it.URL = "https://www.youtube.com/watch?v=" + url.QueryEscape(videoID) + "&lc=" + url.QueryEscape(c.ID)
	it.Parent = mention.NewID(it.Kind, it.Outlet, parent)
	return it
}

func (y *YouTube) item(id string, channel mention.Channel, text, author string, published time.Time) intake.Item {
	it := y.blank
	it.PostID, it.Channel, it.Author, it.Via, it.Complete = id, channel, author, "youtube", true
	it.Text = mention.Text{Body: viet.Clean(text), Published: published}
	if !published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "youtube", 1
	}
	return it
}

// call asks one method. The key goes in a header, so that it never stands in
// an address, an error or a log. Videos that are gone or closed to comments
// have none.
func (y *YouTube) call(ctx context.Context, v intake.Visit, method string, query url.Values) (list, error) {
	page, err := v.Fetch.Get(ctx, fetch.Request{URL: strings.TrimSuffix(y.o.Endpoint, "/") + "/" + method + "?" + query.Encode(), API: true,
		Header: http.Header{"X-Goog-Api-Key": {y.o.Key}}})
	if err != nil {
		return nil, err
	}
	var answer struct {
		Items list `json:"items"`
		Error *struct {
			Message string `json:"message"`
			Errors  []struct {
				Reason string `json:"reason"`
			} `json:"errors"`
		} `json:"error"`
	}
	if err := json.Unmarshal(page.Body, &answer); err != nil {
		return nil, fmt.Errorf("social: youtube: %s: %w", method, err)
	}
	if answer.Error == nil && page.Status < 300 {
		return answer.Items, nil
	}
	reason, message := "", ""
	if answer.Error != nil {
		message = answer.Error.Message
		for _, e := range answer.Error.Errors {
			reason = e.Reason
		}
	}
	switch reason {
	case "commentsDisabled", "videoNotFound", "playlistNotFound":
		return nil, nil
	case "quotaExceeded", "dailyLimitExceeded", "rateLimitExceeded":
		y.quota.Dry(v.Now)
		return nil, &fetch.HeldError{Host: "youtube", Until: Reset(v.Now)}
	}
	return nil, fmt.Errorf("social: youtube: %s: %s %s: %w", method, reason, message, &fetch.StatusError{URL: y.o.Endpoint, Code: page.Status})
}
