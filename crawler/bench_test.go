package crawler_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/crawler/newsroom/sources"
	"github.com/diembao/diembao/stream"
)

// copies makes n sources of the fixture press, each on a host of its own. The
// portal that asks for a Crawl-delay is left out: we would wait where bare
// colly does not, and the numbers would be about that.
func copies(n int) []crawler.SourceConfig {
	var polled []crawler.SourceConfig
	for _, s := range sources.List() {
		if s.Via.Polled() && s.Outlet != "cpl" {
			polled = append(polled, s)
		}
	}
	out := make([]crawler.SourceConfig, n)
	for i := range out {
		s := polled[i%len(polled)]
		s.ID = fmt.Sprintf("s%d-%s", i, s.ID)
		s.URL = strings.Replace(s.URL, "http://", fmt.Sprintf("http://s%d.", i), 1)
		s.Every = 10 * time.Minute
		out[i] = s
	}
	return out
}

// after opens the press as it stands after so many days.
func after(b *testing.B, days int) *newsroom.Press {
	b.Helper()
	at := newsroom.DayZero().AddDate(0, 0, days)
	p, err := newsroom.New(newsroom.Options{Calm: true, Now: func() time.Time { return at }})
	if err != nil {
		b.Fatal(err)
	}
	return p
}

// BenchmarkCycle polls many sources of the press in a ten-minute cycle, in real
// time over the bus in memory, and reports memory. DIEMBAO_BENCH_SOURCES
// sets how many (10,000 for `make bench-crawl`); one iteration is one cycle.
func BenchmarkCycle(b *testing.B) {
	n, err := strconv.Atoi(os.Getenv("DIEMBAO_BENCH_SOURCES"))
	if err != nil || n <= 0 {
		b.Skip("bench-crawl: set DIEMBAO_BENCH_SOURCES=10000")
	}
	press := after(b, 1)
	bus := stream.NewMemory()
	c, err := crawler.New(b.Context(), crawler.Options{Bus: bus, Transport: press.Transport(),
		Config: crawler.Config{Contact: sources.Contact, Delay: 100 * time.Millisecond, Sources: copies(n)}})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	done := make(chan error)
	go func() { done <- c.Run(ctx) }()
	for b.Loop() {
		before := c.Progress().Visits.Load()
		for c.Progress().Visits.Load() < before+int64(n) {
			time.Sleep(100 * time.Millisecond)
		}
	}
	b.ReportMetric(float64(c.Requests().Requests.Load())/b.Elapsed().Seconds(), "requests/s")
	b.ReportMetric(float64(resident())/(1<<20), "MB")
	b.ReportMetric(float64(c.Progress().Found.Load()), "mentions")
	stop()
	if err := <-done; err != nil {
		b.Fatal(err)
	}
}

// resident is the process's memory, in bytes; 0 where the system does not say.
func resident() int {
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(data))
	if len(fields) < 2 {
		return 0
	}
	pages, _ := strconv.Atoi(fields[1])
	return pages * os.Getpagesize()
}
