package policy

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

func TestPrefersByTheDay(t *testing.T) {
	old, now, next, unknown := window{from: "2017-01-01", until: "2024-12-31"}, window{from: "2025-01-01"}, window{from: "2027-01-01"}, window{}
	for _, tt := range []struct {
		name string
		day  string
		a, b window
		want bool
	}{
		{"the one in force", "2026-01-01", now, old, true},
		{"on the last day", "2024-12-31", old, now, true},
		{"on the first day", "2025-01-01", now, old, true},
		{"the one that has begun", "2026-01-01", now, next, true},
		{"before both the earlier", "2010-01-01", old, now, true},
		{"a begun one before one of no day", "2026-01-01", now, unknown, true},
		{"without a day the newest", "", next, now, true},
		{"without a day not the oldest", "", old, now, false},
	} {
		s := searcher{Matcher: &Matcher{windows: []window{tt.a, tt.b}}, day: tt.day}
		if got := s.prefers(0, 1); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

// TestPrefersIsAnOrder: of any policies with one name exactly one is left, so
// that no name is lost and none counts twice.
func TestPrefersIsAnOrder(t *testing.T) {
	days := rapid.SampledFrom([]string{"", "2017-01-01", "2024-12-31", "2025-01-01", "2026-06-30", "2027-01-01"})
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 5).Draw(t, "policies")
		m := &Matcher{chain: map[[2]int]bool{}}
		hits := make([]hit, n)
		for i := range n {
			m.windows = append(m.windows, window{from: days.Draw(t, "from"), until: days.Draw(t, "until")})
			hits[i] = hit{policy: i, start: 3, end: 9}
			for j := range n {
				m.chain[[2]int{i, j}] = i != j
			}
		}
		s := searcher{Matcher: m, day: days.Draw(t, "day")}
		for i := range n {
			for j := range n {
				if i != j && s.prefers(i, j) == s.prefers(j, i) {
					t.Fatalf("%+v on %q: both or none of %d and %d", m.windows, s.day, i, j)
				}
			}
		}
		if left := s.settle(hits); len(left) != 1 {
			t.Fatalf("%+v on %q: %d left", m.windows, s.day, len(left))
		}
	})
}

func TestSettleLeavesStrangersAlone(t *testing.T) {
	s := searcher{Matcher: &Matcher{windows: make([]window, 3), chain: map[[2]int]bool{{0, 1}: true, {1, 0}: true}}, day: "2026-01-01"}
	got := s.settle([]hit{{policy: 0, start: 0, end: 4}, {policy: 1, start: 0, end: 4}, {policy: 2, start: 0, end: 4}, {policy: 0, start: 9, end: 12}})
	var left []int
	for _, h := range got {
		left = append(left, h.policy)
	}
	if !slices.Equal(left, []int{1, 2, 0}) {
		t.Errorf("left %v", left)
	}
}

// TestLongestKeepsNoOverlap: of hits that overlap only those of one span stay,
// the longest is never lost, and no policy has one span twice.
func TestLongestKeepsNoOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var hits []hit
		longestSpan := 0
		for range rapid.IntRange(0, 12).Draw(t, "hits") {
			start, n := rapid.IntRange(0, 30).Draw(t, "start"), rapid.IntRange(1, 9).Draw(t, "length")
			hits = append(hits, hit{policy: rapid.IntRange(0, 3).Draw(t, "policy"), start: start, end: start + n, score: rapid.SampledFrom([]float64{0.75, 0.95}).Draw(t, "score")})
			longestSpan = max(longestSpan, n)
		}
		kept := longest(slices.Clone(hits))
		if len(hits) > 0 && (len(kept) == 0 || kept[0].end-kept[0].start != longestSpan) {
			t.Fatalf("%+v: lost the longest: %+v", hits, kept)
		}
		for i, a := range kept {
			for _, b := range kept[i+1:] {
				same := a.start == b.start && a.end == b.end
				if a.start < b.end && b.start < a.end && !same || same && a.policy == b.policy {
					t.Fatalf("%+v: kept %+v and %+v", hits, a, b)
				}
			}
			best := slices.MaxFunc(hits, func(x, y hit) int { return rankFor(a, x) - rankFor(a, y) })
			if best.score > a.score && rankFor(a, best) > 0 {
				t.Fatalf("%+v: a worse rule stayed: %+v", hits, a)
			}
		}
	})
}

// rankFor is above 0 for hits of the policy and span of a, by their score.
func rankFor(a, x hit) int {
	if a.policy != x.policy || a.start != x.start || a.end != x.end {
		return 0
	}
	return 1 + int(100*x.score)
}

// TestMaskedIsWhatTheLongWayFinds: the quick look at sorted exclusions against
// a look at all of them.
func TestMaskedIsWhatTheLongWayFinds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := searcher{scratch: &scratch{}}
		for range rapid.IntRange(0, 8).Draw(t, "masks") {
			start := rapid.IntRange(0, 40).Draw(t, "start")
			s.masks = append(s.masks, hit{policy: rapid.IntRange(0, 2).Draw(t, "policy"), start: start, end: start + rapid.IntRange(1, 20).Draw(t, "length")})
		}
		slices.SortFunc(s.masks, func(a, b hit) int { return (a.policy-b.policy)*1000 + a.start - b.start })
		start := rapid.IntRange(0, 50).Draw(t, "at")
		h := hit{policy: rapid.IntRange(0, 2).Draw(t, "of"), start: start, end: start + rapid.IntRange(1, 9).Draw(t, "n")}
		want := slices.ContainsFunc(s.masks, func(m hit) bool { return m.policy == h.policy && m.start < h.end && h.start < m.end })
		if got := s.masked(h); got != want {
			t.Fatalf("%+v behind %+v: %v", h, s.masks, got)
		}
	})
}

// TestLinesHoldTheirSentences: the sentence of any place of a text holds that
// place and ends within its line.
func TestLinesHoldTheirSentences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"Dân hỏi", ". ", "? ", "\n", "TP. HCM", " ", "… ", "đất", "!"}), 0, 20).Draw(t, "pieces"), "")
		for at := range text {
			l := lineAt(text, at)
			if l.start > at || l.end < at || strings.Contains(text[l.start:max(l.start, min(l.end, at))], "\n") {
				t.Fatalf("%q at %d: line %d…%d", text, at, l.start, l.end)
			}
			s := l.sentence(at)
			if s.Start == s.End {
				continue // a space between sentences belongs to none
			}
			if s.End <= at || s.Start < l.start || s.End > l.end || !utf8.RuneStart(text[s.Start]) {
				t.Fatalf("%q at %d: sentence %+v of line %d…%d", text, at, s, l.start, l.end)
			}
		}
	})
}

func TestMeans(t *testing.T) {
	yearless := Document{Number: "07/CT-TTg", Issued: "2023-03-21"}
	provinces := Document{Number: "07/2017/QĐ-UBND", Issued: "2017-04-11", Issuer: "UBND tỉnh Lai Châu"}
	for _, tt := range []struct {
		name string
		doc  Document
		d    mention.Document
		text string
		want bool
	}{
		{"its year", yearless, mention.Document{Key: "7/CT-TTg", Date: "2023-03-21"}, "", true},
		{"another year", yearless, mention.Document{Key: "7/CT-TTg", Date: "2025-03-14"}, "", false},
		{"a small number without its day", yearless, mention.Document{Key: "7/CT-TTg"}, "", false},
		{"resolved without its day", yearless, mention.Document{Key: "7/CT-TTg", Resolved: true}, "", true},
		{"a large number says enough", yearless, mention.Document{Key: "1327/QĐ-TTg"}, "", true},
		{"a number with its year says enough", yearless, mention.Document{Key: "7/2023/NĐ-CP"}, "", true},
		{"the Party's numbers do not restart", yearless, mention.Document{Key: "57-NQ/TW"}, "", true},
		{"its province by the issuer", provinces, mention.Document{Key: "7/2017/QĐ-UBND", Issuer: "UBND tỉnh Lai Châu"}, "", true},
		{"its province in the text", provinces, mention.Document{Key: "7/2017/QĐ-UBND"}, "bà con Lai Châu", true},
		{"another province", provinces, mention.Document{Key: "7/2017/QĐ-UBND", Issuer: "UBND tỉnh Sơn La"}, "bà con Sơn La", false},
		{"a registry without the day of issue", Document{}, mention.Document{Key: "70/2025/NĐ-CP", Date: "2025-03-20"}, "", true},
		{"a registry with a day that is none", Document{Issued: "25"}, mention.Document{Key: "70/2025/NĐ-CP", Date: "2025-03-20"}, "", false},
	} {
		if got := (claim{doc: tt.doc}).means(tt.d, &mention.Text{Body: tt.text}); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestProvincial(t *testing.T) {
	for issuer, want := range map[string]string{
		"UBND tỉnh Lai Châu": "Lai Châu", "UBND thành phố Huế": "Huế", "UBND TP Hà Nội": "Hà Nội", "Chính phủ": "", "": "", "Bộ Y tế": "",
	} {
		if got, ok := provincial(issuer); got != want || ok != (want != "") {
			t.Errorf("%q: %q", issuer, got)
		}
	}
}

// TestSurerRulesScoreHigher: the order that the package comment of scores
// gives; a related document alone is never sure.
func TestSurerRulesScoreHigher(t *testing.T) {
	order := []float64{scoreOf(roleAlias), scoreOf(roleShared), scoreOf(roleToken), scoreOf(roleCue), scoreOf(roleFolded)}
	if !slices.IsSortedFunc(order, func(a, b float64) int { return int(1000 * (b - a)) }) {
		t.Errorf("%v", order)
	}
	for role, want := range map[string]float64{"": 0.97, "main": 0.97, "guides": 0.85, "amends": 0.85, "replaced": 0.85, "related": 0.5, "?": 0.5} {
		if got := (claim{doc: Document{Role: role}}).score(); got != want {
			t.Errorf("%q: %v", role, got)
		}
	}
}
