package notify_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
	"github.com/diembao/diembao/watch/notify/channeltest"
)

// flaky fails so many times, then takes.
type flaky struct {
	mu    sync.Mutex
	fails int
	err   error
	sent  []string
}

func (f *flaky) Name() string { return "thu" }

func (f *flaky) Send(_ context.Context, m watch.Message) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fails > 0 {
		f.fails--
		return f.err
	}
	f.sent = append(f.sent, m.ID)
	return nil
}

func (f *flaky) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.sent)
}

// run starts a notifier over a ledger that has the sample's alert.
func run(t *testing.T, c notify.Channel) (*stream.Memory, *watch.Book) {
	bus := stream.NewMemory()
	l, err := ledger.Open(t.Context(), bus)
	if err != nil {
		t.Fatal(err)
	}
	a := channeltest.Sample().Alert
	data, err := json.Marshal(map[string]any{"alert": a})
	if err != nil {
		t.Fatal(err)
	}
	event := ledger.Event{ID: "1", Entity: "alert", Key: a.ID, Type: watch.ChangeOpened, At: time.Now(), By: "rule:bat-loi", Data: data}
	if _, err := l.Append(t.Context(), event, 0); err != nil {
		t.Fatal(err)
	}
	book := watch.NewBook(l)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() {
		done <- notify.New(notify.Options{Bus: bus, Book: book, Channels: []notify.Channel{c}}).Run(ctx)
	}()
	t.Cleanup(func() {
		stop()
		if err := errors.Join(<-done, l.Close()); err != nil {
			t.Error(err)
		}
	})
	return bus, book
}

func publish(t *testing.T, bus *stream.Memory, channel, id string) {
	data, err := json.Marshal(channeltest.Sample())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := bus.Publish(t.Context(), stream.Out{Subject: watch.NoticeSubject(channel), ID: id, Data: data}); err != nil {
		t.Fatal(err)
	}
}

// A message about sources belongs to no alert: it is tried until it is taken,
// and the ledger hears nothing of it.
func TestAMessageAboutSourcesIsDelivered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &flaky{fails: 2, err: errors.New("weather")}
		bus, book := run(t, c)
		data, err := json.Marshal(watch.Message{ID: "sources:1", Channel: "thu", Change: watch.ChangeOutage, Outage: &watch.Outage{Whole: true, Of: 3}})
		if err == nil {
			_, err = bus.Publish(t.Context(), stream.Out{Subject: watch.NoticeSubject("thu"), ID: "thu:sources:1", Data: data})
		}
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if sent := c.list(); !slices.Equal(sent, []string{"sources:1"}) {
			t.Errorf("sent %v", sent)
		}
		if n := len(book.List()); n != 1 {
			t.Errorf("%d alerts in the ledger, want the sample only", n)
		}
	})
}

func TestAMessageIsDeliveredOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &flaky{fails: 3, err: errors.New("busy")}
		bus, book := run(t, c)
		publish(t, bus, "thu", "first")
		time.Sleep(time.Hour)
		publish(t, bus, "thu", "published again after a crash")
		time.Sleep(time.Hour)
		if len(c.list()) != 1 {
			t.Errorf("sent %q, want once", c.list())
		}
		m := channeltest.Sample()
		a, err := book.Get(m.Alert.ID)
		if err != nil || !book.Delivered(a.ID, "thu", m.ID) || a.Version != 1 {
			t.Errorf("delivered %v, version %d, %v", book.Delivered(a.ID, "thu", m.ID), a.Version, err)
		}
	})
}

func TestWhatCannotBeSentIsDeadAndNothingElseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &flaky{fails: 1, err: stream.Permanent(errors.New("no such user"))}
		bus, _ := run(t, c)
		publish(t, bus, "thu", "refused")
		publish(t, bus, "khong-co", "nobody's")
		publish(t, bus, "thu", "fine")
		time.Sleep(time.Minute)
		if len(c.list()) != 1 {
			t.Errorf("sent %q, want the third", c.list())
		}
		var dead int
		if err := bus.Replay(t.Context(), "dead.>", 0, false, func(stream.Message) error { dead++; return nil }); err != nil || dead != 2 {
			t.Errorf("%d dead letters (%v), want 2", dead, err)
		}
	})
}

func TestValidate(t *testing.T) {
	problems := func(c notify.Config) string {
		var all []string
		c.Validate(func(path, message string) { all = append(all, path+": "+message) })
		return strings.Join(all, "\n")
	}
	good := notify.Config{
		Webhooks: []notify.WebhookConfig{{Name: "soc", URL: "https://soc.example/hook", Secret: secret}},
		Mails:    []notify.MailConfig{{Name: "lanh-dao", Host: "thu.example", From: "a@b.example", To: []string{"c@d.example"}}},
	}
	if got := problems(good); got != "" {
		t.Errorf("a sound configuration: %s", got)
	}
	if channels, err := good.Open(); err != nil || len(channels) != 2 || channels[1].Name() != "lanh-dao" {
		t.Errorf("opened %v, %v", channels, err)
	}
	bad := notify.Config{
		Webhooks: []notify.WebhookConfig{{Name: "outbox", URL: "ftp://x", Secret: "short"}, {Name: "Số"}},
		Mails:    []notify.MailConfig{{Name: "m", TLS: "none", Password: "x", Port: -1, From: "nobody"}, {Name: "m", TLS: "maybe", To: []string{"@"}}},
	}
	got := problems(bad)
	for _, want := range []string{
		"webhooks[0].name", "webhooks[0].url", "webhooks[0].secret", "webhooks[1].name",
		"mails[0].host", "mails[0].port", "mails[0].password", "mails[0].from", "mails[0].to", "mails[1].name", "mails[1].tls", "mails[1].to[0]",
	} {
		if !strings.Contains(got, want+":") {
			t.Errorf("no word on %s:\n%s", want, got)
		}
	}
}

func TestLettersNameLevelAndReason(t *testing.T) {
	for _, c := range []struct {
		change  func(*watch.Message)
		subject string
		text    string
	}{
		{func(m *watch.Message) { m.Alert.Level = watch.Notice }, "[Chú ý]", "(mới)"},
		{func(m *watch.Message) { m.Alert.Level, m.Change = watch.Warning, watch.ChangeRaised }, "[Cảnh báo]", "(tăng mức)"},
		{func(m *watch.Message) { m.Change = watch.ChangeReopened }, "[Khủng hoảng]", "(mở lại)"},
		{func(m *watch.Message) { m.Alert.Measure, m.Alert.Articles = watch.Authority, 2 }, "", "2 bài của các cơ quan báo chí có trọng lượng"},
		{func(m *watch.Message) { m.PolicyName = "Giá\nđất" }, "Giá đất", "https://desk.example/alerts/bat-loi-bang-gia-dat-1"},
	} {
		m := channeltest.Sample()
		c.change(&m)
		l, err := notify.Write(m, "https://desk.example")
		if err != nil || !strings.Contains(l.Subject, c.subject) || !strings.Contains(l.Text, c.text) {
			t.Errorf("want %q and %q, got %q (%v)\n%s", c.subject, c.text, l.Subject, err, l.Text)
		}
	}
}

func ExampleSign() {
	fmt.Println(notify.Sign("mot-khoa-bi-mat-dai", "1758153600", []byte(`{"id":"a"}`))[:16])
	// Output: 4be7edefc8437bfa
}
