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

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
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
	chromedp.ListenTarget(s.ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			s.t.Errorf("script: %s", e.ExceptionDetails.Error())
		case *log.EventEntryAdded:
			if e.Entry.Level == log.LevelError {
				s.t.Errorf("console: %s %s", e.Entry.Text, e.Entry.URL)
			}
		}
	})
}

func (s *screens) take(name, path, lang string, width int64) {
	s.t.Helper()
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	var picture []byte
	var wide int64
	err := chromedp.Run(s.ctx,
		emulation.SetDeviceMetricsOverride(width, 900, 1, width < 500),
		chromedp.Navigate(s.base+path+sep+"lang="+lang),
		chromedp.WaitVisible("main", chromedp.ByQuery),
		chromedp.Evaluate("document.documentElement.scrollWidth", &wide),
		chromedp.FullScreenshot(&picture, 90),
	)
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
	all := len(press.press.Published(time.Now()))
	eventually(t, 3*time.Minute, "every published item is in the index", func() bool { return a.indexed(t) == all })
	var alerts desk.AlertsBody
	eventually(t, time.Minute, "an open alert", func() bool { a.get(t, "/api/v1/alerts", &alerts); return alerts.Total > 0 })
	var page desk.MentionsBody
	a.get(t, "/api/v1/mentions?policy=bang-gia-dat&kind=press&tone=neg&limit=1", &page)
	s := &screens{t: t, ctx: ctx, base: "http://" + a.Addr(), folder: os.Getenv("SCREENS")}
	if s.folder == "" {
		s.folder = t.TempDir()
	}
	if err := chromedp.Run(ctx, network.Enable(), log.Enable(), runtime.Enable()); err != nil {
		t.Fatal(err)
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
	var state, note string
	err := chromedp.Run(s.ctx,
		emulation.SetDeviceMetricsOverride(1280, 900, 1, false),
		chromedp.Navigate(s.base+alert+"?lang=vi"),
		chromedp.SendKeys("#note1", "Phòng báo chí đang xác minh", chromedp.ByID),
		chromedp.Click(`form[action$="acknowledge"] button`, chromedp.ByQuery),
		chromedp.WaitVisible(`//*[contains(text(), "anh/chị nhận việc")]`),
		chromedp.Text("main", &state, chromedp.ByQuery),
		chromedp.SendKeys("#note2", "Đã phát ngôn trên cổng", chromedp.ByID),
		chromedp.Click(`form[action$="close"] button`, chromedp.ByQuery),
		chromedp.WaitVisible(`//*[contains(text(), "Đã đóng cảnh báo")]`),
		chromedp.Text("main", &note, chromedp.ByQuery),
		chromedp.KeyEvent("?"),
		chromedp.WaitVisible("#keys", chromedp.ByID),
	)
	if err != nil {
		s.t.Fatalf("walk: %v", err)
	}
	if !strings.Contains(state, "đã nhận việc") || !strings.Contains(note, "Đã phát ngôn trên cổng") {
		s.t.Errorf("the alert's page does not tell what was done:\n%s", note)
	}
}
