package notify

import (
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/watch"
)

func silentSource() watch.Ill {
	at := time.Date(2026, 9, 18, 1, 0, 0, 0, time.UTC)
	return watch.Ill{ID: "bao-a", Name: "Báo A", Via: "feed", State: mention.SourceSilent, Since: at, Newest: at.Add(-2 * time.Hour), Usual: 3600,
		Problem: "Không có bài mới lâu hơn hai lần thường lệ."}
}

func write(t *testing.T, o watch.Outage) Letter {
	t.Helper()
	l, err := Write(watch.Message{ID: "sources:1", Change: watch.ChangeOutage, Outage: &o}, "https://desk.example/")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestLettersOfSources(t *testing.T) {
	heard := time.Date(2026, 9, 18, 2, 10, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		outage  watch.Outage
		subject string
		text    string
	}{
		"down": {watch.Outage{Of: 41, Down: []watch.Ill{silentSource()}}, "[Nguồn] 1 nguồn cần xem: Báo A", `1 trong 41 nguồn cần người xem.

Cần xem:
- Báo A (bao-a): im lặng từ 08:00 18/09/2026. Không có bài mới lâu hơn hai lần thường lệ. Bài mới gần nhất: 06:00 18/09/2026. Thường lệ cách nhau không quá 60 phút.

Trang Nguồn: https://desk.example/sources
`},
		"up": {watch.Outage{Of: 41, Up: []watch.Ill{silentSource()}}, "[Nguồn] Đã ổn: Báo A", `Những nguồn đã báo nay ổn định trở lại.

Đã ổn:
- Báo A (bao-a): hết im lặng. Bài mới gần nhất: 06:00 18/09/2026.

Trang Nguồn: https://desk.example/sources
`},
		"whole": {watch.Outage{Of: 41, Whole: true, Heard: heard}, "[Nguồn] Không nghe được nguồn nào từ 09:10 18/09/2026",
			`Không nguồn nào trong 41 nguồn được nghe từ 09:10 18/09/2026. Hãy xem mạng và tiến trình thu thập; từng nguồn sẽ không báo riêng cho đến khi nghe lại được.

Trang Nguồn: https://desk.example/sources
`},
		"ended": {watch.Outage{Of: 41, Whole: true, Ended: true, Heard: heard}, "[Nguồn] Đã nghe lại được các nguồn",
			`Đợt không nghe được nguồn nào, từ 09:10 18/09/2026, đã hết. Tin trong thời gian ấy được thu thập bù khi nguồn còn giữ.

Trang Nguồn: https://desk.example/sources
`},
	} {
		l := write(t, c.outage)
		if l.Subject != c.subject || l.Text != c.text {
			t.Errorf("%s: subject %q, text\n%s", name, l.Subject, l.Text)
		}
	}
}

// Names and causes come from outside; a long list is cut.
func TestLettersOfSourcesAreHarmless(t *testing.T) {
	evil := silentSource()
	evil.Name, evil.Error = "<script>alert(1)</script>\r\nBcc: ke-xau@example.com", "fetch: "+strings.Repeat("x", 5000)
	o := watch.Outage{Of: 60}
	for range 50 {
		o.Down = append(o.Down, evil)
	}
	l := write(t, o)
	if strings.ContainsAny(l.Subject, "\r\n") || strings.Contains(l.HTML, "<script>") {
		t.Errorf("subject %q", l.Subject)
	}
	if len(l.Text) > 20000 || !strings.Contains(l.Text, "và 30 nguồn khác") || !strings.Contains(l.Subject, "50 nguồn cần xem") {
		t.Errorf("%d bytes, subject %q", len(l.Text), l.Subject)
	}
	for _, line := range strings.Split(l.Text, "\n") {
		if strings.HasPrefix(line, "Bcc") {
			t.Errorf("a line of its own: %q", line)
		}
	}
}

func TestEveryAlarmHasAName(t *testing.T) {
	for _, s := range []mention.SourceState{mention.SourceSilent, mention.SourceFailing, mention.SourceShrinking, mention.SourceClock} {
		if !s.Alarm() || stateName(s) == string(s) {
			t.Errorf("%s has no name", s)
		}
	}
}

func TestChannelsOfSourcesExist(t *testing.T) {
	c := Config{Mails: []MailConfig{{Name: "a", Host: "h", From: "a@b.example", To: []string{"c@d.example"}}}, Sources: []string{"a", "b"}}
	var got []string
	c.Validate(func(path, _ string) { got = append(got, path) })
	if len(got) != 1 || got[0] != "sources[1]" {
		t.Errorf("reported %v", got)
	}
}
