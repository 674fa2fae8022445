package social

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sort"
	"time"

	"github.com/diembao/diembao/stream"
)

// Bounds of what is watched.
const (
	maxVideos = 500
	maxAge    = 14 * 24 * time.Hour // a video found by search or channel is watched this long
)

// watched is what one source remembers from visit to visit: the videos whose
// comments it reads, and what its searches and channels have told of late. It
// is kept in the bucket "state"; lost, it is found again by searching.
type watched struct {
	Videos   []*video `json:"videos"`
	Searches []*probe `json:"searches,omitempty"`
	Channels []*probe `json:"channels,omitempty"`
}

// video is what is known of a video that is watched.
type video struct {
	ID    string    `json:"id"`
	Title string    `json:"title,omitempty"`
	Found time.Time `json:"found,omitzero"` // when it came into the list; zero for configured ones
	Told  time.Time `json:"told,omitzero"`  // when it was last asked what it is
	Asked time.Time `json:"asked,omitzero"` // when its comments were last read
	Yield float64   `json:"yield,omitempty"`
}

// probe is a search phrase or a channel: a way to find videos.
type probe struct {
	Text  string    `json:"text"`
	Asked time.Time `json:"asked,omitzero"`
	Rate  float64   `json:"rate,omitempty"` // new videos an hour, of late
}

// load reads the memory and brings it in line with the options.
func (w *watched) load(ctx context.Context, bucket stream.Bucket, key string, o YouTubeOptions) error {
	if bucket != nil {
		e, err := bucket.Get(ctx, key)
		if err != nil && !errors.Is(err, stream.ErrNoKey) {
			return fmt.Errorf("social: state: %w", err)
		}
		*w = watched{}
		if json.Unmarshal(e.Value, w) != nil {
			*w = watched{} // found again
		}
	}
	w.Videos = slices.DeleteFunc(w.Videos, func(v *video) bool { return v == nil || v.Found.IsZero() && !slices.Contains(o.Videos, v.ID) })
	for _, id := range o.Videos {
		w.watch(id, time.Time{})
	}
	w.Searches, w.Channels = probes(w.Searches, o.Searches), probes(w.Channels, o.Channels)
	return nil
}

func (w *watched) save(ctx context.Context, bucket stream.Bucket, key string) error {
	if bucket == nil {
		return nil
	}
	data, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("social: state: %w", err)
	}
	if _, err := bucket.Put(ctx, key, data); err != nil {
		return fmt.Errorf("social: state: %w", err)
	}
	return nil
}

// probes keeps what is known of those that are still wanted.
func probes(known []*probe, wanted []string) []*probe {
	out := make([]*probe, 0, len(wanted))
	for _, text := range wanted {
		p := &probe{Text: text}
		if i := slices.IndexFunc(known, func(k *probe) bool { return k != nil && k.Text == text }); i >= 0 {
			p = known[i]
		}
		out = append(out, p)
	}
	return out
}

// watch adds a video and reports whether it is new. A full list takes no more.
func (w *watched) watch(id string, found time.Time) bool {
	if id == "" || len(w.Videos) >= maxVideos || w.video(id) != nil {
		return false
	}
	w.Videos = append(w.Videos, &video{ID: id, Found: found})
	return true
}

func (w *watched) video(id string) *video {
	if i := slices.IndexFunc(w.Videos, func(v *video) bool { return v.ID == id }); i >= 0 {
		return w.Videos[i]
	}
	return nil
}

// prune forgets found videos that are old; configured ones stay.
func (w *watched) prune(now time.Time) {
	w.Videos = slices.DeleteFunc(w.Videos, func(v *video) bool { return !v.Found.IsZero() && now.Sub(v.Found) >= maxAge })
}

// gone forgets a video that is no more, unless it is configured.
func (w *watched) gone(id string) {
	w.Videos = slices.DeleteFunc(w.Videos, func(v *video) bool { return v.ID == id && !v.Found.IsZero() })
}

// rank orders videos by what asking them now is expected to tell: new comments
// a call, as far as known, times the hours since they were asked; those never
// asked come first, and a new one is taken for lively.
func rank(videos []*video, now time.Time) {
	value := func(v *video) float64 {
		if v.Asked.IsZero() {
			return 1e9
		}
		age := now.Sub(v.Found).Hours() + 1
		return (v.Yield + 24/age) * now.Sub(v.Asked).Hours()
	}
	sort.SliceStable(videos, func(i, j int) bool { return value(videos[i]) > value(videos[j]) })
}

// curiosity is the new videos an hour that are expected of a probe that has
// told nothing of late: one in two days, so that none is never asked again.
const curiosity = 1.0 / 48

// best is the probe that is expected to tell most now; nil where there is none.
func best(probes []*probe, now time.Time) *probe {
	expected := func(p *probe) float64 {
		if p.Asked.IsZero() {
			return 1e9
		}
		return (p.Rate + curiosity) * now.Sub(p.Asked).Hours()
	}
	var out *probe
	for _, p := range probes {
		if out == nil || expected(p) > expected(out) {
			out = p
		}
	}
	return out
}

// learn takes in what a probe told: fresh videos since it was last asked.
func (p *probe) learn(fresh int, now time.Time) {
	if hours := now.Sub(p.Asked).Hours(); !p.Asked.IsZero() && hours > 0 {
		p.Rate += (float64(fresh)/hours - p.Rate) / 3
	}
	p.Asked = now
}
