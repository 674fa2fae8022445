package social

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// describe asks what the videos are that have not been asked yet, and the
// watched ones again once a day.
func (r *round) describe(ctx context.Context) error {
	var ids []string
	for _, v := range r.watched.Videos {
		if r.v.Now.Sub(v.Told) >= 24*time.Hour && len(ids) < perCall {
			ids = append(ids, v.ID)
		}
	}
	if len(ids) == 0 || !r.pay() {
		return nil
	}
	found, err := r.ask(ctx, "videos", ids)
	if err != nil {
		return err
	}
	for _, id := range ids {
		one, h := r.watched.video(id), held{video: id}
		one.Told = r.v.Now
		it, ok := r.video(found[id])
		if !ok {
			r.vanished(h, "")
			r.watched.gone(id)
			continue
		}
		one.Title = it.Text.Title
		r.hear(it, h)
	}
	return nil
}

// ask gives what the platform has of some ids, by id.
func (r *round) ask(ctx context.Context, method string, ids []string) (map[string]json.RawMessage, error) {
	query := url.Values{"id": {strings.Join(ids, ",")}, "part": {"snippet"}, "maxResults": {"50"}}
	if method == "comments" {
		query = url.Values{"id": {strings.Join(ids, ",")}, "part": {"snippet"}, "textFormat": {"plainText"}}
	}
	items, err := r.call(ctx, method, query)
	if err != nil && !errors.Is(err, errGone) {
		return nil, err
	}
	found := map[string]json.RawMessage{}
	for _, raw := range items {
		var one struct {
			ID string `json:"id"`
		}
		if json.Unmarshal(raw, &one) != nil || one.ID == "" {
			r.out.Bad++
			continue
		}
		found[one.ID] = raw
	}
	return found, nil
}

func (r *round) video(raw json.RawMessage) (intake.Item, bool) {
	var c struct {
		ID      string `json:"id"`
		Snippet struct {
			Title       string `json:"title"`
			Description string `json:"description"`
			Published   stamp  `json:"publishedAt"`
			ChannelID   string `json:"channelId"`
		} `json:"snippet"`
	}
	if json.Unmarshal(raw, &c) != nil || c.ID == "" {
		return intake.Item{}, false
	}
	it := r.item(c.ID, mention.Post, c.Snippet.Description, c.Snippet.ChannelID, c.Snippet.Published.past(r.v.Now))
	it.URL = "https://www.youtube.com/watch?v=" + url.QueryEscape(c.ID)
	it.Text.Title = viet.Clean(c.Snippet.Title)
	return it, true
}

// refresh asks again for what was heard of longest ago, as the terms of the
// API require of data that is kept: what has changed is listed, what is gone
// is listed as removed. It spends a quarter of the visit's share, and all of
// it on what would be too old soon.
func (r *round) refresh(ctx context.Context) error {
	s := r.shelves(r.v)
	for left := max(r.share.units/4, 1); r.share.units > 0; left-- {
		key, day, err := s.oldest(ctx, refreshAfter, r.v.Now)
		if err != nil || key == "" || left <= 0 && r.v.Now.Sub(day) < pressing || len(r.out.Items) >= maxItems {
			return err
		}
		done, err := r.again(ctx, s, key)
		if err != nil || !done {
			return err
		}
	}
	return nil
}

// again asks for the first texts of a shelf. done says that something came off
// it: what has changed stays until it is published.
func (r *round) again(ctx context.Context, s shelves, key string) (done bool, err error) {
	list, err := s.take(ctx, key, shelfLines)
	if err != nil {
		return false, err
	}
	var stale, videos, comments []held
	for _, h := range list {
		k, ok := r.memory.known(h)
		switch {
		case r.memory.listed(h):
		case h.hash == flagged, ok && (k.removed || k.changed > h.changed.Unix()) || r.v.Keep > 0 && r.v.Now.Sub(h.since) > r.v.Keep:
			stale = append(stale, h) // flagged, noted anew elsewhere, or no longer kept
		case h.comment == "" && len(videos) < perCall:
			videos = append(videos, h)
		case h.comment != "" && len(comments) < perCall:
			comments = append(comments, h)
		}
	}
	method, asked := "comments", comments
	if len(videos) > 0 {
		method, asked = "videos", videos
	}
	var same []held
	if len(asked) > 0 && r.pay() {
		if same, err = r.compare(ctx, key, method, asked); err != nil {
			return false, err
		}
	}
	if len(stale)+len(same) == 0 {
		return false, s.drop(ctx, key, nil)
	}
	// Noted anew before the old line goes: a crash between the two costs a call.
	if err := s.put(ctx, same, r.v.Now); err != nil {
		return false, err
	}
	return true, s.drop(ctx, key, append(stale, same...))
}

// compare asks for texts, lists what has changed or is gone, and gives the
// others back.
func (r *round) compare(ctx context.Context, key, method string, asked []held) (same []held, err error) {
	ids := make([]string, len(asked))
	for i, h := range asked {
		ids[i] = h.id()
	}
	found, err := r.ask(ctx, method, ids)
	if err != nil {
		return nil, err
	}
	for _, h := range asked {
		it, ok := r.present(h, found[h.id()])
		switch {
		case !ok:
			r.vanished(h, key)
		case textHash(it.Text.Title, it.Text.Body) == h.hash:
			same = append(same, h)
		default:
			fresh := h
			fresh.hash, fresh.changed, it.First = textHash(it.Text.Title, it.Text.Body), r.v.Now, h.since
			r.out.Items = append(r.out.Items, it)
			r.memory.expect(expected{held: fresh, shelf: key, old: h})
		}
	}
	return same, nil
}

// present makes an item of an answer.
func (r *round) present(h held, raw json.RawMessage) (intake.Item, bool) {
	if h.comment == "" {
		return r.video(raw)
	}
	var c remark
	if json.Unmarshal(raw, &c) != nil || c.ID == "" {
		return intake.Item{}, false
	}
	title := ""
	if v := r.watched.video(h.video); v != nil {
		title = v.Title
	}
	return r.comment(c, h.video, title), true
}
