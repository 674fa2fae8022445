package crawler

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

// A comment carries how the text begins that it stands under: handed over by
// the source, or looked up in the archive by post id, also through an answer
// to an answer; masked like everything else.
func TestThreads(t *testing.T) {
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	bus := stream.NewMemory()
	c, err := New(t.Context(), Options{Bus: bus, Archive: a, Config: Config{Contact: "https://x.vn", Sources: []SourceConfig{
		{ID: "fb", Outlet: "fb", Kind: mention.Social, Via: ViaPush}}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []string{
		`{"source":"fb","id":"p1","body":"Bảng giá đất mới, hỏi 0912345678"}`,
		`{"source":"fb","id":"c1","parent":"p1","channel":"comment","body":"Tăng thế"}`,
		`{"source":"fb","id":"c2","parent":"c1","channel":"comment","body":"Chịu"}`,
		`{"source":"fb","id":"c3","parent":"p9","channel":"comment","body":"Ai biết"}`,
		`{"source":"fb","id":"c4","parent":"p9","thread":"Hóa đơn điện tử, gọi 0912345678","channel":"comment","body":"Ai biết"}`,
		`{"source":"fb","id":"c5","parent":"` + string(mention.NewID(mention.Social, "fb", "p1")) + `","channel":"comment","body":"Ừ"}`,
		`{"source":"fb","id":"c6","thread":"` + strings.Repeat("dài lắm ", 100) + `","channel":"comment","body":"Ừ"}`,
	} {
		answer := c.Doors().Take(t.Context(), []json.RawMessage{json.RawMessage(row)}, "push", time.Now())
		if answer.Rejected > 0 {
			t.Fatalf("%+v", answer)
		}
	}
	got := map[string]string{}
	err = bus.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
		found, err := mention.Decode(m.Data)
		if err == nil {
			got[found.Origin.PostID] = found.Origin.Thread
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"p1": "", "c1": "Bảng giá đất mới, hỏi", "c2": "Bảng giá đất mới, hỏi", "c3": "", "c4": "Hóa đơn điện tử, gọi", "c5": "", "c6": "dài lắm"} {
		if !strings.HasPrefix(got[id], want) || want == "" && got[id] != "" || strings.Contains(got[id], "0912345678") || len(got[id]) > mention.MaxThread {
			t.Errorf("%s: %q, want %q", id, got[id], want)
		}
	}
}

// A comment under an article is under what the archived page says.
func TestThreadOfAPage(t *testing.T) {
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	c, err := New(t.Context(), Options{Bus: stream.NewMemory(), Archive: a, Config: Config{Contact: "https://x.vn", Sources: []SourceConfig{
		{ID: "bao", Outlet: "bao", Kind: mention.Press, Via: ViaFeed, URL: "https://bao.vn/rss"}, {ID: "fb", Outlet: "fb", Kind: mention.Social, Via: ViaPush}}}})
	if err != nil {
		t.Fatal(err)
	}
	page := `<html><head><title>Dự thảo bảng giá đất</title></head><body><article><h1>Dự thảo bảng giá đất</h1><p>` + strings.Repeat("Tỉnh lấy ý kiến nhân dân về dự thảo. ", 20) + `</p></article></body></html>`
	if _, err := a.Put(t.Context(), archive.Record{Class: "press", Source: "bao", URL: "https://bao.vn/1.html", Fetched: time.Now(), Status: 200,
		Header: map[string][]string{"Content-Type": {"text/html; charset=utf-8"}}, Body: []byte(page)}); err != nil {
		t.Fatal(err)
	}
	it := intake.Item{Kind: mention.Social, Outlet: "fb", Source: "fb", Channel: mention.Comment, Under: "https://bao.vn/1.html"}
	for range 2 { // the second time without the archive
		if got := c.threaded(t.Context(), it); !strings.HasPrefix(got.Thread, "Dự thảo bảng giá đất\n") {
			t.Errorf("%q", got.Thread)
		}
	}
	for _, under := range []string{"https://bao.vn/2.html", "https://la.vn/1.html", "", "x"} {
		if it.Under = under; c.threaded(t.Context(), it).Thread != "" {
			t.Errorf("%q has a thread", under)
		}
	}
}
