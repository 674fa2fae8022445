package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/processor"
)

// browser starts Chromium, or skips (fails with REQUIRE_DEPS=1) where there is
// none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("REQUIRE_DEPS") == "1" {
			t.Fatal("chromium: not found")
		}
		t.Skip("chromium: not found")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-quic", true), chromedp.Flag("hide-scrollbars", true),
		chromedp.WSURLReadTimeout(time.Minute))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 6*time.Minute)
	t.Cleanup(stop)
	return ctx
}

// screens takes pictures of pages and watches for what a person would see go
// wrong: errors in the console, and pages wider than the window.
type screens struct {
	t      *testing.T
	ctx    context.Context
	base   string
	folder string
}

func (s *screens) listen() {
	err := chromedp.Listen(s.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			s.t.Errorf("script: %s", e.ExceptionDetails.Text)
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				s.t.Errorf("console: %s %s", e.Entry.Text, e.Entry.URL)
			}
		}
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *screens) take(name, path, lang string, width int64) {
	s.t.Helper()
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	view := chromedp.EmulateViewport(width, 900)
	if width < 500 {
		view = chromedp.EmulateViewport(width, 900, chromedp.EmulateMobile)
	}
	err := chromedp.Do(s.ctx, view, chromedp.Navigate(s.base+path+sep+"lang="+lang), chromedp.WaitVisible(chromedp.CSS("main")))
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	wide, err := chromedp.Run(s.ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	picture, err := chromedp.Run(s.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		s.t.Fatalf("%s: %v", name, err)
	}
	if wide > width {
		s.t.Errorf("%s: the page is %d wide in a window of %d", name, wide, width)
	}
	if err := os.WriteFile(filepath.Join(s.folder, name+".png"), picture, 0o644); err != nil {
		s.t.Fatal(err)
	}
}

// Pictures of every page in both languages and at 360 px; SCREENS names the
// folder that keeps them. Then the main actions, clicked as a person would.
func TestScreens(t *testing.T) {
	ctx := browser(t)
	a, press := startDemo(t, t.TempDir(), time.Hour, processor.CarefulOff)
	defer a.Stop()
	all := press.there(time.Now())
	eventually(t, 3*time.Minute, "every published item is in the index", func() bool { return a.indexed(t) == all })
	var alerts desk.AlertsBody
	eventually(t, time.Minute, "an open alert", func() bool { a.get(t, "/api/v1/alerts", &alerts); return alerts.Total > 0 })
	var page desk.MentionsBody
	a.get(t, "/api/v1/mentions?policy=bang-gia-dat&kind=press&tone=neg&limit=1", &page)
	s := &screens{t: t, ctx: ctx, base: "http://" + a.Addr(), folder: os.Getenv("SCREENS")}
	if s.folder == "" {
		s.folder = t.TempDir()
	}
	s.listen()
	alert := "/alerts/" + alerts.Items[0].ID
	pages := []struct{ name, path string }{
		{"today", "/"}, {"search", "/search?q=b%E1%BA%A3ng+gi%C3%A1+%C4%91%E1%BA%A5t"}, {"mention", "/mention/" + string(page.Items[0].ID)},
		{"alerts", "/alerts"}, {"alert", alert}, {"digest", "/digest"}, {"sources", "/sources"}, {"outbox", "/outbox"},
	}
	for _, p := range pages {
		for _, lang := range []string{"vi", "en"} {
			s.take(fmt.Sprintf("%s-%s", p.name, lang), p.path, lang, 1280)
		}
		s.take(p.name+"-360", p.path, "vi", 360)
	}
	s.walk(alert)
}

// walk takes an alert, closes it and corrects a reading, with the keyboard and
// the mouse.
func (s *screens) walk(alert string) {
	s.do(
		chromedp.EmulateViewport(1280, 900),
		chromedp.Navigate(s.base+alert+"?lang=vi"),
		chromedp.SendKeys(chromedp.CSS("#note1"), "Phòng báo chí đang xác minh"),
		chromedp.Click(chromedp.CSS(`form[action$="acknowledge"] button`)),
		chromedp.WaitVisible(chromedp.CSS("p.note[role=status]")),
	)
	s.says("Đã ghi: anh/chị nhận việc này", "đã nhận việc", "Phòng báo chí đang xác minh")
	s.do(
		chromedp.SendKeys(chromedp.CSS("#note2"), "Đã phát ngôn trên cổng"),
		chromedp.Click(chromedp.CSS(`form[action$="close"] button`)),
		chromedp.WaitVisible(chromedp.CSS(`form[action$="reopen"]`)),
	)
	s.says("Đã đóng cảnh báo", "Đã phát ngôn trên cổng")
	s.do(chromedp.KeyEvent("?"), chromedp.WaitVisible(chromedp.CSS("#keys")))
}

func (s *screens) do(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	if err := chromedp.Do(s.ctx, steps...); err != nil {
		s.t.Fatalf("walk: %v", err)
	}
}

// says fails unless the page shows each of the words.
func (s *screens) says(words ...string) {
	s.t.Helper()
	text, err := chromedp.Run(s.ctx, chromedp.Text(chromedp.CSS("main")))
	if err != nil {
		s.t.Fatalf("walk: %v", err)
	}
	for _, w := range words {
		if !strings.Contains(text, w) {
			s.t.Errorf("the alert's page lacks %q:\n%s", w, text)
		}
	}
}
