package social

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// tube simulates the YouTube Data API v3: what is under which video, and what
// is charged.
type tube struct {
	t        *testing.T
	videos   map[string]string   // id → title
	comments map[string][]string // video → ids, newest first
	texts    map[string]string   // comment → text
	search   map[string][]string // phrase → video ids
	reason   string              // of the refusal of everything
	odd      map[string]string   // method → a raw answer
	calls    []string            // method and what was asked
	cost     int
	page     int // threads a page; 0 is all
}

func newTube(t *testing.T) *tube {
	return &tube{t: t, videos: map[string]string{}, comments: map[string][]string{}, texts: map[string]string{}, search: map[string][]string{}, odd: map[string]string{}}
}

func (y *tube) say(video, id, text string) {
	y.comments[video] = append([]string{id}, y.comments[video]...)
	y.texts[id] = text
}

func (y *tube) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/robots.txt" || strings.Contains(r.URL.String(), "secret") || r.Header.Get("X-Goog-Api-Key") != "secret" {
		y.t.Errorf("asked %s, key %q", r.URL, r.Header.Get("X-Goog-Api-Key"))
	}
	method, q := strings.TrimPrefix(r.URL.Path, "/v3/"), r.URL.Query()
	y.calls = append(y.calls, method+" "+q.Get("q")+q.Get("videoId")+q.Get("id")+q.Get("playlistId"))
	if method != "search" {
		y.cost++
	}
	status, body := 200, y.answer(method, q.Get("q"), q.Get("videoId"), q.Get("pageToken"), strings.Split(q.Get("id"), ","))
	if y.reason != "" {
		status, body = 403, fmt.Sprintf(`{"error":{"message":"no","errors":[{"reason":%q}]}}`, y.reason)
	}
	if odd, ok := y.odd[method]; ok {
		body = odd
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (y *tube) answer(method, phrase, video, token string, ids []string) string {
	items, next := []any{}, ""
	switch method {
	case "search":
		for _, id := range y.search[phrase] {
			items = append(items, map[string]any{"id": map[string]any{"videoId": id}})
		}
	case "playlistItems":
		for id := range y.videos {
			items = append(items, map[string]any{"id": "p", "snippet": map[string]any{"resourceId": map[string]any{"videoId": id}}})
		}
	case "videos":
		for _, id := range ids {
			if title, ok := y.videos[id]; ok {
				items = append(items, map[string]any{"id": id, "snippet": map[string]any{"title": title, "channelId": "UCx", "publishedAt": "2026-09-17T01:00:00Z"}})
			}
		}
	case "comments":
		for _, id := range ids {
			if text, ok := y.texts[id]; ok {
				items = append(items, remarkJSON(id, text))
			}
		}
	case "commentThreads":
		var from int
		_, _ = fmt.Sscan(token, &from)
		list := slices.DeleteFunc(slices.Clone(y.comments[video]), func(id string) bool { _, ok := y.texts[id]; return !ok })[from:]
		if y.page > 0 && len(list) > y.page {
			list, next = list[:y.page], fmt.Sprint(from+y.page)
		}
		for _, id := range list {
			items = append(items, map[string]any{"snippet": map[string]any{"topLevelComment": remarkJSON(id, y.texts[id])}})
		}
	}
	data, err := json.Marshal(map[string]any{"items": items, "nextPageToken": next})
	if err != nil {
		y.t.Error(err)
	}
	return string(data)
}

func remarkJSON(id, text string) map[string]any {
	snippet := map[string]any{"textOriginal": text, "authorDisplayName": "@a", "publishedAt": "2026-09-18T08:00:00Z"}
	if parent, _, ok := strings.Cut(id, "."); ok {
		snippet["parentId"] = parent
	}
	return map[string]any{"id": id, "snippet": snippet}
}

// listener is a source at work: it publishes into a record what a look lists,
// as the crawler does.
type listener struct {
	t     *testing.T
	tube  *tube
	o     YouTubeOptions
	y     *YouTube
	fetch *fetch.Fetcher
	state stream.Bucket
	rec   *frontier.Record
	keep  time.Duration
	lose  bool // the crawler dies before it has published
}

func listen(t *testing.T, p *tube, o YouTubeOptions) *listener {
	f, err := fetch.New(fetch.Options{UserAgent: "diembao/1 (+https://x.vn)", Transport: p, Delay: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	state, err := stream.NewMemory().Bucket(t.Context(), stream.BucketState)
	if err != nil {
		t.Fatal(err)
	}
	o.Key, o.Endpoint = "secret", "https://yt.vn/v3"
	return &listener{t: t, tube: p, o: o, y: NewYouTube(blank(), o), fetch: f, state: state, rec: &frontier.Record{}}
}

func (l *listener) restart() { l.y = NewYouTube(blank(), l.o) }

func (l *listener) try(at time.Time) (intake.Finding, error) {
	l.tube.calls = nil
	f, err := l.y.Look(l.t.Context(), intake.Visit{Now: at, Record: l.rec, Fetch: l.fetch, State: l.state, Keep: l.keep})
	if l.lose {
		return f, err
	}
	for _, it := range f.Items {
		p, _ := l.rec.Page(it.Address())
		l.rec.Set(frontier.Page{Address: it.Address(), Found: at, Revision: p.Revision + 1, Text: 1, Removed: it.Removed})
	}
	return f, err
}

func (l *listener) look(at time.Time) []intake.Item {
	l.t.Helper()
	f, err := l.try(at)
	if err != nil {
		l.t.Fatal(err)
	}
	return f.Items
}

func names(items []intake.Item) string {
	out := make([]string, len(items))
	for i, it := range items {
		if out[i] = it.PostID; it.Removed {
			out[i] += " gỡ"
		}
	}
	slices.Sort(out)
	return strings.Join(out, ", ")
}

func (l *listener) want(at time.Time, want string) []intake.Item {
	l.t.Helper()
	items := l.look(at)
	if got := names(items); got != want {
		l.t.Errorf("%s: listed %q, want %q; calls %q", at.Format("02/01 15:04"), got, want, l.tube.calls)
	}
	return items
}

func TestYouTubeComments(t *testing.T) {
	p := newTube(t)
	p.videos["v1"] = "Họp báo về bảng giá đất"
	p.say("v1", "c1", "Sao lại z?")
	p.say("v1", "c1.r1", "Chịu")
	l := listen(t, p, YouTubeOptions{Videos: []string{"v1"}})
	items := l.want(now, "c1, c1.r1, v1")
	byID := map[string]intake.Item{}
	for _, it := range items {
		byID[it.PostID] = it
	}
	video, top, reply := byID["v1"], byID["c1"], byID["c1.r1"]
	if video.Channel != mention.Post || video.Text.Title != "Họp báo về bảng giá đất" {
		t.Errorf("video %+v", video)
	}
	if top.Text.Body != "Sao lại z?" || top.Author != "@a" || top.Channel != mention.VideoComment || top.Parent != video.ID() || !top.Complete || top.Thread != video.Text.Title {
		t.Errorf("top %+v", top)
	}
	if reply.Parent != top.ID() {
		t.Errorf("reply %+v", reply)
	}
	// The same again is no news, after a restart neither; an edit is.
	l.want(now.Add(10*time.Minute), "")
	l.restart()
	l.want(now.Add(20*time.Minute), "")
	p.texts["c1"] = "Sao lại thế?"
	if edited := l.want(now.Add(30*time.Minute), "c1"); len(edited) == 1 && !edited[0].First.Equal(now) {
		t.Errorf("first found %s, want %s", edited[0].First, now)
	}
	l.want(now.Add(40*time.Minute), "")
}

// What a look has listed and the crawler could not publish is listed again.
func TestYouTubeLosesNothingUnpublished(t *testing.T) {
	p := newTube(t)
	p.say("v", "c1", "a")
	l := listen(t, p, YouTubeOptions{Videos: []string{"v"}})
	l.lose = true
	l.want(now, "c1")
	l.want(now.Add(10*time.Minute), "c1")
	l.restart()
	l.lose = false
	l.want(now.Add(20*time.Minute), "c1")
	l.want(now.Add(30*time.Minute), "")
}

func TestYouTubeFindsVideos(t *testing.T) {
	p := newTube(t)
	p.videos["s1"], p.videos["u1"] = "Bảng giá đất", "Họp báo"
	p.search["bảng giá đất"] = []string{"s1", ""}
	l := listen(t, p, YouTubeOptions{Channels: []string{"UCabc"}, Searches: []string{"bảng giá đất"}})
	l.want(now, "s1, u1")
	if calls := strings.Join(l.tube.calls, "; "); !strings.Contains(calls, "playlistItems UUabc") || !strings.Contains(calls, "commentThreads s1; commentThreads u1") {
		t.Errorf("calls %s", calls)
	}
	l.restart() // what was found is still watched
	l.want(now.Add(time.Minute), "")
	if calls := strings.Join(l.tube.calls, "; "); strings.Contains(calls, "search") || !strings.Contains(calls, "commentThreads s1") {
		t.Errorf("after a restart: %s", calls)
	}
}

// Pages are read as long as everything on them is new.
func TestYouTubePages(t *testing.T) {
	p := newTube(t)
	p.page = 2
	for i := range 7 {
		p.say("v", fmt.Sprint("c", i), "a")
	}
	l := listen(t, p, YouTubeOptions{Videos: []string{"v"}})
	l.want(now, "c0, c1, c2, c3, c4, c5, c6")
	p.say("v", "c7", "b")
	l.want(now.Add(10*time.Minute), "c7")
	if n := strings.Count(strings.Join(l.tube.calls, ";"), "commentThreads"); n != 1 {
		t.Errorf("%d pages for one new comment", n)
	}
}

func TestYouTubeOddAnswers(t *testing.T) {
	for _, body := range []string{`{"items":[]}`, `{"data":[]}`, `{"items":"[]"}`,
		`{"items":[{"snippet":{}},7,{"snippet":{"topLevelComment":{"id":""}}}]}`} {
		p := newTube(t)
		p.odd["commentThreads"] = body
		l := listen(t, p, YouTubeOptions{Videos: []string{"v"}})
		l.want(now, "")
	}
	for stamp, want := range map[string]int64{`1789632000`: 1789632000, `"1789632000"`: 1789632000, `"2026-09-17T08:00:00Z"`: 1789632000, `1789632000000`: 1789632000,
		`"2027-01-01T00:00:00Z"`: time.Time{}.Unix(), `"hôm qua"`: time.Time{}.Unix(), `null`: time.Time{}.Unix()} {
		p := newTube(t)
		p.odd["commentThreads"] = `{"items":[{"snippet":{"topLevelComment":{"id":"c","snippet":{"textDisplay":"x","publishedAt":` + stamp + `}}},"replies":{"comments":[{},3]}}]}`
		items := listen(t, p, YouTubeOptions{Videos: []string{"v"}}).want(now, "c")
		if items[0].Text.Published.Unix() != want {
			t.Errorf("%s: published %s", stamp, items[0].Text.Published)
		}
	}
	p := newTube(t)
	p.odd["commentThreads"] = `{"kind":"youtube#commentThreadListResponse"}`
	if _, err := listen(t, p, YouTubeOptions{Videos: []string{"v"}}).try(now); err == nil {
		t.Error("an answer without a list passed for an empty one")
	}
}

func TestYouTubeRefusals(t *testing.T) {
	for reason, held := range map[string]bool{"commentsDisabled": false, "videoNotFound": false, "quotaExceeded": true} {
		p := newTube(t)
		p.reason = reason
		l := listen(t, p, YouTubeOptions{Videos: []string{"v"}})
		_, err := l.try(now)
		var h *fetch.HeldError
		if errors.As(err, &h) != held || !held && reason == "videoNotFound" && err != nil {
			t.Errorf("%s: %v", reason, err)
		}
		if !held {
			continue
		}
		if !h.Until.Equal(time.Date(2026, 9, 19, 7, 0, 0, 0, time.UTC)) {
			t.Errorf("held until %s, want midnight Pacific", h.Until)
		}
		l.restart() // nor is it forgotten by a restart
		if _, err := l.try(now.Add(time.Hour)); !errors.As(err, &h) || len(p.calls) != 0 {
			t.Errorf("asked again without quota: %v, %q", err, p.calls)
		}
	}
	p := newTube(t)
	p.reason = "keyInvalid"
	if _, err := listen(t, p, YouTubeOptions{Videos: []string{"v"}}).try(now); err == nil || !strings.Contains(err.Error(), "keyInvalid") {
		t.Errorf("wrong key: %v", err)
	}
}

// Two sources with one key, restarted all day long, spend one day's quota.
func TestYouTubeSpendingSurvivesRestarts(t *testing.T) {
	p := newTube(t)
	for i := range 300 {
		p.search["x"] = append(p.search["x"], fmt.Sprint("v", i))
		p.videos[fmt.Sprint("v", i)] = "t"
	}
	a := listen(t, p, YouTubeOptions{Searches: []string{"x"}})
	other := blank()
	other.Source = "yt-two"
	searches, cost := 0, 0
	start := Reset(now)
	for at := start; at.Before(start.Add(24 * time.Hour)); at = at.Add(10 * time.Minute) {
		a.restart()
		b := *a
		b.y, b.rec = NewYouTube(other, a.o), &frontier.Record{}
		for _, l := range []*listener{a, &b} {
			before := p.cost
			_, err := l.try(at)
			var held *fetch.HeldError
			if err != nil && !errors.As(err, &held) {
				t.Fatal(err)
			}
			searches += strings.Count(strings.Join(p.calls, "\n"), "search ")
			cost += p.cost - before
		}
	}
	if searches > SearchesPerDay || searches < 60 || cost > UnitsPerDay || cost < UnitsPerDay/2 {
		t.Errorf("%d searches, %d units of the day", searches, cost)
	}
	if _, err := a.try(start.Add(24*time.Hour + time.Minute)); err != nil {
		t.Errorf("the next day: %v", err)
	}
}

// What is held is asked for again within the time that the terms allow, fifty
// a call; what has gone is flagged once, what was edited is listed.
func TestYouTubeRefresh(t *testing.T) {
	p := newTube(t)
	p.videos["v"], p.videos["w"] = "Họp báo", "Bản tin"
	l := listen(t, p, YouTubeOptions{Videos: []string{"v", "w"}})
	for i := range 120 {
		p.say("v", fmt.Sprint("c", i), "ý kiến")
	}
	if n := len(l.look(now)); n != 122 {
		t.Fatalf("%d listed", n)
	}
	p.comments["v"] = nil // nothing is listed any more: only a refresh can tell
	delete(p.texts, "c7")
	delete(p.videos, "w")
	p.texts["c9"] = "ý kiến đã sửa"
	told := map[string]time.Duration{}
	asked := 0
	for at := now.Add(10 * time.Minute); at.Before(now.Add(40 * 24 * time.Hour)); at = at.Add(time.Hour) {
		if at.Sub(now)%(48*time.Hour) == 10*time.Minute {
			l.restart()
		}
		for _, it := range l.look(at) {
			if _, twice := told[it.PostID]; twice || it.Removed != (it.PostID != "c9") || it.First.IsZero() {
				t.Errorf("%s: %+v", at, it)
			}
			told[it.PostID] = at.Sub(now)
			if it.Removed && it.Since.IsZero() {
				t.Errorf("nobody knows where %s is archived", it.PostID)
			}
		}
		for _, call := range p.calls {
			if ids, ok := strings.CutPrefix(call, "comments "); ok {
				asked++
				if n := len(strings.Split(ids, ",")); n > 50 {
					t.Fatalf("%d ids in one call", n)
				}
			}
		}
	}
	if len(told) != 3 || told["c7"] == 0 || told["c9"] == 0 || told["w"] == 0 || told["c7"] > 7*24*time.Hour || told["c9"] > 7*24*time.Hour {
		t.Errorf("told %v", told)
	}
	if asked < 7*3 || asked > 8*4 {
		t.Errorf("%d calls for 120 comments, every five days for forty", asked)
	}
}

// What the unit no longer keeps is no longer asked for.
func TestYouTubeRefreshEndsWithRetention(t *testing.T) {
	p := newTube(t)
	p.say("v", "c", "a")
	l := listen(t, p, YouTubeOptions{Videos: []string{"v"}})
	l.keep = 12 * 24 * time.Hour
	l.want(now, "c")
	p.comments["v"] = nil
	asked := 0
	for at := now.Add(time.Hour); at.Before(now.Add(60 * 24 * time.Hour)); at = at.Add(12 * time.Hour) {
		l.want(at, "")
		asked += strings.Count(strings.Join(p.calls, ";"), "comments c")
	}
	keys, err := l.state.Keys(t.Context())
	if err != nil || asked == 0 || asked > 3 || slices.ContainsFunc(keys, func(k string) bool { return strings.Contains(k, "held") }) {
		t.Errorf("asked %d times, keys %v, %v", asked, keys, err)
	}
}

func TestShelvesFillOneAfterTheOther(t *testing.T) {
	state, err := stream.NewMemory().Bucket(t.Context(), stream.BucketState)
	if err != nil {
		t.Fatal(err)
	}
	s := shelves{state, "x"}
	var list []held
	for i := range shelfLines + 10 {
		list = append(list, held{now, now, uint64(i), "video0123456", fmt.Sprintf("Ugx%023d.%022d", i, i)})
	}
	if err := s.put(t.Context(), list, now); err != nil {
		t.Fatal(err)
	}
	keys, _ := state.Keys(t.Context())
	e, err := state.Get(t.Context(), keys[0])
	if err != nil || len(keys) != 2 || len(e.Value) > 512<<10 {
		t.Fatalf("%v, %d bytes, %v", keys, len(e.Value), err)
	}
	n := 0
	if err := s.all(t.Context(), func(held) { n++ }); err != nil || n != len(list) {
		t.Errorf("%d of %d, %v", n, len(list), err)
	}
	if key, _, err := s.oldest(t.Context(), refreshAfter, now.Add(refreshAfter+24*time.Hour)); err != nil || key != keys[0] {
		t.Errorf("oldest %q, %v", key, err)
	}
	if key, _, err := s.oldest(t.Context(), refreshAfter, now); err != nil || key != "" {
		t.Errorf("oldest %q, %v", key, err)
	}
	for _, key := range keys {
		if err := s.drop(t.Context(), key, list); err != nil {
			t.Fatal(err)
		}
	}
	if keys, _ := state.Keys(t.Context()); len(keys) != 0 {
		t.Errorf("left %v", keys)
	}
}

func TestRankAsksWhereMostIsExpected(t *testing.T) {
	videos := []*video{
		{ID: "quiet", Found: now.Add(-72 * time.Hour), Asked: now.Add(-time.Hour)},
		{ID: "lively", Found: now.Add(-72 * time.Hour), Asked: now.Add(-time.Hour), Yield: 40},
		{ID: "new"},
	}
	rank(videos, now)
	if videos[0].ID != "new" || videos[1].ID != "lively" {
		t.Errorf("%s, %s, %s", videos[0].ID, videos[1].ID, videos[2].ID)
	}
}

// Of a lively phrase and two dead ones the lively one has most of the day's
// searches, and none is given up.
func TestSearchesGoWhereTheyTellMost(t *testing.T) {
	probes := probes(nil, []string{"dead", "lively", "silent"})
	count := map[string]int{}
	for at := now; at.Before(now.Add(7 * 24 * time.Hour)); at = at.Add(15 * time.Minute) {
		p := best(probes, at)
		fresh := 0
		if p.Text == "lively" && !p.Asked.IsZero() {
			fresh = int(2 * at.Sub(p.Asked).Hours())
		}
		p.learn(fresh, at)
		count[p.Text]++
	}
	if count["lively"] < 5*count["dead"] || count["dead"] < 7 || count["silent"] < 7 {
		t.Errorf("%v", count)
	}
}
