package intake

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
)

var start = time.Date(2026, 9, 14, 7, 0, 0, 0, time.UTC)

func article(body string) Item {
	return Item{Kind: mention.Press, Outlet: "bao", Source: "bao-rss", Channel: mention.Article, Via: "feed", URL: "http://bao.vn/1",
		Text: mention.Text{Title: "Tiêu đề", Body: body, Author: "Minh Ngọc"}}
}

func open(t *testing.T) (*Intake, *stream.Memory) {
	t.Helper()
	a, err := archive.Open(t.TempDir(), archive.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.Close() })
	bus := stream.NewMemory()
	return &Intake{Bus: bus, Archive: a, AuthorKey: []byte("key"), Mask: func(s string) (string, int) {
		return strings.ReplaceAll(s, "0912345678", "•••"), strings.Count(s, "0912345678")
	}}, bus
}

func published(t *testing.T, bus *stream.Memory) []*mention.Mention {
	t.Helper()
	var out []*mention.Mention
	err := bus.Replay(t.Context(), "mention.found.>", 0, false, func(m stream.Message) error {
		got, err := mention.Decode(m.Data)
		out = append(out, got)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func accept(t *testing.T, in *Intake, it Item, rec *frontier.Record, now time.Time, want Outcome) {
	t.Helper()
	page := &fetch.Page{Status: 200, Body: []byte("<p>" + it.Text.Body + "</p>")}
	if it.Complete {
		page = nil
	}
	if got, err := in.Accept(t.Context(), it, page, rec, now); err != nil || got != want {
		t.Fatalf("%s, %v: want %s", got, err, want)
	}
}

func TestLifeOfAnArticle(t *testing.T) {
	in, bus := open(t)
	rec := &frontier.Record{}
	accept(t, in, article("một"), rec, start, New)
	accept(t, in, article(" một "), rec, start.Add(time.Hour), Same)
	accept(t, in, article("hai"), rec, start.Add(2*time.Hour), Changed)
	gone := article("hai")
	gone.Removed = true
	accept(t, in, gone, rec, start.Add(3*time.Hour), Removed)
	accept(t, in, gone, rec, start.Add(4*time.Hour), Same)
	accept(t, in, article("hai"), rec, start.Add(5*time.Hour), Changed) // put back
	got := published(t, bus)
	if len(got) != 4 {
		t.Fatalf("%d messages", len(got))
	}
	for i, m := range got {
		if m.ID != got[0].ID || i > 0 && m.Revision <= got[i-1].Revision || !m.Origin.Found.Equal(start) || m.Check() != nil {
			t.Errorf("revision %d: %+v", i, m)
		}
	}
	if !got[2].Origin.Removed || got[3].Origin.Removed || got[0].Origin.Page == got[1].Origin.Page || got[0].Text.Author != "Minh Ngọc" {
		t.Errorf("%+v", got)
	}
}

// Two changes within one second still have an order.
func TestRevisionsAlwaysGrow(t *testing.T) {
	in, bus := open(t)
	rec := &frontier.Record{}
	accept(t, in, article("một"), rec, start, New)
	accept(t, in, article("hai"), rec, start, Changed)
	if got := published(t, bus); got[1].Revision != got[0].Revision+1 {
		t.Errorf("revisions %d, %d", got[0].Revision, got[1].Revision)
	}
}

func TestCitizensTextIsMaskedAndAuthorsHashed(t *testing.T) {
	in, bus := open(t)
	it := Item{Kind: mention.Social, Outlet: "fb", Source: "fb", Channel: mention.Comment, Via: "push", PostID: "c1", Author: "Nguyễn A", Complete: true,
		Text: mention.Text{Title: "0912345678", Body: "gọi 0912345678 nhé", Author: "Nguyễn A", Captions: []string{"0912345678"}}}
	accept(t, in, it, &frontier.Record{}, start, New)
	m := published(t, bus)[0]
	if strings.Contains(m.Text.Title+m.Text.Body+m.Text.Captions[0], "0912") || m.Text.Masked != 3 || m.Text.Author != "" || len(m.Origin.AuthorHash) != 32 {
		t.Errorf("%+v %+v", m.Text, m.Origin)
	}
	r, whole, old, err := in.Recall(t.Context(), it)
	if err != nil || !whole || old.Text.Body != m.Text.Body || old.AuthorHash != m.Origin.AuthorHash || strings.Contains(string(r.Body), "Nguyễn") {
		t.Errorf("archived %s, %v", r.Body, err)
	}
}

func TestAuthorHash(t *testing.T) {
	key := []byte("k")
	a := AuthorHash(key, "fb", "Nguyễn A", start)
	if a == "" || a != AuthorHash(key, "fb", "Nguyễn A", start.AddDate(0, 3, 0)) {
		t.Error("the same author is not known again within the year")
	}
	for name, other := range map[string]string{"year": AuthorHash(key, "fb", "Nguyễn A", start.AddDate(1, 0, 0)), "outlet": AuthorHash(key, "yt", "Nguyễn A", start),
		"author": AuthorHash(key, "fb", "Nguyễn B", start), "key": AuthorHash([]byte("x"), "fb", "Nguyễn A", start)} {
		if other == a {
			t.Errorf("another %s gives the same hash", name)
		}
	}
	if AuthorHash(nil, "fb", "A", start) != "" || AuthorHash(key, "fb", "", start) != "" {
		t.Error("a hash without key or author")
	}
}

// deaf is a bus that cannot store.
type deaf struct{ stream.Bus }

func (deaf) Publish(context.Context, stream.Out) (uint64, error) { return 0, errors.New("down") }

// What was not published is not remembered, so that it is fetched again.
func TestNothingIsRememberedThatWasNotPublished(t *testing.T) {
	in, _ := open(t)
	in.Bus = deaf{}
	rec := &frontier.Record{}
	if _, err := in.Accept(t.Context(), article("một"), nil, rec, start); err == nil || len(rec.Pages) > 0 {
		t.Errorf("%+v, %v", rec, err)
	}
}

func TestForgottenCannotBeRecalled(t *testing.T) {
	in, _ := open(t)
	if _, _, _, err := in.Recall(t.Context(), article("")); !errors.Is(err, ErrForgotten) {
		t.Error(err)
	}
	if _, _, _, err := (&Intake{}).Recall(t.Context(), article("")); !errors.Is(err, ErrForgotten) {
		t.Error(err)
	}
}

// A first delivery that comes late undoes neither an edit nor a removal.
func TestLateOpening(t *testing.T) {
	in, bus := open(t)
	rec := &frontier.Record{}
	it := article("bản đầu")
	it.Complete, it.Opening = true, true
	accept(t, in, it, rec, start, New)
	edited := it
	edited.Opening, edited.Text.Body = false, "bản sửa"
	accept(t, in, edited, rec, start.Add(time.Minute), Changed)
	accept(t, in, it, rec, start.Add(2*time.Minute), Same)
	edited.Removed = true
	accept(t, in, edited, rec, start.Add(3*time.Minute), Removed)
	accept(t, in, it, rec, start.Add(4*time.Minute), Same)
	if all := published(t, bus); len(all) != 3 || !all[2].Origin.Removed {
		t.Errorf("%d published", len(all))
	}
}

// A text that has left the archive's memory is found by the hour in which it
// was archived.
func TestRecallOldText(t *testing.T) {
	in, _ := open(t)
	rec := &frontier.Record{}
	it := article("Bà con hỏi bao giờ có sổ.")
	it.URL, it.PostID, it.Complete = "", "c1", true
	accept(t, in, it, rec, start, New)
	gone := it
	gone.Text, gone.PostID = mention.Text{}, "c2" // as if the index did not know it
	if _, _, _, err := in.Recall(t.Context(), gone); !errors.Is(err, ErrForgotten) {
		t.Errorf("a text that nobody archived: %v", err)
	}
	for since, found := range map[time.Time]bool{start: true, start.Add(-time.Hour): true, start.Add(time.Hour): false, start.Add(-3 * time.Hour): false} {
		gone.PostID, gone.Since = "c1", since
		r, err := in.old(t.Context(), gone)
		if found != (err == nil) || found && !strings.Contains(string(r.Body), "bao giờ có sổ") || !found && !errors.Is(err, ErrForgotten) {
			t.Errorf("since %s: %v", since, err)
		}
	}
}
