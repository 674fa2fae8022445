// Package chart draws the desk's pictures as SVG on the server: thin lines,
// the expectation as a band, alerts as flags on the axis, labels beside what
// they name instead of a legend.
//
// It reads numbers and gives markup that is safe to put into a page: every text
// is escaped. Colours are CSS classes of the page, so that the dark variant and
// print need no second drawing. Each drawing has a title for those who cannot
// see it; the table of its numbers is the caller's (TableRows).
//
// Limit: it draws counts over time and rows of bars, nothing else.
package chart

import (
	"fmt"
	"html"
	"html/template"
	"strings"
	"time"

	"github.com/diembao/diembao/viet"
)

// Point is one bar of a timeline.
type Point struct {
	At        time.Time
	Count     int
	Low, High float64 // what this hour or day usually brings; both 0: not known
	Href      string  // the list behind the number
}

// Flag is an alert on the axis.
type Flag struct {
	At    time.Time
	Label string
	Href  string
}

// Timeline is counts over time.
type Timeline struct {
	Title  string // read aloud and shown as the tooltip of the whole
	Unit   string // "tin", "câu chuyện": said after the greatest count
	Usual  string // the label of the band: "thường lệ"
	Daily  bool   // bars are days, not hours
	Points []Point
	Flags  []Flag
}

// The drawing's size in user units; the page scales it to its column.
const (
	width, height = 640.0, 168.0
	left, right   = 8.0, 8.0
	top, bottom   = 22.0, 24.0
)

// SVG draws the timeline. Without points it is empty, and the page says so in
// words.
func (t Timeline) SVG() template.HTML {
	if len(t.Points) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="timeline" viewBox="0 0 %g %g" role="img" aria-label="%s"><title>%s</title>`,
		width, height, html.EscapeString(t.Title), html.EscapeString(t.Title))
	t.band(&b)
	t.bars(&b)
	t.axis(&b)
	t.flags(&b)
	b.WriteString(`</svg>`)
	return template.HTML(b.String()) //nolint:gosec // every text above went through EscapeString
}

// most is the greatest value drawn, at least 4 so that one mention does not
// fill the page.
func (t Timeline) most() float64 {
	most := 4.0
	for _, p := range t.Points {
		most = max(most, float64(p.Count), p.High)
	}
	return most
}

func (t Timeline) step() float64 { return (width - left - right) / float64(len(t.Points)) }

func (t Timeline) x(i int) float64 { return left + float64(i)*t.step() }

func (t Timeline) y(v float64) float64 {
	return height - bottom - v/t.most()*(height-top-bottom)
}

// band draws the expectation as one polygon, up along the high edge and back
// along the low one.
func (t Timeline) band(b *strings.Builder) {
	var upper, lower []string
	last := 0.0
	for i, p := range t.Points {
		if p.High == 0 {
			continue
		}
		x := t.x(i)
		upper = append(upper, pair(x, t.y(p.High)), pair(x+t.step(), t.y(p.High)))
		lower = append(lower, pair(x+t.step(), t.y(p.Low)), pair(x, t.y(p.Low)))
		last = p.High
	}
	if len(upper) == 0 {
		return
	}
	reversed := make([]string, 0, len(lower))
	for i := len(lower) - 2; i >= 0; i -= 2 {
		reversed = append(reversed, lower[i], lower[i+1])
	}
	fmt.Fprintf(b, `<polygon class="band" points="%s %s"/>`, strings.Join(upper, " "), strings.Join(reversed, " "))
	if t.Usual != "" {
		fmt.Fprintf(b, `<text class="say" x="%g" y="%.1f" text-anchor="end">%s</text>`,
			width-right-2, t.y(last)-4, html.EscapeString(t.Usual))
	}
}

func (t Timeline) bars(b *strings.Builder) {
	greatest := 0
	for i, p := range t.Points {
		if p.Count > t.Points[greatest].Count {
			greatest = i
		}
	}
	gap := min(2, t.step()/4)
	for i, p := range t.Points {
		if p.Count == 0 {
			continue
		}
		class := "bar"
		if p.High > 0 && float64(p.Count) > p.High {
			class = "bar over"
		}
		open, shut := anchor(p.Href)
		fmt.Fprintf(b, `%s<rect class="%s" x="%.1f" y="%.1f" width="%.1f" height="%.1f"><title>%s: %s</title></rect>%s`,
			open, class, t.x(i)+gap/2, t.y(float64(p.Count)), t.step()-gap, height-bottom-t.y(float64(p.Count)),
			t.when(p.At), viet.FormatInt(int64(p.Count)), shut)
	}
	if p := t.Points[greatest]; p.Count > 0 {
		x := min(max(t.x(greatest)+t.step()/2, 30), width-30)
		fmt.Fprintf(b, `<text class="say strong" x="%.1f" y="%.1f" text-anchor="middle">%s %s</text>`,
			x, t.y(float64(p.Count))-4, viet.FormatInt(int64(p.Count)), html.EscapeString(t.Unit))
	}
}

func (t Timeline) when(at time.Time) string {
	at = at.In(viet.Zone())
	if t.Daily {
		return at.Format("02/01/2006")
	}
	return at.Format("15:04 02/01")
}

// axis draws the base line and a mark at midnight, or every few hours or days.
func (t Timeline) axis(b *strings.Builder) {
	base := height - bottom
	fmt.Fprintf(b, `<line class="axis" x1="%g" x2="%g" y1="%g" y2="%g"/>`, left, width-right, base, base)
	every := max(1, len(t.Points)/8)
	for i, p := range t.Points {
		at := p.At.In(viet.Zone())
		label, draw := at.Format("02/01"), i%every == 0
		if !t.Daily {
			label, draw = hourLabel(at, len(t.Points))
		}
		if !draw || t.x(i) > width-right-24 {
			continue
		}
		fmt.Fprintf(b, `<line class="tick" x1="%.1f" x2="%.1f" y1="%g" y2="%g"/>`, t.x(i), t.x(i), base, base+4)
		fmt.Fprintf(b, `<text class="mark" x="%.1f" y="%g">%s</text>`, t.x(i)+2, base+16, label)
	}
}

// hourLabel tells whether an hour is marked: every third within two days,
// midnights beyond.
func hourLabel(at time.Time, bars int) (string, bool) {
	switch {
	case at.Hour() == 0:
		return at.Format("02/01"), true
	case bars <= 26:
		return at.Format("15") + "h", at.Hour()%3 == 0
	case bars <= 80:
		return at.Format("15") + "h", at.Hour()%12 == 0
	}
	return "", false
}

func (t Timeline) flags(b *strings.Builder) {
	start, end := t.Points[0].At, t.Points[len(t.Points)-1].At
	for _, f := range t.Flags {
		if f.At.Before(start) || len(t.Points) < 2 {
			continue
		}
		part := float64(f.At.Sub(start)) / float64(end.Sub(start))
		x := min(left+part*(width-left-right-t.step()), width-right-6)
		open, shut := anchor(f.Href)
		fmt.Fprintf(b, `%s<g class="flag"><title>%s</title><line x1="%.1f" x2="%.1f" y1="6" y2="%g"/><path d="M%.1f 4 l9 4 l-9 4 z"/></g>%s`,
			open, html.EscapeString(f.Label), x, x, height-bottom, x, shut)
	}
}

func anchor(href string) (open, shut string) {
	if href == "" {
		return "", ""
	}
	return `<a href="` + html.EscapeString(href) + `">`, `</a>`
}

func pair(x, y float64) string { return fmt.Sprintf("%.1f,%.1f", x, y) }
