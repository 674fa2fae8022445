package desk

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/mention"
)

func span(field string, start, end int) mention.Span {
	return mention.Span{Field: field, Start: start, End: end}
}

func joined(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestSegmentsOverlap(t *testing.T) {
	text := "mức tăng là quá sức"
	got := segments(text, []mark{
		{Span: span("body", 0, len("mức tăng")), class: "policy"},
		{Span: span("body", len("mức "), len(text)), class: "neg", id: "e1"},
	})
	want := []Segment{{Text: "mức ", Class: "policy"}, {Text: "tăng", Class: "policy neg", ID: "e1"}, {Text: " là quá sức", Class: "neg"}}
	if len(got) != len(want) {
		t.Fatalf("got %+v, want %+v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("segment %d: got %+v, want %+v", i, got[i], want[i])
		}
	}
}

// Whatever offsets a reading holds, no letter of the text is lost or doubled,
// and none is cut in two.
func TestSegmentsKeepTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zà-ỹ đĐ\n"<>&]{0,60}`).Draw(t, "text")
		var marks []mark
		for range rapid.IntRange(0, 6).Draw(t, "marks") {
			marks = append(marks, mark{Span: span("body", rapid.IntRange(-3, len(text)+3).Draw(t, "start"),
				rapid.IntRange(-3, len(text)+3).Draw(t, "end")), class: "x"})
		}
		got := segments(text, marks)
		if joined(got) != text {
			t.Fatalf("got %q, want %q", joined(got), text)
		}
		for _, s := range got {
			if strings.ToValidUTF8(s.Text, "?") != s.Text {
				t.Fatalf("a letter is cut: %q", s.Text)
			}
		}
		var all []string
		for _, p := range paragraphs(text, marks) {
			all = append(all, joined(p))
		}
		var want []string
		for line := range strings.SplitSeq(text, "\n") {
			if strings.TrimSpace(line) != "" {
				want = append(want, line)
			}
		}
		if strings.Join(all, "\n") != strings.Join(want, "\n") {
			t.Fatalf("paragraphs: got %q, want %q", all, want)
		}
	})
}

func TestExcerptStandsAroundTheFirstMark(t *testing.T) {
	text := strings.Repeat("đầu bài nói chuyện khác. ", 30) + "người dân phản đối mức giá" + strings.Repeat(" và còn dài nữa.", 30)
	at := strings.Index(text, "phản đối")
	got := excerpt(text, []mark{{Span: span("body", at, at+len("phản đối")), class: "query"}}, 200)
	all := joined(got)
	if !strings.Contains(all, "phản đối mức giá") || !strings.HasPrefix(all, "… ") || !strings.HasSuffix(all, " …") {
		t.Errorf("got %q", all)
	}
	marked := false
	for _, s := range got {
		marked = marked || s.Class == "query" && s.Text == "phản đối"
	}
	if !marked {
		t.Errorf("the mark did not move along: %+v", got)
	}
	if whole := joined(excerpt("ngắn", nil, 200)); whole != "ngắn" {
		t.Errorf("a short text: got %q", whole)
	}
}
