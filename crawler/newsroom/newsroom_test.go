package newsroom

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/mention"
)

func open(t *testing.T, o Options) *Press {
	t.Helper()
	p, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func at(when time.Time) func() time.Time { return func() time.Time { return when } }

func get(t *testing.T, p *Press, url string, header ...string) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("User-Agent", "test/1 (+http://example.org/bot)")
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := p.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

func TestCorpusIsWhole(t *testing.T) {
	p := open(t, Options{})
	items := p.Items()
	if len(items) != 690 {
		t.Fatalf("%d items, want 690", len(items))
	}
	seen := map[mention.ID]string{}
	for i, it := range items {
		if i > 0 && it.Published.Before(items[i-1].Published) {
			t.Errorf("%s comes before the item ahead of it", it.ID)
		}
		id := p.Mention(it.ID)
		if !id.Valid() || seen[id] != "" {
			t.Errorf("%s: mention %q, also of %q", it.ID, id, seen[id])
		}
		seen[id] = it.ID
		for name, ref := range map[string]string{"parent": it.Parent, "copy_of": it.CopyOf, "answers": it.Answers, "corrects": it.Corrects} {
			if _, ok := p.Item(ref); ref != "" && !ok {
				t.Errorf("%s: %s %q is not in the corpus", it.ID, name, ref)
			}
		}
	}
}

// Evidence must stay a verbatim part of its text, wherever the window lies.
func TestEvidenceSurvivesTheShift(t *testing.T) {
	for _, weeks := range []int{0, 1, 10, -30} {
		p := open(t, Options{Start: DayZero().AddDate(0, 0, 7*weeks)})
		for _, it := range p.Items() {
			for _, target := range it.Gold.Targets {
				text := it.Title + "\n" + it.Lead + "\n" + it.Body
				if target.Evidence != "" && !strings.Contains(text, target.Evidence) {
					t.Errorf("%d weeks: %s: evidence %q is not in the text", weeks, it.ID, target.Evidence)
				}
			}
		}
	}
}

func TestShiftDates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Sáng 18/9, UBND", "Sáng 27/11, UBND"},
		{"sáng 18/09. Ảnh", "sáng 27/11. Ảnh"},
		{"từ 16.9 các phường", "từ 25.11 các phường"},
		{"nhận hồ sơ hôm 24-8, hẹn 28-9", "nhận hồ sơ hôm 2-11, hẹn 7-12"},
		{"ngày 10/9/2026, giao", "ngày 19/11/2026, giao"},
		{"hết ngày 31/10/2026", "hết ngày 9/1/2027"},
		{"hai ngày 17 và 18-9, chúng", "hai ngày 26 và 27-11, chúng"},
		{"trưa ngày 26 tháng 9, loa", "trưa ngày 5 tháng 12, loa"},
		// What stays: laws, deadlines, scores, fractions, numbers.
		{"ngày 27/6/2024 của Chính phủ", "ngày 27/6/2024 của Chính phủ"},
		{"từ ngày 1/1/2027", "từ ngày 1/1/2027"},
		{"09/2017/NĐ-CP", "09/2017/NĐ-CP"},
		{"Chỉ thị số 20/CT-TTg ngày 12/8/2025", "Chỉ thị số 20/CT-TTg ngày 12/8/2025"},
		{"thì 9/10 người lớn", "thì 9/10 người lớn"},
		{"tỷ lệ 1/8, lọc", "tỷ lệ 1/8, lọc"},
		{"chấm 7,5/10, đáng tiếc", "chấm 7,5/10, đáng tiếc"},
		{"43/46 trường", "43/46 trường"},
		{"trong tháng 9", "trong tháng 9"},
		{"năm 2026", "năm 2026"},
	} {
		if got := ShiftDates(c.in, 70); got != c.want {
			t.Errorf("ShiftDates(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}

func TestEveryArticleIsServed(t *testing.T) {
	end := DayZero().AddDate(0, 0, 15)
	p := open(t, Options{Now: at(end), Calm: true})
	for _, it := range p.Items() {
		url := p.URL(it)
		if url == "" {
			continue
		}
		want := http.StatusOK
		if _, removed := p.Current(it.ID, end); removed {
			want = http.StatusNotFound
		}
		if p.faces[it.Outlet].Face == FaceRedirect {
			want = http.StatusMovedPermanently
		}
		if resp, _ := get(t, p, url); resp.StatusCode != want {
			t.Errorf("%s: %s: %d, want %d", it.ID, url, resp.StatusCode, want)
		}
	}
}

func TestNothingAppearsEarly(t *testing.T) {
	p := open(t, Options{Now: at(DayZero()), Calm: true})
	for _, it := range p.Items() {
		if url := p.URL(it); url != "" && p.faces[it.Outlet].Face != FaceRedirect {
			if resp, _ := get(t, p, url); resp.StatusCode != http.StatusNotFound {
				t.Fatalf("%s is served before it is published", url)
			}
		}
	}
}

func TestDoorsListWhatIsPublished(t *testing.T) {
	end := DayZero().AddDate(0, 0, 15)
	p := open(t, Options{Now: at(end), Calm: true})
	for door, id := range map[string]string{
		"http://datviethomnay.example/rss/home.rss":                  "S1-dvhn-0314-1",
		"http://tinnhanh24.example/rss/home.rss":                     "S1-tn24-0610-2",
		"http://phapluatdoithuong.example/rss/home.rss":              "S8-pldt-1008-1",
		"http://thanhhoa.portal.example/vi/news/rss/":                "S1-cth-0509-1",
		"http://botaichinh.portal.example/-/asset_publisher/rss":     "BG-cbt-1115-1",
		"http://dothisongsaigon.example/atom.xml":                    "BG-dss-0215-1",
		"http://truyenhinhvungcao.example/api/news":                  "S3-thvn-0320-1",
		"http://baotaybac.example/":                                  "BG-btb-0414-1",
		"http://baoxuthanhmoi.example/":                              "S2-bxt-1007-1",
		"http://laichau.portal.example/hoi-dap/Pages/danh-sach.aspx": "S9-cpl-0209-1",
		"http://hacthanh.portal.example/":                            "S7-phx-0616-2",
		"http://s0042.datviethomnay.example/rss/home.rss":            "S1-dvhn-0314-1",
	} {
		resp, body := get(t, p, door)
		if resp.StatusCode != http.StatusOK || !strings.Contains(body, strings.ToLower(id)) {
			t.Errorf("%s: %d, without %s", door, resp.StatusCode, id)
		}
	}
}

func TestFaultsOfRealSites(t *testing.T) {
	day4 := DayZero().AddDate(0, 0, 4)
	p := open(t, Options{Now: at(day4)})
	feed := "http://datviethomnay.example/rss/home.rss"
	first, _ := get(t, p, feed)
	if again, _ := get(t, p, feed, "If-None-Match", first.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
		t.Errorf("conditional GET: %d, want 304", again.StatusCode)
	}
	if resp, _ := get(t, p, "http://datviethomnay.example/noi-bo/lich-lam-viec.html"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("disallowed page: %d, want 403", resp.StatusCode)
	}
	if resp, _ := get(t, p, feed, "User-Agent", "curl"); resp.StatusCode != http.StatusForbidden {
		t.Errorf("no contact: %d, want 403", resp.StatusCode)
	}
	busy := 0
	for range 60 {
		if resp, _ := get(t, p, "http://truyenhinhvungcao.example/api/news"); resp.StatusCode == http.StatusTooManyRequests {
			busy++
		}
	}
	if busy != 2 {
		t.Errorf("%d answers 429 of 60, want 2", busy)
	}
	if got := p.Stats()["datviethomnay.example"]; got.Refused != 2 || got.NotModified != 1 {
		t.Errorf("stats %+v", got)
	}
}

func TestOutageAbortsTheConnection(t *testing.T) {
	p := open(t, Options{Now: at(DayZero().AddDate(0, 0, 2))})
	req := httptest.NewRequest(http.MethodGet, "http://baoxuthanhmoi.example/", nil)
	if _, err := p.Transport().RoundTrip(req); err == nil {
		t.Error("a dead site answered")
	}
}

func TestEditsAndRemovals(t *testing.T) {
	p := open(t, Options{})
	for _, id := range p.Edited() {
		it, _ := p.Item(id)
		later, removed := p.Current(id, it.Published.Add(72*time.Hour))
		if removed || !strings.HasPrefix(later.Body, it.Body) || later.Body == it.Body {
			t.Errorf("%s: not edited", id)
		}
	}
	if len(p.Edited()) != 4 || len(p.Removed()) != 2 {
		t.Errorf("edited %v, removed %v: a planned item is missing from the corpus", p.Edited(), p.Removed())
	}
}

func TestWindows1258AndNFD(t *testing.T) {
	if got := string(windows1258("Tiếng Việt ở")); got != "Ti\xea\xecng Vi\xea\xf2t \xf5\xd2" {
		t.Errorf("windows-1258: % x", got)
	}
	if got := string(decomposed("ế ệ ợ")); got != "e\u0302\u0301 e\u0323\u0302 o\u031b\u0323" {
		t.Errorf("NFD: %+q", got)
	}
}

func TestSlowPagesOnVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		p := open(t, Options{Now: at(DayZero().AddDate(0, 0, 15))})
		for _, it := range p.Items() {
			if p.slow(p.faces[it.Outlet], it) {
				get(t, p, p.URL(it))
				break
			}
		}
		if took := time.Since(start); took != 3*time.Second {
			t.Errorf("a slow page took %s, want 3s", took)
		}
	})
}

func TestDemoClock(t *testing.T) {
	now := time.Date(2026, 11, 27, 9, 30, 0, 0, time.UTC)
	c := NewDemoClock(now)
	if want := time.Date(2026, 11, 16, 0, 0, 0, 0, zone); !c.Start.Equal(want) {
		t.Fatalf("start %s, want %s", c.Start, want)
	}
	p := open(t, c.Options())
	past, last := 0, c.Opened
	for _, it := range p.Items() {
		switch own := c.Start.Add(time.Duration(it.At) * time.Minute); {
		case !own.After(now):
			past++
			if !it.Published.Equal(own) {
				t.Errorf("%s lost its own time", it.ID)
			}
		case it.Published.Sub(last) != 20*time.Second:
			t.Errorf("%s comes %s after the one before", it.ID, it.Published.Sub(last))
		default:
			last = it.Published
		}
	}
	if past < 300 {
		t.Errorf("only %d items of the past", past)
	}
	if got := len(p.Published(now.Add(time.Minute))); got != past+3 {
		t.Errorf("%d items after a minute, want %d", got, past+3)
	}
}

func TestStartMustBeAMonday(t *testing.T) {
	if _, err := New(Options{Start: DayZero().AddDate(0, 0, 1)}); err == nil {
		t.Error("a Tuesday was accepted")
	}
}
