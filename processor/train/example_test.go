package train

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
)

func TestSplit(t *testing.T) {
	long := strings.Repeat("dài ", 60)
	for _, tt := range []struct {
		text        string
		kind        mention.Kind
		title, body string
	}{
		{"Khánh thành cầu\nSáng nay.", mention.Press, "Khánh thành cầu", "Sáng nay."},
		{"Khánh thành cầu.\nSáng nay.", mention.Press, "", "Khánh thành cầu.\nSáng nay."}, // a sentence
		{"Khánh thành cầu", mention.Press, "", "Khánh thành cầu"},
		{"Chào ad\ncho hỏi", mention.Social, "", "Chào ad\ncho hỏi"}, // citizens write no headlines
		{long + "\nSáng nay.", mention.Press, "", long + "\nSáng nay."},
		{"Một\nhai\nba", mention.Portal, "Một", "hai\nba"},
		{"", mention.Press, "", ""},
	} {
		if title, body := Split(tt.text, tt.kind); title != tt.title || body != tt.body {
			t.Errorf("%q: %q and %q", tt.text, title, body)
		}
	}
}

func TestOrigin(t *testing.T) {
	for _, tt := range []struct {
		kind    mention.Kind
		channel mention.Channel
		want    mention.Origin
	}{
		{"", "", mention.Origin{Kind: mention.Press, Channel: mention.Article}},
		{"", "article", mention.Origin{Kind: mention.Press, Channel: mention.Article}},
		{"", "facebook", mention.Origin{Kind: mention.Social, Channel: mention.Comment}},
		{"", "hotline_note", mention.Origin{Kind: mention.Social, Channel: mention.Comment}},
		{"", "post", mention.Origin{Kind: mention.Social, Channel: mention.Post}},
		{"press", "comment", mention.Origin{Kind: mention.Press, Channel: mention.Comment}},
		{"portal", "", mention.Origin{Kind: mention.Portal, Channel: mention.Article}},
		{"no such kind", "", mention.Origin{Kind: mention.Press, Channel: mention.Article}},
	} {
		if got := Origin(tt.kind, tt.channel, ""); got != tt.want {
			t.Errorf("%q %q: %+v", tt.kind, tt.channel, got)
		}
	}
}

func TestLoadNamesTheFileThatIsMissing(t *testing.T) {
	if _, err := Load("testdata/không-có.jsonl"); err == nil || !strings.Contains(err.Error(), "không-có.jsonl") {
		t.Error(err)
	}
}

func TestDaysOfTheFixturePress(t *testing.T) {
	all, err := Read(strings.NewReader(`{"id":"a","text":"x","at":0}`+"\n"+`{"id":"b","text":"x","at":1441}`+"\n"+`{"id":"c","text":"x"}`), "items")
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"2026-09-14 00:00 +0700", "2026-09-15 00:01 +0700", "0001-01-01 00:00 +0000"} {
		if got := all[i].Text.Published.Format("2006-01-02 15:04 -0700"); got != want {
			t.Errorf("%s: %s, want %s", all[i].ID, got, want)
		}
	}
}

func TestWhatWasWrittenAndWhen(t *testing.T) {
	for source, want := range map[string][2]bool{"press_written": {true, true}, "press_written_2": {true, true}, "items": {false, true}, "comments": {false, false}, "": {false, false}} {
		e := Example{Source: source}
		if e.written() != want[0] || e.ofOurDays() != want[1] {
			t.Errorf("%q: written %v, of our days %v", source, e.written(), e.ofOurDays())
		}
	}
}
