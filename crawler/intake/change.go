package intake

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Compare gives what changed from one text to another, or nil where nothing
// did but what readers would not call a change: spaces, the shapes of quotes
// and dashes, counters, links to other articles.
func Compare(before, after mention.Text) *mention.Change {
	old, fresh := sentences(before), sentences(after)
	removed, added := without(old, fresh), without(fresh, old)
	if len(removed)+len(added) == 0 {
		return nil
	}
	c := &mention.Change{Figures: figures(removed, added)}
	c.Removed, c.More = bounded(removed, 0)
	c.Added, c.More = bounded(added, c.More)
	return c
}

// sentences lists what a text says, without what is cosmetic.
func sentences(t mention.Text) []string {
	var out []string
	for _, field := range []string{t.Title, t.Lead, t.Body} {
		for line := range strings.SplitSeq(field, "\n") {
			if cosmetic.MatchString(strings.TrimSpace(line)) {
				continue
			}
			for _, s := range viet.Sentences(line) {
				if text := strings.Join(strings.Fields(line[s.Start:s.End]), " "); text != "" {
					out = append(out, text)
				}
			}
		}
	}
	return out
}

// cosmetic are lines of counters and of links to other articles that rules of
// extraction may have let through.
var cosmetic = regexp.MustCompile(`(?i)^(?:(?:lượt xem|lượt đọc|đã xem|số lượt xem|bình luận|chia sẻ|thích|views?)\s*[:(]?\s*[\d.,]+\)?|[\d.,]+\s*(?:lượt xem|lượt đọc|bình luận|chia sẻ|views?)|(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|tin khác|>>)\s*:?.{0,200})$`)

// shapes makes one of the shapes that editors exchange.
var shapes = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "–", "-", "—", "-", "…", "...")

// without lists the sentences of one side that the other has not as often.
func without(all, other []string) []string {
	have := map[string]int{}
	for _, s := range other {
		have[shapes.Replace(s)]++
	}
	var out []string
	for _, s := range all {
		key := shapes.Replace(s)
		if have[key]--; have[key] < 0 {
			out = append(out, s)
		}
	}
	return out
}

func bounded(list []string, more int) ([]string, int) {
	kept := min(len(list), mention.MaxChange)
	var out []string
	for _, s := range list[:kept] {
		out = append(out, shortened(s))
	}
	return out, more + len(list) - kept
}

func shortened(s string) string {
	if len(s) <= mention.MaxSentence {
		return s
	}
	end := mention.MaxSentence - len("…")
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end] + "…"
}

// number is digits with the separators that stand between digits.
var number = regexp.MustCompile(`\d+(?:[.,/]\d+)*`)

// maxSwaps bounds Change.Figures.
const maxSwaps = 12

// figures pairs sentences that say the same but for their numbers.
func figures(removed, added []string) []mention.Swap {
	var out []mention.Swap
	left := slices.Clone(added)
	for _, was := range removed {
		frame := number.ReplaceAllString(shapes.Replace(was), "0")
		i := slices.IndexFunc(left, func(now string) bool { return number.ReplaceAllString(shapes.Replace(now), "0") == frame })
		if i < 0 {
			continue
		}
		a, b := number.FindAllString(was, -1), number.FindAllString(left[i], -1)
		left = slices.Delete(left, i, i+1)
		for k := range a {
			if a[k] != b[k] && len(out) < maxSwaps {
				out = append(out, mention.Swap{Was: a[k], Now: b[k]})
			}
		}
	}
	return out
}
