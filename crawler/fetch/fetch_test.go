package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"
)

const agent = "diembao/1 (+https://diembao.example/bot)"

// web is a fake network: what it answers by address, and when it was asked.
type web struct {
	mu     sync.Mutex
	answer func(r *http.Request) (status int, header http.Header, body string)
	robots string
	asked  []time.Time
	urls   []string
	agents []string
}

func (w *web) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	status, header, body := 200, http.Header{}, "page"
	if r.URL.Path == "/robots.txt" {
		body = w.robots
		if body == "" {
			status = 404
		}
		if body == "broken" {
			status = 503
		}
	} else {
		w.asked = append(w.asked, time.Now())
		w.urls = append(w.urls, r.URL.String())
		w.agents = append(w.agents, r.UserAgent())
		if w.answer != nil {
			status, header, body = w.answer(r)
		}
	}
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

func fetcher(t *testing.T, w http.RoundTripper, change func(*Options)) *Fetcher {
	t.Helper()
	o := Options{UserAgent: agent, Transport: w}
	if change != nil {
		change(&o)
	}
	f, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestOneHostHasOnePace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{}
		f := fetcher(t, w, nil)
		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/x"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for i := 1; i < len(w.asked); i++ {
			if gap := w.asked[i].Sub(w.asked[i-1]); gap < DefaultDelay {
				t.Errorf("gap %s, want at least %s", gap, DefaultDelay)
			}
		}
	})
}

func TestHostsDoNotWaitForEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := fetcher(t, &web{}, nil)
		start := time.Now()
		for _, u := range []string{"http://a.vn/", "http://b.vn/", "http://c.vn/"} {
			if _, err := f.Get(t.Context(), Request{URL: u}); err != nil {
				t.Fatal(err)
			}
		}
		// robots.txt comes first, so each host costs one delay.
		if took := time.Since(start); took != 3*DefaultDelay {
			t.Errorf("took %s", took)
		}
	})
}

func TestRobots(t *testing.T) {
	rules := "User-agent: diembao\nDisallow: /secret\nCrawl-delay: 7\n\nUser-agent: *\nDisallow: /\n"
	synctest.Test(t, func(t *testing.T) {
		w := &web{robots: rules}
		f := fetcher(t, w, nil)
		for range 3 {
			if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/open?x=1"}); err != nil {
				t.Fatal(err)
			}
		}
		if gap := w.asked[2].Sub(w.asked[1]); gap != 7*time.Second {
			t.Errorf("crawl-delay: gap %s, want 7s", gap)
		}
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/secret/1"}); !errors.Is(err, ErrRobots) {
			t.Errorf("disallowed page: %v", err)
		}
		// Rules live 24 hours.
		w.robots = "User-agent: *\nDisallow:\n"
		time.Sleep(23 * time.Hour)
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/secret/1"}); !errors.Is(err, ErrRobots) {
			t.Errorf("before 24 h: %v", err)
		}
		time.Sleep(2 * time.Hour)
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/secret/1"}); err != nil {
			t.Errorf("after 24 h: %v", err)
		}
	})
}

func TestUnreadableRobotsForbid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{robots: "broken"}
		f := fetcher(t, w, nil)
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/"}); err == nil || len(w.asked) > 0 {
			t.Fatalf("fetched %v without knowing the rules: %v", w.urls, err)
		}
		w.robots = "User-agent: *\nAllow: /\n"
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/"}); err != nil {
			t.Errorf("after the server has recovered: %v", err)
		}
	})
}

func TestRetryAfterIsHeeded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := true
		w := &web{answer: func(*http.Request) (int, http.Header, string) {
			if first {
				first = false
				return 429, http.Header{"Retry-After": {"20"}}, ""
			}
			return 200, nil, "ok"
		}}
		f := fetcher(t, w, nil)
		_, err := f.Get(t.Context(), Request{URL: "http://a.vn/"})
		var status *StatusError
		if !errors.As(err, &status) || status.Code != 429 || status.RetryAfter != 20*time.Second {
			t.Fatalf("got %v", err)
		}
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/"}); err != nil {
			t.Fatal(err)
		}
		if gap := w.asked[1].Sub(w.asked[0]); gap < 20*time.Second {
			t.Errorf("asked again after %s", gap)
		}
	})
}

func TestLongRetryAfterIsNotWaitedOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{answer: func(*http.Request) (int, http.Header, string) {
			return 503, http.Header{"Retry-After": {"600"}}, ""
		}}
		f := fetcher(t, w, nil)
		f.Get(t.Context(), Request{URL: "http://a.vn/"})
		_, err := f.Get(t.Context(), Request{URL: "http://a.vn/"})
		var held *HeldError
		if !errors.As(err, &held) || time.Until(held.Until) < 9*time.Minute {
			t.Errorf("got %v", err)
		}
	})
}

func TestSlowServerIsCutOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		slow := transportFunc(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/robots.txt" {
				return &http.Response{StatusCode: 404, Body: http.NoBody}, nil
			}
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		f := fetcher(t, slow, func(o *Options) { o.Timeout = 5 * time.Second })
		start := time.Now()
		_, err := f.Get(t.Context(), Request{URL: "http://a.vn/"})
		if !errors.Is(err, context.DeadlineExceeded) || time.Since(start) != 7*time.Second {
			t.Errorf("%v after %s", err, time.Since(start))
		}
	})
}

type transportFunc func(*http.Request) (*http.Response, error)

func (f transportFunc) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestCaps(t *testing.T) {
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	z.Write(bytes.Repeat([]byte{0}, 4<<20))
	z.Close()
	for name, body := range map[string]string{"plain": strings.Repeat("x", 2<<20), "gzip file": bomb.String()} {
		synctest.Test(t, func(t *testing.T) {
			w := &web{answer: func(*http.Request) (int, http.Header, string) { return 200, nil, body }}
			f := fetcher(t, w, func(o *Options) { o.MaxBytes = 1 << 20 })
			if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/sitemap.xml.gz"}); !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s: %v, want ErrTooLarge", name, err)
			}
		})
	}
}

func TestGzipFileIsUnpacked(t *testing.T) {
	var file bytes.Buffer
	z := gzip.NewWriter(&file)
	io.WriteString(z, "<urlset/>")
	z.Close()
	synctest.Test(t, func(t *testing.T) {
		w := &web{answer: func(*http.Request) (int, http.Header, string) { return 200, nil, file.String() }}
		p, err := fetcher(t, w, nil).Get(t.Context(), Request{URL: "http://a.vn/s.xml.gz"})
		if err != nil || string(p.Body) != "<urlset/>" {
			t.Errorf("%q, %v", p.Body, err)
		}
	})
}

func TestConditionalGet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := &web{answer: func(r *http.Request) (int, http.Header, string) {
			if r.Header.Get("If-None-Match") == `"1"` && r.Header.Get("If-Modified-Since") != "" {
				return 304, nil, ""
			}
			return 200, http.Header{"Etag": {`"1"`}}, "x"
		}}
		f := fetcher(t, w, nil)
		p, err := f.Get(t.Context(), Request{URL: "http://a.vn/", ETag: `"1"`, LastModified: "Mon, 14 Sep 2026 00:00:00 GMT"})
		if err != nil || !p.NotModified || f.Counters.NotModified.Load() != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		if w.agents[0] != agent {
			t.Errorf("user agent %q", w.agents[0])
		}
	})
}

func TestRedirects(t *testing.T) {
	redirect := func(to string) func(*http.Request) (int, http.Header, string) {
		return func(r *http.Request) (int, http.Header, string) {
			if r.URL.Path == "/end" {
				return 200, nil, "end"
			}
			return 302, http.Header{"Location": {to}}, ""
		}
	}
	for _, c := range []struct {
		to   string
		want error
	}{
		{"http://b.vn/end", nil},
		{"http://a.vn/", ErrRedirects},
		{"http://127.0.0.1/end", ErrTarget},
		{"http://169.254.169.254/latest/meta-data/", ErrTarget},
		{"http://[::1]/end", ErrTarget},
		{"http://noibo.tinh.vn/end", ErrTarget}, // allowed, but not from outside
		{"file:///etc/passwd", ErrTarget},
	} {
		synctest.Test(t, func(t *testing.T) {
			f := fetcher(t, &web{answer: redirect(c.to)}, func(o *Options) { o.Allow = []string{"noibo.tinh.vn"} })
			p, err := f.Get(t.Context(), Request{URL: "http://a.vn/"})
			if c.want == nil && (err != nil || p.Final != c.to) || c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("to %s: %v, want %v", c.to, err, c.want)
			}
		})
	}
}

func TestGuardTable(t *testing.T) {
	g, err := newGuard(map[string]string{"demo.example": "127.0.0.1:9"}, []string{"intranet.tinh.vn", ".noibo.vn", "10.1.0.0/16"})
	if err != nil {
		t.Fatal(err)
	}
	for raw, ok := range map[string]bool{
		"https://vnexpress.net/": true, "http://8.8.8.8/": true, "http://demo.example/": true, "http://intranet.tinh.vn:9999/": true,
		"http://a.noibo.vn/": true, "http://10.1.2.3/": true, "http://[2400:cb00::1]/": true,
		"http://10.2.0.1/": false, "http://127.0.0.1/": false, "http://127.1/": false, "http://0x7f.0.0.1/": false,
		"http://2130706433/": false, "http://localhost/": false, "http://a.localhost/": false, "http://server/": false,
		"http://metadata.google.internal/": false, "http://printer.local/": false, "http://169.254.169.254/": false,
		"http://100.100.100.200/": false, "http://[::ffff:10.0.0.1]/": false, "http://[fd00:ec2::254]/": false, "http://[fe80::1%25eth0]/": false,
		"http://[64:ff9b::7f00:1]/": false, "http://[2002:7f00:1::]/": false, "http://0.0.0.0/": false, "http://192.168.1.1/": false,
		"ftp://vnexpress.net/": false, "http://user:pass@vnexpress.net/": false, "http:///x": false, "http://vnexpress.net:22/": false,
		"http://224.0.0.1/": false, "http://255.255.255.255/": false,
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		if err := g.check(u); (err == nil) != ok {
			t.Errorf("%s: %v, want allowed=%v", raw, err, ok)
		}
	}
}

// DNS may point a public name at a private address: the check before the
// connection sees it.
func TestAddressIsCheckedAfterDNS(t *testing.T) {
	g, _ := newGuard(nil, nil)
	for address, ok := range map[string]bool{"10.0.0.1:80": false, "[::1]:80": false, "127.0.0.1:80": false, "1.1.1.1:443": true} {
		if err := g.control("tcp", address, nil); (err == nil) != ok {
			t.Errorf("%s: %v", address, err)
		}
	}
	if err := g.checkIP(netip.MustParseAddr("::ffff:127.0.0.1")); !errors.Is(err, ErrTarget) {
		t.Errorf("mapped loopback: %v", err)
	}
}

func TestHostsAreDialledWhereTheyAreMapped(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Host) }))
	defer srv.Close()
	address := strings.TrimPrefix(srv.URL, "http://")
	f := fetcher(t, nil, func(o *Options) { o.Hosts = map[string]string{"bao.example": address}; o.Delay = time.Millisecond })
	defer f.Close()
	p, err := f.Get(t.Context(), Request{URL: "http://bao.example/"})
	if err != nil || string(p.Body) != "bao.example" {
		t.Fatalf("%v, %v", p, err)
	}
	if _, err := f.Get(t.Context(), Request{URL: srv.URL}); !errors.Is(err, ErrTarget) {
		t.Errorf("loopback by address: %v", err)
	}
}

func TestNewRefusesMistakes(t *testing.T) {
	for _, o := range []Options{{UserAgent: "bot"}, {UserAgent: agent, Allow: []string{"10.0.0.0/99"}}, {UserAgent: agent, Allow: []string{""}}} {
		if _, err := New(o); err == nil {
			t.Errorf("%+v was accepted", o)
		}
	}
}

func TestExplainKnowsEveryError(t *testing.T) {
	seen := map[string]bool{}
	for _, err := range []error{ErrTarget, ErrRobots, ErrTooLarge, ErrRedirects, &HeldError{}, &StatusError{Code: 404}, &StatusError{Code: 403},
		&StatusError{Code: 429}, &StatusError{Code: 500}, &StatusError{Code: 418}, context.DeadlineExceeded, io.ErrUnexpectedEOF} {
		text := Explain(err)
		if text == "" || seen[text] {
			t.Errorf("%v: %q is empty or says the same as another", err, text)
		}
		seen[text] = true
	}
	if Explain(nil) != "" || !IsGone(&StatusError{Code: 410}) || IsGone(ErrRobots) {
		t.Error("nil or gone misjudged")
	}
}

func TestARequestHasItsOwnCap(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var zip bytes.Buffer
		z := gzip.NewWriter(&zip)
		io.WriteString(z, strings.Repeat("x", 2<<20))
		z.Close()
		w := &web{answer: func(r *http.Request) (int, http.Header, string) {
			if r.URL.Path == "/s.gz" {
				return 200, nil, zip.String()
			}
			return 200, nil, strings.Repeat("x", 2<<20)
		}}
		f := fetcher(t, w, func(o *Options) { o.MaxBytes = 1 << 20 })
		for _, address := range []string{"http://a.vn/s", "http://a.vn/s.gz"} {
			if p, err := f.Get(t.Context(), Request{URL: address, MaxBytes: 2 << 20}); err != nil || len(p.Body) != 2<<20 {
				t.Errorf("%s with a cap of 2 MiB: %v", address, err)
			}
			if _, err := f.Get(t.Context(), Request{URL: address, MaxBytes: 2<<20 - 1}); !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s with a cap one byte less: %v", address, err)
			}
			if _, err := f.Get(t.Context(), Request{URL: address}); !errors.Is(err, ErrTooLarge) {
				t.Errorf("%s without a cap of its own: %v", address, err)
			}
		}
	})
}

// A reader that takes a fault of the network for the end must not make half a
// document whole.
func TestReadIsGivenTheBodyAsItComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := errors.New("line cut")
		answer := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(broken))
		f := fetcher(t, transportFunc(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == "/robots.txt" {
				return &http.Response{StatusCode: 404, Body: http.NoBody}, nil
			}
			return &http.Response{StatusCode: 200, Body: io.NopCloser(answer), Request: r}, nil
		}), nil)
		var got []byte
		read := func(_ *Page, body io.Reader) error {
			got, _ = io.ReadAll(body)
			return nil
		}
		if p, err := f.Get(t.Context(), Request{URL: "http://a.vn/", Read: read}); !errors.Is(err, broken) || p != nil || string(got) != "half" {
			t.Errorf("%v, %v, read %q", p, err, got)
		}
		answer = strings.NewReader("whole")
		if p, err := f.Get(t.Context(), Request{URL: "http://a.vn/", Read: read}); err != nil || p.Body != nil || string(got) != "whole" {
			t.Errorf("%v, %v, read %q", p, err, got)
		}
		if _, err := f.Get(t.Context(), Request{URL: "http://a.vn/", Read: func(*Page, io.Reader) error { return broken }}); !errors.Is(err, broken) {
			t.Errorf("the reader's own error: %v", err)
		}
	})
}
