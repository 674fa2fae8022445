package crawler

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/frontier"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Correction reports whether a text is a published correction: NĐ 237/2026
// (Điều 19) prescribes "Thông tin cải chính, xin lỗi". Where there is no title,
// a post begins with it.
func Correction(t mention.Text) bool {
	opening := t.Title
	if opening == "" {
		opening = t.Body
	}
	opening = strings.ToLower(viet.NFC(strings.TrimSpace(opening)))
	for _, with := range []string{"thông tin cải chính", "thông tin đính chính", "cải chính", "đính chính"} {
		if strings.HasPrefix(opening, with) {
			return true
		}
	}
	return false
}

// citation is what a correction says of the text it is about.
type citation struct {
	titles []quotation
	days   []string // yyyy-mm-dd, in the order of the text
}

// quotation is a title in quotation marks; named says that the words before it
// call it one.
type quotation struct {
	text  string
	named bool
}

var (
	quotes   = regexp.MustCompile(`“((?:[^“”]|“[^“”]*”)+)”|"([^"]{8,300})"|«([^«»]{8,300})»`)
	callsIt  = regexp.MustCompile(`(?i)(?:bài(?: viết| báo)?|tin|tiêu đề|nhan đề|tựa(?: đề)?|tít)(?: có)?(?: tiêu đề| tựa đề| nhan đề)?(?: là)?\s*:?\s*$`)
	dayNamed = regexp.MustCompile(`\b(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?\b`)
)

// Fewer syllables than minQuoted are words put in quotation marks, no title;
// more bytes than maxQuoted are somebody's speech.
const (
	minQuoted = 4
	maxQuoted = 400
)

// citedBy reads a correction that was published at a time.
func citedBy(t mention.Text, published time.Time) citation {
	var c citation
	for _, field := range []string{t.Lead, t.Body} {
		for _, at := range quotes.FindAllStringSubmatchIndex(field, -1) {
			for g := 2; g < len(at); g += 2 {
				if at[g] < 0 || at[g+1]-at[g] > maxQuoted || len(words(field[at[g]:at[g+1]])) < minQuoted {
					continue
				}
				before := field[max(0, at[0]-60):at[0]]
				c.titles = append(c.titles, quotation{field[at[g]:at[g+1]], callsIt.MatchString(before)})
			}
		}
		for _, m := range dayNamed.FindAllStringSubmatch(field, -1) {
			if day, ok := dayBefore(m[1], m[2], m[3], published); ok && !slices.Contains(c.days, day) {
				c.days = append(c.days, day)
			}
		}
	}
	return c
}

// dayBefore is the day that a date names; without a year the last such day
// before the text was published.
func dayBefore(day, month, year string, published time.Time) (string, bool) {
	d, _ := strconv.Atoi(day)
	m, _ := strconv.Atoi(month)
	y, _ := strconv.Atoi(year)
	local := published.In(viet.Zone())
	at := time.Date(cmp.Or(y, local.Year()), time.Month(m), d, 0, 0, 0, 0, viet.Zone())
	if y == 0 && at.After(local) {
		at = at.AddDate(-1, 0, 0)
	}
	return at.Format(time.DateOnly), int(at.Month()) == m && at.Day() == d && !at.After(local) && local.Sub(at) < 400*24*time.Hour
}

// words are the syllables of a title, whatever its capitals and marks of
// punctuation.
func words(s string) []string {
	var out []string
	for token := range viet.EachToken(viet.Key(viet.NFC(s))) {
		out = append(out, token.Text)
	}
	return out
}

// alike tells how much a quoted title is that of an article, 0…1: what part of
// the quotation stands in the title, pair by pair, and a little what part of
// the title is quoted, since quotations are cut short.
func alike(said, title []string) float64 {
	a, b := pairs(said), pairs(title)
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	both := 0
	for p := range a {
		if b[p] {
			both++
		}
	}
	return 0.8*float64(both)/float64(len(a)) + 0.2*float64(both)/float64(len(b))
}

func pairs(words []string) map[[2]string]bool {
	out := map[[2]string]bool{}
	for i := 1; i < len(words); i++ {
		out[[2]string{words[i-1], words[i]}] = true
	}
	return out
}

// article is one that a correction may be about.
type article struct {
	id    mention.ID
	title string
	day   string // yyyy-mm-dd of its publishing, "" unknown
}

// What a match is worth by the day the correction names, and without the words
// that call the quotation a title. Set by hand; judged on the fixture press.
const (
	otherDay   = 0.7
	unknownDay = 0.9
	unnamed    = 0.85
	enoughLike = 0.65 // a score from which the best candidate is taken for it
	clearly    = 0.08 // by how much it must be better than the next
)

// choose scores the articles and takes the best for the one that is corrected
// if it is good enough and clearly better than the next.
func (c citation) choose(articles []article) (mention.ID, *mention.Correction) {
	best := map[mention.ID]mention.Candidate{}
	out := &mention.Correction{By: "title", Days: c.days}
	top := 0.0
	for _, q := range c.titles {
		said := words(q.text)
		for _, a := range articles {
			score := alike(said, words(a.title)) * c.weight(q, a)
			if score > best[a.id].Score {
				best[a.id] = mention.Candidate{ID: a.id, Score: score}
			}
			if score > top {
				top, out.Title = score, q.text
			}
		}
	}
	for _, candidate := range best {
		if candidate.Score >= enoughLike/2 {
			out.Candidates = append(out.Candidates, candidate)
		}
	}
	if len(out.Candidates) == 0 {
		return "", nil
	}
	slices.SortFunc(out.Candidates, func(a, b mention.Candidate) int {
		return cmp.Or(-cmp.Compare(a.Score, b.Score), cmp.Compare(a.ID, b.ID))
	})
	out.Candidates = out.Candidates[:min(len(out.Candidates), mention.MaxCandidates)]
	out.Score = out.Candidates[0].Score
	if out.Score < enoughLike || len(out.Candidates) > 1 && out.Score-out.Candidates[1].Score < clearly {
		return "", out
	}
	return out.Candidates[0].ID, out
}

func (c citation) weight(q quotation, a article) float64 {
	w := 1.0
	if !q.named {
		w = unnamed
	}
	switch {
	case len(c.days) == 0 || a.day == "":
		return w * unknownDay
	case !slices.Contains(c.days, a.day):
		return w * otherDay
	}
	return w
}

// correcting gives a new or changed correction the mention it is about. A link
// tells it; otherwise the title that it quotes, the newspaper and the day do,
// among what the archive has.
func (c *Crawler) correcting(ctx context.Context, it intake.Item, rec *frontier.Record, now time.Time) intake.Item {
	if it.Removed || !Correction(it.Text) {
		return it
	}
	if it.Corrects != "" {
		it.Correction = &mention.Correction{By: "link", Score: 1}
		return it
	}
	if p, known := rec.Page(it.Address()); known && p.Text == frontier.TextHash(it.Text.Title, it.Text.Lead, it.Text.Body) {
		return it
	}
	published := it.Text.Published
	if published.IsZero() {
		published = now
	}
	cited := citedBy(it.Text, published)
	if len(cited.titles) == 0 || c.opts.Archive == nil {
		return it
	}
	articles, err := c.articles(ctx, it, cited, published)
	if err != nil && ctx.Err() == nil {
		c.warn(err)
	}
	it.Corrects, it.Correction = cited.choose(articles)
	return it
}

// Bounds of what is looked through for one correction.
const (
	maxDays     = 3
	maxArticles = 2000
	lookBack    = 14 * 24 * time.Hour // without a day
)

var errEnough = errors.New("enough")

// articles lists those of the newspaper that were archived on the days that
// the correction names, or in the two weeks before it.
func (c *Crawler) articles(ctx context.Context, it intake.Item, cited citation, published time.Time) ([]article, error) {
	var out []article
	seen := map[string]bool{}
	for _, s := range c.sources {
		if s.Outlet != it.Outlet {
			continue
		}
		for _, w := range windows(cited.days, published) {
			err := c.opts.Archive.Walk(ctx, s.ID, w[0], w[1], func(e archive.Entry, r archive.Record) error {
				if old, ok := c.reread(e, r); ok && old.ID() != it.ID() && !seen[e.URL] {
					seen[e.URL] = true
					out = append(out, listed(old))
				}
				if len(out) == maxArticles {
					return errEnough
				}
				return nil
			})
			if err != nil && !errors.Is(err, errEnough) {
				return out, err
			}
		}
	}
	return out, nil
}

func listed(it intake.Item) article {
	a := article{id: it.ID(), title: it.Text.Title}
	if a.title == "" {
		a.title = it.Text.Beginning()
	}
	if !it.Text.Published.IsZero() {
		a.day = it.Text.Published.In(viet.Zone()).Format(time.DateOnly)
	}
	return a
}

// windows are the spans of time in which the corrected article was archived.
func windows(days []string, published time.Time) [][2]time.Time {
	var out [][2]time.Time
	for _, day := range days[:min(len(days), maxDays)] {
		if at, err := time.ParseInLocation(time.DateOnly, day, viet.Zone()); err == nil {
			out = append(out, [2]time.Time{at, at.Add(48 * time.Hour)})
		}
	}
	if out == nil {
		out = append(out, [2]time.Time{published.Add(-lookBack), published})
	}
	return out
}
