package judge

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
)

func document(t testing.TB) *Document {
	t.Helper()
	l, err := lexicon.Open()
	if err != nil {
		t.Fatal(err)
	}
	return NewDocument(l)
}

var (
	press  = mention.Origin{Kind: mention.Press}
	social = mention.Origin{Kind: mention.Social, Channel: mention.Comment}
)

func TestChatSpellingIsUndoneForCitizens(t *testing.T) {
	d := document(t)
	text := mention.Text{Body: "Hs của e nộp r mà ko ai gq :(("}
	d.Load(social, &text)
	if got := d.Whole(); !strings.Contains(got, "không") || strings.Contains(got, " ko ") || !strings.Contains(got, ":((") {
		t.Errorf("a citizen's text reads %q", got)
	}
	d.Load(press, &text)
	if got := d.Whole(); !strings.Contains(got, " ko ") {
		t.Errorf("the press was respelt: %q", got)
	}
}

func TestDomains(t *testing.T) {
	d := document(t)
	for _, c := range []struct {
		origin mention.Origin
		text   string
		want   Domain
	}{
		{press, "Du thao luat dat dai lay y kien nhan dan", Press},
		{social, "Dự thảo luật lấy ý kiến", Citizen},
		{social, "Du thao luat dat dai lay y kien nhan dan", Bare},
		{social, "ok", Citizen}, // too short to tell
		{mention.Origin{Kind: mention.Portal}, "Trả lời công dân", Press},
	} {
		d.Load(c.origin, &mention.Text{Body: c.text})
		if got := d.Domain(); got != c.want {
			t.Errorf("%s, %q: %s, want %s", c.origin.Kind, c.text, got, c.want)
		}
	}
}

// article is longer than the encoder reads.
func article() mention.Text {
	filler := strings.Repeat("Buổi làm việc diễn ra tại hội trường tầng hai của trụ sở. ", 30)
	return mention.Text{
		Title: "Dân phản đối bảng giá đất mới",
		Lead:  "Nhiều hộ cho rằng mức giá quá cao.",
		Body:  filler + "Bảng giá đất mới khiến dân bức xúc, bà Lan nói. " + filler + "Tỉnh hứa xem lại.",
	}
}

func TestWindowOfALongText(t *testing.T) {
	d := document(t)
	text := article()
	d.Load(press, &text)
	got := d.Whole()
	if len(got) > windowBytes+len(text.Title) {
		t.Errorf("%d bytes for the encoder", len(got))
	}
	for _, want := range []string{text.Title, text.Lead} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not shown", want)
		}
	}
	at := strings.Index(text.Body, "Bảng giá đất mới khiến")
	target := []mention.Span{{Field: "body", Start: at, End: at + len("Bảng giá đất mới")}}
	d.LoadFor(press, &text, target, nil)
	if got := d.About(target); !strings.Contains(got, "bức xúc") || strings.Index(got, "Bảng giá đất mới khiến") < strings.Index(got, text.Title) {
		t.Errorf("about the target: %q", got)
	}
}

func TestWindowOfAShortTextIsAllOfIt(t *testing.T) {
	d := document(t)
	text := mention.Text{Title: "Tin vắn", Body: "Câu một. Câu hai!\nĐoạn hai."}
	d.Load(press, &text)
	if got := d.Whole(); got != "Tin vắn Câu một. Câu hai! Đoạn hai." {
		t.Errorf("%q", got)
	}
}

func TestSentencesBelongToTheTargetTheyName(t *testing.T) {
	d := document(t)
	body := "VNeID rất tiện nhưng chính quyền hai cấp còn chậm. Ai cũng than. VNeID thì ai cũng khen."
	span := func(words string, nth int) mention.Span {
		at := 0
		for ; nth > 0; nth-- {
			at += strings.Index(body[at:], words) + len(words)
		}
		at += strings.Index(body[at:], words)
		return mention.Span{Field: "body", Start: at, End: at + len(words)}
	}
	text := mention.Text{Body: body}
	vneid := []mention.Span{span("VNeID", 0), span("VNeID", 1)}
	twoTiers := []mention.Span{span("chính quyền hai cấp", 0)}

	d.LoadFor(social, &text, vneid, twoTiers)
	if got := d.Whole(); strings.Contains(got, "than") || !strings.Contains(got, "tiện") || !strings.Contains(got, "khen") {
		t.Errorf("about VNeID: %q", got)
	}
	d.LoadFor(social, &text, twoTiers, vneid)
	if got := d.Whole(); strings.Contains(got, "khen") || !strings.Contains(got, "chậm") || !strings.Contains(got, "than") {
		t.Errorf("about the two tiers: %q", got)
	}
	for _, s := range d.sentences {
		if body[s.Start:s.End] == "" || s.End > len(body) {
			t.Errorf("a clause at %d…%d", s.Start, s.End)
		}
	}
}

func TestBodyEndIsRead(t *testing.T) {
	d := document(t)
	text := mention.Text{Body: strings.Repeat("Câu giữa bài. ", 1000) + "Câu kết luận."}
	d.Load(press, &text)
	last := d.sentences[len(d.sentences)-1]
	if text.Body[last.Start:last.End] != "Câu kết luận." {
		t.Errorf("the last sentence read is %q", text.Body[last.Start:last.End])
	}
	if n := len(d.sentences); n > 300 {
		t.Errorf("%d sentences read of a very long text", n)
	}
}

func TestFeaturesKnowTheField(t *testing.T) {
	d := document(t)
	title := featuresOf(d, mention.Text{Title: "Dân bức xúc"})
	body := featuresOf(d, mention.Text{Body: "Dân bức xúc"})
	same := 0
	for h := range title {
		if body[h] {
			same++
		}
	}
	if same == 0 || same == len(title) {
		t.Errorf("%d of %d features of a title are those of a body", same, len(title))
	}
}

func featuresOf(d *Document, text mention.Text) map[uint64]bool {
	var bag classify.Bag
	d.Load(press, &text)
	d.Fill(&bag)
	set := map[uint64]bool{}
	for _, f := range bag.Features() {
		set[f.Hash] = true
	}
	return set
}
