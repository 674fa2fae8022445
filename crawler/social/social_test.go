package social

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

var now = time.Date(2026, 9, 18, 9, 0, 0, 0, time.UTC)

func blank() intake.Item {
	return intake.Item{Kind: mention.Social, Outlet: "yt", Source: "yt-src", Channel: mention.Post, Via: "youtube"}
}

// platform is a simulator: what it answers by path.
type platform struct {
	t      *testing.T
	answer map[string]string // path → body
	status int
	asked  []*http.Request
}

func (p *platform) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Path == "/robots.txt" {
		p.t.Error("robots.txt was asked of an API")
	}
	p.asked = append(p.asked, r)
	body, ok := p.answer[r.URL.Path]
	status := p.status
	if !ok {
		status, body = 404, `{"error":{"message":"no such method"}}`
	}
	if status == 0 {
		status = 200
	}
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func (p *platform) visit(at time.Time) intake.Visit {
	f, err := fetch.New(fetch.Options{UserAgent: "diembao/1 (+https://x.vn)", Transport: p, Delay: time.Nanosecond})
	if err != nil {
		p.t.Fatal(err)
	}
	return intake.Visit{Now: at, Record: &frontier.Record{}, Fetch: f}
}

// A day of visits must not spend more than the day has, nor leave the evening
// with nothing.
func TestQuotaLastsTheDay(t *testing.T) {
	var q Quota
	start := Reset(now)
	searches, units, evening := 0, 0, 0
	for at := start; at.Before(start.Add(24 * time.Hour)); at = at.Add(10 * time.Minute) {
		if q.MaySearch(at) {
			q.Searched(at)
			searches++
		}
		n := q.Units(at, 10*time.Minute)
		q.Spent(at, n)
		units += n
		if at.Sub(start) > 20*time.Hour {
			evening += n
		}
	}
	if searches > SearchesPerDay || searches < 60 {
		t.Errorf("%d searches", searches)
	}
	if units > UnitsPerDay || units < UnitsPerDay*8/10 || evening < units/10 {
		t.Errorf("%d units, %d in the evening", units, evening)
	}
}

func TestPacificMidnight(t *testing.T) {
	for in, want := range map[string]string{
		"2026-07-01T12:00:00Z": "2026-07-02T07:00:00Z", // summer
		"2026-12-01T12:00:00Z": "2026-12-02T08:00:00Z", // winter
		"2026-03-08T09:59:00Z": "2026-03-09T08:00:00Z", // the minute before the change, by the rule of that minute
		"2026-03-08T10:00:00Z": "2026-03-09T07:00:00Z",
		"2026-11-01T08:59:00Z": "2026-11-02T07:00:00Z",
		"2026-11-01T09:00:00Z": "2026-11-02T08:00:00Z",
	} {
		at, _ := time.Parse(time.RFC3339, in)
		if got := Reset(at).UTC().Format(time.RFC3339); got != want {
			t.Errorf("Reset(%s) = %s, want %s", in, got, want)
		}
	}
}

func facebook() *Facebook {
	b := blank()
	b.Outlet, b.Source = "fb", "fb-src"
	return NewFacebook(b, FacebookOptions{Page: "100", Token: "page-token", AppSecret: "app", VerifyToken: "verify", Endpoint: "https://graph.vn/v21.0"})
}

func TestFacebookFeed(t *testing.T) {
	const feed = `{"data":[
	 {"id":"100_1","message":"Thông báo","created_time":"2026-09-17T08:00:00+0000","permalink_url":"https://www.facebook.com/100/posts/1","from":{"id":"100"},
	  "comments":{"data":[{"id":"1_7","message":"Bao giờ ạ?","created_time":"2026-09-17T08:05:00+0000","from":{"id":"u7","name":"A"}},
	                      {"id":"1_8","message":"Trả lời","created_time":1789632360,"parent":{"id":"1_7"}},{"id":"1_9"}]}},
	 {"id":"100_2","created_time":"2026-09-17T09:00:00+0000","comments":[],"from":[]}, 17]}`
	p := &platform{t: t, answer: map[string]string{"/v21.0/100/feed": feed}}
	f, err := facebook().Look(t.Context(), p.visit(now))
	if err != nil || len(f.Items) != 3 || f.Bad != 1 {
		t.Fatalf("%+v, %v", f, err)
	}
	post, comment, reply := f.Items[0], f.Items[1], f.Items[2]
	if post.Channel != mention.Post || comment.Channel != mention.Comment || comment.Parent != post.ID() || reply.Parent != comment.ID() || comment.Author != "u7" {
		t.Errorf("%+v", f.Items)
	}
	if p.asked[0].Header.Get("Authorization") != "Bearer page-token" || strings.Contains(p.asked[0].URL.String(), "page-token") {
		t.Error("the token does not travel in its header alone")
	}
	for _, empty := range []string{`{"data":[]}`, `{}`, `{"data":"[]"}`} {
		p.answer["/v21.0/100/feed"] = empty
		if f, err := facebook().Look(t.Context(), p.visit(now)); err != nil || len(f.Items) != 0 {
			t.Errorf("%s: %+v, %v", empty, f, err)
		}
	}
	p.answer["/v21.0/100/feed"] = `{"error":{"message":"Invalid OAuth access token","code":190}}`
	if _, err := facebook().Look(t.Context(), p.visit(now)); err == nil || !strings.Contains(err.Error(), "OAuth") {
		t.Errorf("a refusal: %v", err)
	}
}

// inbox keeps what a handler handed over.
type inbox struct {
	items []intake.Item
	err   error
}

func (b *inbox) receive(_ context.Context, _ string, items []intake.Item) []error {
	errs := make([]error, len(items))
	for i := range errs {
		errs[i] = b.err
	}
	b.items = append(b.items, items...)
	return errs
}

func post(h http.Handler, body string, header, value string) int {
	r := httptest.NewRequest(http.MethodPost, "/hook", strings.NewReader(body))
	r.Header.Set(header, value)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Code
}

func sign(body, secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(h.Sum(nil))
}

func delivered(value string) string {
	return `{"object":"page","entry":[{"id":"100","time":1789632000,"changes":[{"field":"feed","value":` + value + `}]}]}`
}

func TestFacebookWebhook(t *testing.T) {
	for _, c := range []struct {
		name, value string
		want        int
		check       func(intake.Item) bool
	}{
		{"comment, time as number", `{"item":"comment","verb":"add","comment_id":"1_7","post_id":"100_1","parent_id":"100_1","message":"Bao giờ?","created_time":1789632000,"from":{"id":"u7"}}`, 1,
			func(it intake.Item) bool {
				return it.PostID == "1_7" && it.Parent == mention.NewID(mention.Social, "fb", "100_1") && it.Text.Published.Unix() == 1789632000
			}},
		{"time as text", `{"item":"comment","verb":"add","comment_id":"1_7","message":"x","created_time":"1789632000"}`, 1,
			func(it intake.Item) bool { return it.Text.Published.Unix() == 1789632000 }},
		{"edited", `{"item":"comment","verb":"edited","comment_id":"1_7","message":"y"}`, 1, func(it intake.Item) bool { return it.Text.Body == "y" && !it.Removed }},
		{"removed", `{"item":"comment","verb":"remove","comment_id":"1_7"}`, 1, func(it intake.Item) bool { return it.Removed }},
		{"post", `{"item":"status","verb":"add","post_id":"100_2","message":"Thông báo"}`, 1, func(it intake.Item) bool { return it.Channel == mention.Post }},
		{"reaction", `{"item":"reaction","verb":"add","post_id":"100_2"}`, 0, nil},
		{"hidden", `{"item":"comment","verb":"hide","comment_id":"1_7","message":"z"}`, 0, nil},
		{"picture alone", `{"item":"photo","verb":"add","post_id":"100_3"}`, 0, nil},
		{"odd value", `"text"`, 0, nil},
		{"JSON in a string", `"{\"item\":\"comment\",\"verb\":\"add\",\"comment_id\":\"1_7\",\"message\":\"x\"}"`, 1, func(it intake.Item) bool { return it.PostID == "1_7" }},
		{"nobody in an array", `{"item":"comment","verb":"add","comment_id":"1_7","message":"x","from":[]}`, 1, func(it intake.Item) bool { return it.Author == "" }},
		{"ids as numbers", `{"item":"comment","verb":"edited","comment_id":17,"parent_id":12345678901234567,"message":"x","from":{"id":7}}`, 1,
			func(it intake.Item) bool {
				return it.PostID == "17" && it.Author == "7" && it.Parent == mention.NewID(mention.Social, "fb", "12345678901234567") && !it.Opening
			}},
		{"escaped as the platform does", `{"item":"comment","verb":"add","comment_id":"1_7","message":"b\u1ea3ng gi\u00e1 \u0111\u1ea5t \ud83d\ude21 http:\/\/x.vn"}`, 1,
			func(it intake.Item) bool { return it.Text.Body == "bảng giá đất 😡 http://x.vn" && it.Opening }},
	} {
		var box inbox
		body := delivered(c.value)
		if code := post(facebook().Handler(box.receive), body, "X-Hub-Signature-256", sign(body, "app")); code != 200 {
			t.Errorf("%s: %d", c.name, code)
		}
		if len(box.items) != c.want || c.want > 0 && !c.check(box.items[0]) {
			t.Errorf("%s: %+v", c.name, box.items)
		}
	}
}

func TestFacebookSignature(t *testing.T) {
	var box inbox
	h := facebook().Handler(box.receive)
	body := delivered(`{"item":"comment","verb":"add","comment_id":"1","message":"x"}`)
	for name, signature := range map[string]string{"none": "", "other secret": sign(body, "other"), "old form": "sha1=00",
		"of another body": sign(body+" ", "app"), "no hex": "sha256=zz"} {
		if code := post(h, body, "X-Hub-Signature-256", signature); code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, code)
		}
	}
	if len(box.items) > 0 {
		t.Error("an unsigned delivery was taken")
	}
	if code := post(h, "{", "X-Hub-Signature-256", sign("{", "app")); code != http.StatusBadRequest {
		t.Errorf("broken JSON: %d", code)
	}
	box.err = errors.New("bus is down")
	if code := post(h, body, "X-Hub-Signature-256", sign(body, "app")); code != http.StatusServiceUnavailable {
		t.Errorf("not durable: %d, want 503 so that it is sent again", code)
	}
}

// One delivery may carry several entries of several changes; what is no news
// among them holds up nothing.
func TestFacebookBatch(t *testing.T) {
	var box inbox
	comment := func(id, verb, text string) string {
		return fmt.Sprintf(`{"field":"feed","value":{"item":"comment","verb":%q,"comment_id":%q,"message":%q}}`, verb, id, text)
	}
	body := `{"object":"page","entry":[{"id":"100","time":1789632000,"changes":[` + comment("1", "add", "a") + `,` + comment("1", "edited", "b") + `,{"field":"mention","value":{}},` +
		comment("2", "hide", "c") + `]},{"id":100,"time":"1789632001","changes":[7,` + comment("1", "remove", "") + `]},{"changes":[]},{}]}`
	if code := post(facebook().Handler(box.receive), body, "X-Hub-Signature-256", sign(body, "app")); code != 200 || len(box.items) != 3 {
		t.Fatalf("%d, %+v", code, box.items)
	}
	if a, b, c := box.items[0], box.items[1], box.items[2]; !a.Opening || b.Opening || b.Text.Body != "b" || !c.Removed {
		t.Errorf("%+v", box.items)
	}
}

func TestFacebookHandshake(t *testing.T) {
	h := facebook().Handler(nil)
	for query, want := range map[string]int{
		"hub.mode=subscribe&hub.verify_token=verify&hub.challenge=42": 200,
		"hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=42":  403,
		"hub.mode=unsubscribe&hub.verify_token=verify":                403,
	} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/hook?"+query, nil))
		if w.Code != want || want == 200 && w.Body.String() != "42" {
			t.Errorf("%s: %d %q", query, w.Code, w.Body)
		}
	}
}

func TestZaloWebhook(t *testing.T) {
	b := blank()
	b.Outlet, b.Source = "zl", "zl-src"
	z := NewZalo(b, ZaloOptions{AppID: "77", Secret: "oa"})
	message := func(fields string) string {
		return `{"app_id":"77","event_name":"user_send_text","sender":{"id":"u1"},"user_id_by_app":"ua1",` + fields + `}`
	}
	for _, c := range []struct {
		name, body, stamp string
		want              int
	}{
		{"text, time as text", message(`"timestamp":"1789632000123","message":{"text":"Nhà tôi chưa có nước","msg_id":"m1"}`), "1789632000123", 1},
		{"time as number", message(`"timestamp":1789632000123,"message":{"text":"x","msg_id":"m2"}`), "1789632000123", 1},
		{"picture alone", message(`"timestamp":"1","message":{"msg_id":"m3","attachments":[]}`), "1", 0},
		{"JSON in a string", message(`"timestamp":"1789632000123","message":"{\"text\":\"x\",\"msg_id\":\"m4\"}"`), "1789632000123", 1},
		{"escaped", message(`"timestamp":"1789632000123","message":{"text":"n\u01b0\u1edbc \/","msg_id":"m5","attachments":[]}`), "1789632000123", 1},
		{"no message", message(`"timestamp":"3","message":[]`), "3", 0},
		{"follow", `{"app_id":"77","event_name":"follow","timestamp":"2","follower":{"id":"u"}}`, "2", 0},
	} {
		var box inbox
		code := post(z.Handler(box.receive), c.body, "X-ZEvent-Signature", "mac="+Mac("77", []byte(c.body), c.stamp, "oa"))
		if code != 200 || len(box.items) != c.want {
			t.Errorf("%s: %d, %+v", c.name, code, box.items)
			continue
		}
		if c.want == 1 && (box.items[0].Author != "ua1" || box.items[0].Channel != mention.Message || box.items[0].Text.Published.UnixMilli() != 1789632000123) {
			t.Errorf("%s: %+v", c.name, box.items[0])
		}
	}
	body := message(`"timestamp":"5","message":{"text":"x","msg_id":"m"}`)
	for name, signature := range map[string]string{"none": "", "wrong": "mac=00", "bare": Mac("77", []byte(body), "5", "oa"),
		"other secret": "mac=" + Mac("77", []byte(body), "5", "no")} {
		if code := post(z.Handler((&inbox{}).receive), body, "X-ZEvent-Signature", signature); code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, code)
		}
	}
}

func FuzzFacebookChanges(f *testing.F) {
	f.Add([]byte(delivered(`{"item":"comment","verb":"add","comment_id":1,"message":"x","created_time":"1789632000"}`)))
	f.Add([]byte(`{"object":"page","entry":[{"changes":[{"field":"feed","value":null}]}]}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		items, err := facebook().Changes(body, now)
		for _, it := range items {
			if err != nil || it.PostID == "" || it.Text.Published.After(now.Add(time.Hour)) {
				t.Errorf("%+v, %v", it, err)
			}
		}
	})
}

func TestListsAsTheyAre(t *testing.T) {
	for in, want := range map[string]int{`[1,2]`: 2, `[]`: 0, `null`: 0, `{}`: 0, `"[1]"`: 1, `""`: 0, `7`: 0} {
		var l list
		if err := json.Unmarshal([]byte(in), &l); err != nil || len(l) != want {
			t.Errorf("%s: %d, %v", in, len(l), err)
		}
	}
}
