// Package channeltest holds every notify.Channel to the same promises. It
// reads and writes only what the channel under test does.
//
// Limit: it sees what the other side received, not what a mail program or a
// receiver's own code makes of it.
package channeltest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
)

// Received is one message as the other side has it.
type Received struct {
	ID      string // what a retry shares with the first try
	Subject string
	Text    string
	HTML    string // "" where the channel carries none
}

// Mode is how the other side behaves.
type Mode int

// The modes.
const (
	Taking   Mode = iota
	Busy          // fails in a way that passes
	Refusing      // says no for good
)

// Side is a channel and its other side.
type Side struct {
	Channel  notify.Channel
	Received func() []Received
	// Behave changes how the other side behaves; nil: it cannot fail.
	Behave func(Mode)
}

// Sample is a message with hostile texts in it.
func Sample() watch.Message {
	begin := time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)
	return watch.Message{
		ID: "bat-loi-bang-gia-dat-1:1:crisis", Channel: "x", Change: watch.ChangeOpened, PolicyName: "Bảng giá đất điều chỉnh",
		Alert: watch.Alert{
			ID: "bat-loi-bang-gia-dat-1", Rule: "bat-loi", Policy: "bang-gia-dat", Level: watch.Crisis, State: watch.Open,
			Evidence: watch.Evidence{
				Measure: watch.Stories, From: begin, To: begin.Add(3 * time.Hour), Stories: 17, Mentions: 96, Reach: 12,
				Expected: 0.05, Ratio: 340, Basis: "theo lịch sử 4 tuần", Missing: []string{"btb"},
			},
		},
		Sources: []watch.Source{
			{ID: mention.ID(strings.Repeat("a", 26)), Title: "<script>alert(1)</script>\r\nBcc: ke-xau@example.com", Outlet: "Tin <b>Nhanh</b>",
				URL: "javascript:alert(1)", When: begin},
			{Title: "Giá đất tăng “gấp 10 lần” & hơn", Outlet: "Đất Việt", URL: "https://datviethomnay.example/a?b=1&c=2", When: begin},
		},
	}
}

// Run holds a channel to the contract; open makes a fresh one.
func Run(t *testing.T, open func(t *testing.T) Side) {
	t.Run("what was sent has arrived", func(t *testing.T) { arrives(t, open(t)) })
	t.Run("a retry can be told as one", func(t *testing.T) { retried(t, open(t)) })
	t.Run("text from the web is harmless", func(t *testing.T) { harmless(t, open(t)) })
	t.Run("a busy side is not at fault", func(t *testing.T) { busy(t, open(t)) })
	t.Run("a refusal is permanent", func(t *testing.T) { refused(t, open(t)) })
	t.Run("an ended context ends it", func(t *testing.T) { ended(t, open(t)) })
}

func arrives(t *testing.T, s Side) {
	if err := s.Channel.Send(t.Context(), Sample()); err != nil {
		t.Fatal(err)
	}
	got := s.Received()
	if len(got) != 1 {
		t.Fatalf("%d messages arrived, want 1", len(got))
	}
	want := "[Khủng hoảng] Bảng giá đất điều chỉnh: 17 tin bất lợi độc lập"
	if got[0].Subject != want {
		t.Errorf("subject %q, want %q", got[0].Subject, want)
	}
	for _, part := range []string{"96 tin kể cả đăng lại", "12 nguồn", "340,0 lần", "18/09/2026", "theo lịch sử 4 tuần", "Chưa nghe được: btb", "Đất Việt"} {
		if !strings.Contains(got[0].Text, part) {
			t.Errorf("the text lacks %q:\n%s", part, got[0].Text)
		}
	}
}

func retried(t *testing.T, s Side) {
	for range 2 {
		if err := s.Channel.Send(t.Context(), Sample()); err != nil {
			t.Fatal(err)
		}
	}
	got := s.Received()
	if got[0].ID == "" || got[0].ID != got[len(got)-1].ID {
		t.Errorf("ids %q and %q of one message", got[0].ID, got[len(got)-1].ID)
	}
	other := Sample()
	other.ID = "bat-loi-bang-gia-dat-1:2:crisis"
	if err := s.Channel.Send(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, g := range s.Received() {
		ids[g.ID] = true
	}
	if len(ids) != 2 {
		t.Errorf("two messages have the ids %v", ids)
	}
}

func harmless(t *testing.T, s Side) {
	if err := s.Channel.Send(t.Context(), Sample()); err != nil {
		t.Fatal(err)
	}
	got := s.Received()[0]
	if strings.Contains(got.HTML, "<script") || strings.Contains(got.HTML, "<b>") || strings.Contains(got.HTML, "javascript:") {
		t.Errorf("hostile markup came through:\n%s", got.HTML)
	}
	if strings.Contains(got.Text, "javascript:") || strings.Contains(got.Text, "\nBcc:") || strings.ContainsAny(got.Subject, "\r\n") {
		t.Errorf("hostile text came through: %q\n%s", got.Subject, got.Text)
	}
}

func busy(t *testing.T, s Side) {
	if s.Behave == nil {
		t.Skip("this side cannot be busy")
	}
	s.Behave(Busy)
	if err := s.Channel.Send(t.Context(), Sample()); err == nil || stream.IsPermanent(err) {
		t.Errorf("error %v, want one worth another try", err)
	}
	s.Behave(Taking)
	if err := s.Channel.Send(t.Context(), Sample()); err != nil {
		t.Errorf("after that: %v", err)
	}
}

func refused(t *testing.T, s Side) {
	if s.Behave == nil {
		t.Skip("this side cannot refuse")
	}
	s.Behave(Refusing)
	if err := s.Channel.Send(t.Context(), Sample()); !stream.IsPermanent(err) {
		t.Errorf("error %v, want a permanent one", err)
	}
	if got := s.Received(); len(got) > 0 {
		t.Errorf("refused, but %d arrived", len(got))
	}
}

func ended(t *testing.T, s Side) {
	if s.Behave == nil {
		t.Skip("this side takes without waiting")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Channel.Send(ctx, Sample()); err == nil || stream.IsPermanent(err) {
		t.Errorf("error %v, want one worth another try", err)
	}
}
