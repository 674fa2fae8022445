package social

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

const (
	threadPage = "100"
	maxPages   = 5 // of one video a look
)

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

// comments reads the newest comments of a video, page by page as long as all
// of a page is new.
func (r *round) comments(ctx context.Context, one *video) error {
	query := url.Values{"videoId": {one.ID}, "part": {"snippet,replies"}, "order": {"time"}, "maxResults": {threadPage}, "textFormat": {"plainText"}}
	fresh, calls := 0, 0
	for calls < maxPages && r.pay() {
		threads, next, err := r.page(ctx, "commentThreads", query)
		if errors.Is(err, errGone) {
			r.vanished(held{video: one.ID}, "")
			r.watched.gone(one.ID)
			return nil
		}
		if err != nil {
			return err
		}
		calls++
		one.Asked = r.v.Now
		listed, unknown := r.threads(threads, one)
		fresh += unknown
		if next == "" || listed == 0 || unknown < listed || len(r.out.Items) >= maxItems {
			break
		}
		query.Set("pageToken", next)
	}
	if calls > 0 {
		one.Yield += (float64(fresh)/float64(calls) - one.Yield) / 3
	}
	return nil
}

// threads takes in a page of threads and tells how many texts it listed and
// how many of them were not known.
func (r *round) threads(threads []json.RawMessage, one *video) (listed, unknown int) {
	for _, raw := range threads {
		var thread struct {
			Snippet struct {
				Top remark `json:"topLevelComment"`
			} `json:"snippet"`
			Replies struct {
				Comments list `json:"comments"`
			} `json:"replies"`
		}
		if json.Unmarshal(raw, &thread) != nil || thread.Snippet.Top.ID == "" {
			r.out.Bad++
			continue
		}
		all := []remark{thread.Snippet.Top}
		for _, raw := range thread.Replies.Comments {
			var reply remark
			if json.Unmarshal(raw, &reply) != nil || reply.ID == "" {
				r.out.Bad++
				continue
			}
			all = append(all, reply)
		}
		for _, c := range all {
			listed++
			if r.hear(r.comment(c, one.ID, one.Title), held{video: one.ID, comment: c.ID}) {
				unknown++
			}
		}
	}
	return listed, unknown
}

// comment makes an item of a comment under a video.
func (r *round) comment(c remark, videoID, title string) intake.Item {
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
	it := r.item(c.ID, mention.VideoComment, text, author, c.Snippet.Published.past(r.v.Now))
	it.URL = "https://www.youtube.com/watch?v=" + url.QueryEscape(videoID) + "&lc=" + url.QueryEscape(c.ID)
	it.Parent = mention.NewID(it.Kind, it.Outlet, parent)
	it.Thread = title
	return it
}

// hear lists an item unless it is held as it is, and reports whether it was
// not known at all. What a full look cannot take is left for the next.
func (r *round) hear(it intake.Item, h held) bool {
	h.hash = textHash(it.Text.Title, it.Text.Body)
	k, ok := r.memory.known(h)
	if ok && k.hash == h.hash && !k.removed || len(r.out.Items) >= maxItems {
		return !ok
	}
	h.since, h.changed = r.v.Now, r.v.Now
	if ok {
		h.since = time.Unix(k.since, 0)
		it.First = h.since
	}
	r.out.Items = append(r.out.Items, it)
	r.memory.expect(expected{held: h})
	return !ok
}

// vanished lists the removal of a text that is held. Its words are not known
// here: those of the archive stand in.
func (r *round) vanished(h held, shelf string) {
	old := h
	if k, ok := r.memory.known(h); ok && !k.removed {
		h.since, h.changed, h.hash = time.Unix(k.since, 0), time.Unix(k.changed, 0), k.hash
	} else if ok || shelf == "" {
		return // never heard of, or flagged already
	}
	channel := mention.VideoComment
	if h.comment == "" {
		channel = mention.Post
	}
	it := r.item(h.id(), channel, "", "", time.Time{})
	it.Removed, it.Text = true, mention.Text{}
	it.First, it.Since = h.since, h.changed
	r.out.Items = append(r.out.Items, it)
	r.memory.expect(expected{held: h, shelf: shelf, old: old, removed: true})
}
