package crawler

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

func good() SourceConfig {
	return SourceConfig{ID: "a", Outlet: "a", Name: "A", Kind: mention.Press, Via: ViaFeed, URL: "https://a.vn/rss"}
}

func TestValidateNamesEveryMistake(t *testing.T) {
	for path, change := range map[string]func(*SourceConfig){
		"id":                  func(s *SourceConfig) { s.ID = "Báo A" },
		"outlet":              func(s *SourceConfig) { s.Outlet = "a.vn" },
		"kind":                func(s *SourceConfig) { s.Kind = "paper" },
		"via":                 func(s *SourceConfig) { s.Via = "rss" },
		"url":                 func(s *SourceConfig) { s.URL = "a.vn/rss" },
		"source_type":         func(s *SourceConfig) { s.SourceType = "blog" },
		"importance":          func(s *SourceConfig) { s.Importance = 6 },
		"every":               func(s *SourceConfig) { s.Every = time.Second },
		"rules.body":          func(s *SourceConfig) { s.Rules = &extract.Rules{Body: "div["} },
		"listing.links":       func(s *SourceConfig) { s.Via = ViaListing },
		"listing.next":        func(s *SourceConfig) { s.Via = ViaListing; s.Listing = &ListingConfig{Links: "a", Next: ">>"} },
		"json.url":            func(s *SourceConfig) { s.Via = ViaJSON },
		"youtube":             func(s *SourceConfig) { s.Via = ViaYouTube },
		"youtube.key":         func(s *SourceConfig) { s.Via = ViaYouTube; s.YouTube = &YouTubeConfig{Videos: []string{"v"}} },
		"facebook":            func(s *SourceConfig) { s.Via = ViaFacebook },
		"facebook.app_secret": func(s *SourceConfig) { s.Via = ViaFacebook; s.Facebook = &FacebookConfig{Page: "1", VerifyToken: "v"} },
		"zalo":                func(s *SourceConfig) { s.Via = ViaZalo },
		"zalo.secret":         func(s *SourceConfig) { s.Via = ViaZalo; s.Zalo = &ZaloConfig{AppID: "1"} },
	} {
		s := good()
		change(&s)
		var got []string
		Config{Contact: "x@y.vn", Sources: []SourceConfig{good(), s}}.Validate(func(p, message string) {
			if strings.HasPrefix(p, "sources[1].") && !strings.Contains(message, " / ") && !strings.Contains(message, " (") {
				t.Errorf("%s: %q is not in both languages", p, message)
			}
			got = append(got, p)
		})
		if !slices.Contains(got, "sources[1]."+path) {
			t.Errorf("%s: reported %v", path, got)
		}
	}
}

func TestValidateTheRest(t *testing.T) {
	var got []string
	Config{Delay: -1, PublicURL: "x", Archive: archive.Config{Retention: map[string]time.Duration{"blog": 1}},
		Sources: []SourceConfig{good(), good()}}.Validate(func(p, _ string) { got = append(got, p) })
	for _, want := range []string{"contact", "delay", "public_url", "archive.retention.blog", "sources[1].id"} {
		if !slices.Contains(got, want) {
			t.Errorf("%s is not reported: %v", want, got)
		}
	}
	Config{Contact: "x@y.vn", Sources: []SourceConfig{good()}}.Validate(func(p, m string) { t.Errorf("a good configuration: %s: %s", p, m) })
}

func TestTypeOf(t *testing.T) {
	for _, c := range []struct {
		kind mention.Kind
		host string
		want string
	}{
		{mention.Portal, "hacthanh.thanhhoa.gov.vn", TypePortal}, {mention.Portal, "moh.gov.vn", TypePortal},
		{mention.Portal, "hochiminhcity.gov.vn", TypePortal}, {mention.Press, "baochinhphu.vn", TypeNewspaper},
		{mention.Portal, "xaydungchinhsach.chinhphu.vn", TypePortal}, {mention.Press, "tuoitre.vn", TypeNewspaper},
		{mention.Social, "www.facebook.com", TypeNetwork}, {mention.Social, "voz.vn", ""}, {mention.Portal, "thanhhoa.dcs.vn", ""},
		{mention.Press, "fakegov.vn", TypeNewspaper}, {mention.Portal, "moh.gov.vn.evil.com", ""},
	} {
		if got := TypeOf(c.kind, c.host); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.kind, c.host, got, c.want)
		}
	}
}

func TestJSONAsItIs(t *testing.T) {
	for _, c := range []struct {
		name, data, path string
		want             int
		fails            bool
	}{
		{"object", `{"data":{"items":[{},{}]}}`, "data.items", 2, false},
		{"bare array", `[{},{},{}]`, "", 3, false},
		{"empty array in place of an object", `{"data":[]}`, "data.items", 0, false},
		{"JSON in a string", `{"Data":"[{\"id\":1}]"}`, "Data", 1, false},
		{"null", `{"data":null}`, "data", 0, false},
		{"nothing there", `{"error":1}`, "data.items", 0, true},
		{"not an array", `{"data":7}`, "data", 0, true},
		{"not JSON", `<html>`, "data", 0, true},
	} {
		got, err := jsonItems([]byte(c.data), c.path)
		if len(got) != c.want || (err != nil) != c.fails {
			t.Errorf("%s: %v, %v", c.name, got, err)
		}
	}
	entry := map[string]any{"a": map[string]any{"b": "x"}, "s": "1"}
	if field(entry, "a.b") != "x" || field(entry, "a.c") != "" || fill("https://a.vn/{s}/{a.b}", entry) != "https://a.vn/1/x" {
		t.Error("fields are not found")
	}
}

func TestMoment(t *testing.T) {
	now := time.Date(2026, 9, 18, 9, 0, 0, 0, time.UTC)
	want := time.Unix(1_789_632_000, 0)
	for _, text := range []string{"1789632000", "1789632000000", want.UTC().Format(time.RFC3339)} {
		if got, ok := moment(text, now); !ok || !got.Equal(want) {
			t.Errorf("%s: %s, %v", text, got, ok)
		}
	}
	for _, text := range []string{"", "7", "4102444800", "chiều nay"} {
		if got, ok := moment(text, now); ok {
			t.Errorf("%q was read as %s", text, got)
		}
	}
}

func TestCorrection(t *testing.T) {
	for title, want := range map[string]bool{
		"Thông tin cải chính, xin lỗi": true, "THÔNG TIN CẢI CHÍNH": true, "Cải chính": true, "Đính chính bài viết": true,
		"Định chính sách thuế mới": false, "Bộ trưởng cải cách chính sách": false, "Thông tin chính thức": false,
	} {
		if Correction(mention.Text{Title: title}) != want || Correction(mention.Text{Body: title}) != want {
			t.Errorf("%q: %v", title, !want)
		}
	}
}

// life plays visits to a source: every gap minutes one that brings n new items.
func life(h *mention.SourceHealth, now time.Time, gap time.Duration, visits int, t tally) time.Time {
	for range visits {
		now = now.Add(gap)
		learn(h, t, now)
		judgeState(h, now)
	}
	return now
}

func TestHealthStates(t *testing.T) {
	start := time.Date(2026, 9, 14, 0, 0, 0, 0, time.UTC)
	var h mention.SourceHealth
	now := life(&h, start, 10*time.Minute, 3, tally{})
	if h.State != mention.SourceNew {
		t.Errorf("nothing yet: %s", h.State)
	}
	now = life(&h, now, time.Hour, 10, tally{New: 2})
	if h.State != mention.SourceGood || h.UsualGap != 3600 {
		t.Errorf("hourly news: %s, usual gap %d", h.State, h.UsualGap)
	}
	// Silent: the alarm comes within twice the usual gap.
	silent := now
	for h.State == mention.SourceGood {
		now = life(&h, now, 10*time.Minute, 1, tally{})
	}
	if h.State != mention.SourceSilent || now.Sub(silent) > 2*time.Hour {
		t.Errorf("%s after %s of silence", h.State, now.Sub(silent))
	}
	now = life(&h, now, 10*time.Minute, 1, tally{New: 1})
	if h.State != mention.SourceGood {
		t.Errorf("heard again: %s", h.State)
	}
	// Failing, and back; one failure is no alarm.
	now = life(&h, now, 10*time.Minute, 1, tally{Err: errors.New("x")})
	if h.State != mention.SourceGood {
		t.Errorf("one failure: %s", h.State)
	}
	now = life(&h, now, 10*time.Minute, 1, tally{Err: errors.New("x")})
	if h.State != mention.SourceFailing || h.Problem == "" || h.LastError != "x" {
		t.Errorf("two failures: %+v", h)
	}
	now = life(&h, now, 10*time.Minute, 1, tally{New: 1})
	if h.State != mention.SourceGood || h.Problem != "" {
		t.Errorf("recovered: %s %q", h.State, h.Problem)
	}
	shrunk := h
	life(&shrunk, now, 10*time.Minute, 40, tally{New: 1, Empty: 3})
	if shrunk.State != mention.SourceShrinking {
		t.Errorf("pages without text: %s", shrunk.State)
	}
	life(&h, now, 10*time.Minute, 40, tally{New: 2, Undated: 2})
	if h.State != mention.SourceClock {
		t.Errorf("items without time: %s", h.State)
	}
	if len(h.Hours) > maxHours || len(h.Gaps) > maxGaps {
		t.Errorf("%d hours, %d gaps kept", len(h.Hours), len(h.Gaps))
	}
}

func TestEveryAlarmIsExplained(t *testing.T) {
	for _, err := range []error{errLost, errors.New("x")} {
		if explain(err) == "" {
			t.Errorf("%v is not explained", err)
		}
	}
}

func TestOldestFirst(t *testing.T) {
	at := func(n int) mention.Text { return mention.Text{Published: time.Unix(int64(n), 0)} }
	got := oldestFirst([]intake.Item{{URL: "c", Text: at(3)}, {URL: "b", Text: at(2)}, {URL: "b2", Text: at(2)}, {URL: "a", Text: at(1)}})
	var order []string
	for _, it := range got {
		order = append(order, it.URL)
	}
	if strings.Join(order, " ") != "a b2 b c" {
		t.Errorf("order %v", order)
	}
}

// An address that the archive does not know may still come from another
// machine, if there is a bucket and the page is young.
func TestLookAgain(t *testing.T) {
	b, err := archive.NewBucket(archive.BucketConfig{Endpoint: "http://s3.example", Name: "kho"}, archive.Keys{Access: "a", Secret: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		bucket *archive.Bucket
		age    time.Duration
		again  bool
	}{{nil, time.Minute, false}, {b, time.Minute, true}, {b, 3 * time.Hour, true}, {b, 24 * time.Hour, false}} {
		keep, err := archive.Open(t.TempDir(), archive.Options{Bucket: c.bucket})
		if err != nil {
			t.Fatal(err)
		}
		v := &look{c: &Crawler{opts: Options{Archive: keep}}}
		next := v.lookAgain(frontier.Page{Found: time.Now().Add(-c.age)})
		if next.IsZero() == c.again || c.again && next.Before(time.Now().Add(time.Hour)) {
			t.Errorf("bucket %v, found %s ago: again at %v", c.bucket != nil, c.age, next)
		}
	}
}
