package chart

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/diembao/diembao/viet"
)

// wellFormed fails unless the drawing is XML that closes what it opens.
func wellFormed(t interface{ Fatalf(string, ...any) }, svg string) {
	dec := xml.NewDecoder(strings.NewReader(svg))
	for {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well-formed: %v\n%s", err, svg)
		}
	}
}

func day(hours int, counts ...int) []Point {
	start := time.Date(2026, 11, 20, 0, 0, 0, 0, viet.Zone())
	points := make([]Point, hours)
	for i := range points {
		points[i].At = start.Add(time.Duration(i) * time.Hour)
		if i < len(counts) {
			points[i].Count = counts[i]
		}
	}
	return points
}

func TestTimelineShowsWhatMatters(t *testing.T) {
	points := day(24, 0, 3, 12, 5)
	for i := range points {
		points[i].Low, points[i].High = 1, 4
	}
	points[2].Href = "/search?hour=2&x=1"
	line := Timeline{Title: "Tin hôm nay", Unit: "tin", Usual: "thường lệ", Points: points,
		Flags: []Flag{{At: points[2].At, Label: "khủng hoảng", Href: "/alerts/a"}}}
	svg := string(line.SVG())
	wellFormed(t, svg)
	for what, want := range map[string]string{
		"the greatest count is said": "12 tin", "hours are marked in Vietnamese time": ">03h<",
		"midnight is a date": ">20/11<", "the band is named": "thường lệ",
		"above the band is another class": `class="bar over"`, "the flag opens its alert": `href="/alerts/a"`,
		"a bar opens its list": `href="/search?hour=2&amp;x=1"`, "it has a name for readers": `aria-label="Tin hôm nay"`,
	} {
		if !strings.Contains(svg, want) {
			t.Errorf("%s: no %s in\n%s", what, want, svg)
		}
	}
	if n := strings.Count(svg, `class="bar over"`); n != 2 {
		t.Errorf("bars above the band: got %d, want 2 (12 and 5 above 4)", n)
	}
}

func TestTimelineOfNothing(t *testing.T) {
	if svg := (Timeline{}).SVG(); svg != "" {
		t.Errorf("without points: got %q, want nothing", svg)
	}
	wellFormed(t, string(Timeline{Points: day(24)}.SVG()))
	wellFormed(t, string(Timeline{Points: day(1, 5), Flags: []Flag{{At: day(1)[0].At}}}.SVG()))
}

func TestDaysAreMarkedAsDates(t *testing.T) {
	points := day(30, 4, 1)
	for i := range points {
		points[i].At = points[0].At.AddDate(0, 0, i)
	}
	svg := string(Timeline{Daily: true, Points: points}.SVG())
	if !strings.Contains(svg, "23/11") || !strings.Contains(svg, "20/11/2026: 4") {
		t.Errorf("days: want dates on the axis and in the titles, got\n%s", svg)
	}
}

// Whatever the texts are, the drawing stays well-formed and nothing of them
// becomes markup.
func TestTextsAreEscaped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.ToValidUTF8(rapid.StringMatching(`[<>&"'a-zà-ỹ ]{0,30}`).Draw(t, "text"), "")
		points := day(rapid.IntRange(1, 80).Draw(t, "hours"), rapid.SliceOf(rapid.IntRange(0, 10000)).Draw(t, "counts")...)
		points[0].Href = text
		points[0].High = float64(rapid.IntRange(0, 99).Draw(t, "high"))
		svg := string(Timeline{Title: text, Unit: text, Usual: text, Points: points,
			Flags: []Flag{{At: points[0].At, Label: text, Href: text}}}.SVG())
		wellFormed(t, svg)
		if strings.Contains(svg, "<script") {
			t.Fatalf("text became markup:\n%s", svg)
		}
	})
}

func TestStackAddsUp(t *testing.T) {
	svg := string(Stack("Sắc thái", []Share{{"pos", "có lợi 1", 1}, {"neu", "trung tính", 0}, {"neg", "bất lợi 3", 3}}))
	wellFormed(t, svg)
	for _, want := range []string{`width="25.00"`, `x="25.00"`, `width="75.00"`} {
		if !strings.Contains(svg, want) {
			t.Errorf("no %s in %s", want, svg)
		}
	}
	if strings.Contains(svg, "neu") {
		t.Errorf("a part of no size is drawn: %s", svg)
	}
	if Stack("x", []Share{{"pos", "", 0}}) != "" {
		t.Error("an empty whole is drawn")
	}
}

func TestSparkMarksFailures(t *testing.T) {
	svg := string(Spark("tin mỗi lần hỏi", []int{0, 4, 2}, []bool{true}))
	wellFormed(t, svg)
	if strings.Count(svg, "bar over") != 1 || strings.Count(svg, "<rect") != 3 {
		t.Errorf("want three bars, one of them failed: %s", svg)
	}
	if Spark("x", nil, nil) != "" {
		t.Error("a source without history is drawn")
	}
}
