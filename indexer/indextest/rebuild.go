package indextest

import (
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

func testRebuild(t *testing.T, x *index) {
	x.write(Mention("cũ"), Mention("quên", Text("quên", "")))
	if _, err := x.Forget(t.Context(), Mention("quên").ID); err != nil {
		t.Fatal(err)
	}
	err := x.Rebuild(t.Context(), func(write func([]*mention.Mention) error) error {
		if err := write([]*mention.Mention{Mention("một", Copy("s", 1, ""), hours(1)), Mention("quên")}); err != nil {
			return err
		}
		x.finds(query.Request{}, "cũ") // the old one answers until the end
		x.write(Mention("lúc đó", Copy("s", 1, ""), hours(3)))
		x.findsSet(query.Request{}, "cũ", "lúc đó")
		return write([]*mention.Mention{Mention("hai", Text("hai", "đất"), hours(2))})
	})
	if err != nil {
		t.Fatal(err)
	}
	x.finds(query.Request{}, "lúc đó", "hai", "một")
	x.finds(query.Request{Fold: true}, "hai", "một")
	x.write(Mention("sau", hours(4)), Mention("quên"))
	x.finds(query.Request{}, "sau", "lúc đó", "hai", "một")
}

func testFailedRebuild(t *testing.T, x *index) {
	x.write(Mention("cũ"))
	broken := errors.New("the log broke")
	err := x.Rebuild(t.Context(), func(write func([]*mention.Mention) error) error {
		return errors.Join(write([]*mention.Mention{Mention("nửa")}), broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the feed's error", err)
	}
	x.finds(query.Request{}, "cũ")
	x.write(Mention("sau", hours(9)))
	x.finds(query.Request{}, "sau", "cũ")
	if err := x.Rebuild(t.Context(), func(func([]*mention.Mention) error) error { return nil }); err != nil {
		t.Fatalf("the next rebuild: %v", err)
	}
	x.finds(query.Request{})
}

// testConcurrency has several write what overlaps while others read.
func testConcurrency(t *testing.T, x *index) {
	const writers, mentions = 3, 20
	var writing, reading sync.WaitGroup
	done := make(chan struct{})
	for w := range writers {
		writing.Go(func() {
			for i := range mentions {
				m := Mention(fmt.Sprint(i), Text("đất", ""), Copy(fmt.Sprint(i%4), 1, ""), hours(float64(i)),
					Revised(time.Duration(w)*time.Hour))
				for _, err := range x.Write(t.Context(), []*mention.Mention{m}) {
					if err != nil {
						t.Errorf("write: %v", err)
					}
				}
			}
		})
	}
	reading.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			page, err := x.Search(t.Context(), query.Request{Text: "đất", Limit: 1000})
			if err != nil || page.Total != len(page.Hits) {
				t.Errorf("search: total %d, %d hits, %v", page.Total, len(page.Hits), err)
				return
			}
		}
	})
	writing.Wait()
	close(done)
	reading.Wait()
	if page := x.search(query.Request{}); page.Total != mentions {
		t.Errorf("%d mentions, want %d", page.Total, mentions)
	}
	if page := x.search(query.Request{Fold: true}); page.Total != 4 {
		t.Errorf("%d stories, want 4", page.Total)
	}
	for i := range mentions {
		if got, want := x.get(Mention(fmt.Sprint(i)).ID).Mention.Revision, Mention("", Revised((writers-1)*time.Hour)).Revision; got != want {
			t.Errorf("mention %d stands at revision %d, want the newest, %d", i, got, want)
		}
	}
}
