package desk

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// What a page of the web says is never markup, script or address here.
func TestTextFromOutsideIsEscaped(t *testing.T) {
	evil := `<script>alert(1)</script><img src=x onerror=alert(2)>"'&`
	engine, err := embedded.Open(t.Context(), ":memory:")
	if err != nil {
		t.Fatal(err)
	}
	defer engine.Close()
	m := newsroomMentions(t, noon())[1]
	m.ID = mention.NewID(mention.Press, "evil", "1")
	m.Text.Title, m.Text.Lead, m.Text.Body, m.Text.Author, m.Text.SourceLine = evil, evil, evil+"\n"+evil, evil, evil
	m.Origin.OutletName, m.Origin.URL = evil, "javascript:alert(3)"
	m.Reading.Places = []mention.Place{{Written: evil, Now: evil}}
	m.Reading.Documents = []mention.Document{{Key: evil}}
	for _, err := range engine.Write(t.Context(), []*mention.Mention{m}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	b := newBench(t, func(o *Options) { o.Searcher = engine; o.Unit = evil })
	for _, path := range []string{"/", "/search?q=script", "/search?q=" + url.QueryEscape(evil), "/mention/" + string(m.ID), "/digest", "/sources"} {
		page := b.get(path, 200)
		for _, bad := range []string{"<script>alert", "<img src=x", `href="javascript:`, "onerror=alert(2)>"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s: %q stands in the page as it came", path, bad)
			}
		}
	}
}

func TestHeadersOfEveryAnswer(t *testing.T) {
	b := newBench(t, nil)
	for _, path := range []string{"/", "/static/desk.css", "/api/v1/alerts", "/nothing"} {
		resp, err := b.client.Get(b.server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		csp := resp.Header.Get("Content-Security-Policy")
		if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", path, csp)
		}
		if resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: may be sniffed", path)
		}
	}
	page := b.get("/", 200)
	if strings.Contains(page, " style=") || strings.Contains(page, " onclick=") {
		t.Error("the page needs inline style or script, which the policy forbids")
	}
}

// The demo signs in whoever sits at this machine, and nobody else: neither
// another machine nor a page elsewhere that makes this browser ask.
func TestDemoIsForThisMachineOnly(t *testing.T) {
	b := newBench(t, nil)
	for name, change := range map[string]func(*http.Request){
		"another machine":     func(r *http.Request) { r.RemoteAddr = "192.0.2.7:4000" },
		"behind a proxy":      func(r *http.Request) { r.Header.Set("X-Forwarded-For", "192.0.2.7") },
		"another name for us": func(r *http.Request) { r.Host = "evil.example" },
	} {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/", nil)
		r.RemoteAddr = "127.0.0.1:4000"
		change(r)
		w := httptest.NewRecorder()
		b.desk.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusForbidden {
			t.Errorf("%s: status %d, want 403", name, w.Code)
		}
	}
}

func TestOtherSitesCannotPost(t *testing.T) {
	b := newBench(t, nil)
	r, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, b.server.URL+"/alerts/x/close", strings.NewReader("note=x"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	r.Header.Set("Origin", "https://evil.example")
	resp, err := b.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("status %d, want 403", resp.StatusCode)
	}
}

// withAccount is a desk that asks for a name and password.
func withAccount(t *testing.T, role Role) *bench {
	b := newBench(t, func(o *Options) { o.Demo = false; o.Tokens = []string{"a-long-token"} })
	acc := Account{Name: "hoa", Display: "Trần Thị Hoà", Role: role}
	if err := b.desk.accounts.Put(t.Context(), "test", acc, "một mật khẩu dài", noon()); err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSignIn(t *testing.T) {
	b := withAccount(t, Reader)
	want(t, b.get("/alerts", 200), "Đăng nhập") // led to the form
	form := url.Values{"name": {"hoa"}, "password": {"sai"}, "next": {"/alerts"}}
	want(t, b.post("/signin", form, 401), "không đúng")
	form.Set("password", "một mật khẩu dài")
	want(t, b.post("/signin", form, 200), "Trần Thị Hoà", "Máy báo khi nào")
	want(t, b.post("/alerts/x/close", url.Values{"note": {"x"}}, 403), "không có quyền")
	if acc := b.desk.accounts.All()[0]; acc.Hash == "" || strings.Contains(acc.Hash, "mật khẩu") {
		t.Errorf("the ledger holds %q for a password", acc.Hash)
	}
	acc := b.desk.accounts.All()[0]
	acc.Disabled = true
	if err := b.desk.accounts.Put(t.Context(), "test", acc, "", noon()); err != nil {
		t.Fatal(err)
	}
	want(t, b.get("/", 200), "Đăng nhập") // at once, not at the next sign-in
}

func TestSignInIsBounded(t *testing.T) {
	b := withAccount(t, Reader)
	last := 0
	for range 7 {
		resp, err := b.client.PostForm(b.server.URL+"/signin", url.Values{"name": {"x"}, "password": {"x"}})
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		last = resp.StatusCode
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the seventh try: status %d, want 429", last)
	}
}

func TestRedirectsStayHere(t *testing.T) {
	for in, want := range map[string]string{"/alerts?x=1": "/alerts?x=1", "//evil.example": "/", `/\evil.example`: "/",
		"https://evil.example": "/", "": "/", "/a\r\nSet-Cookie: x": "/"} {
		if got := localPath(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}

func TestAccountsAreChecked(t *testing.T) {
	_, l := openLedger(t, stream.NewMemory())
	a, err := OpenAccounts(l)
	if err != nil {
		t.Fatal(err)
	}
	for name, acc := range map[string]Account{"a bad name": {Name: "Hoà!", Role: Reader}, "a role that is none": {Name: "hoa", Role: "king"}} {
		if err := a.Put(t.Context(), "test", acc, "đủ dài để dùng", time.Now()); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if err := a.Put(t.Context(), "test", Account{Name: "hoa", Role: Reader}, "ngắn", time.Now()); err == nil {
		t.Error("a short password is taken")
	}
}
