package policy_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/viet"
)

const manyAliases = 10_000

// syllables are what invented aliases and texts are made of.
var syllables = strings.Fields(`chính sách nhà nước đất đai môi trường giáo dục y tế giao thông nông thôn mới bền vững xã hội hóa
	đơn điện tử bảo hiểm cải cách hành chính công dân quyền lợi hỗ trợ doanh nghiệp kinh doanh thuế phí lệ quy hoạch đô thị
	phát triển vùng cao biên giới hải đảo dân tộc thiểu số miền núi trợ cấp lương cơ sở chương trình mục tiêu quốc gia đề án
	tầm nhìn chiến lược phòng chống thiên tai dịch bệnh an toàn thực phẩm vệ sinh lao động việc làm khởi nghiệp sáng tạo`)

// others are syllables of ordinary sentences that no alias begins with.
var others = strings.Fields(`người ta nói rằng hôm qua ông bà anh chị đã đến nơi làm ăn sinh sống từ lâu nhưng rồi vẫn chưa thấy ai trả lời
	câu hỏi ấy khi trời mưa to gió lớn mấy ngày liền nên đường ngập sâu xe không chạy được phải chờ nước rút mới về`)

// invented makes 10,000 aliases of three to six syllables and a text of 3 KB in
// which one of them stands every 40 syllables or so, as in a dense article.
func invented() (aliases []string, text string) {
	rng := rand.New(rand.NewPCG(7, 8))
	some := func(n int, from []string) string {
		w := make([]string, n)
		for i := range w {
			w[i] = from[rng.IntN(len(from))]
		}
		return strings.Join(w, " ")
	}
	for len(aliases) < manyAliases {
		aliases = append(aliases, some(3+rng.IntN(4), syllables))
	}
	var b strings.Builder
	for b.Len() < 3000 {
		b.WriteString(some(28, others))
		b.WriteByte(' ')
		b.WriteString(some(12, syllables))
		b.WriteString(", ")
		b.WriteString(aliases[rng.IntN(len(aliases))])
		b.WriteString(". ")
	}
	return aliases, b.String()
}

// BenchmarkTagging puts the whole policy step with 10,000 aliases beside a
// plain scan with strings.Contains and a byte-level Aho-Corasick automaton on
// the same aliases and text. The peers know no case, tone placement, word
// boundary, longest match or date, and are given the text in small letters.
func BenchmarkTagging(b *testing.B) {
	aliases, text := invented()
	var r policy.Registry
	for i := 0; i < len(aliases); i += 10 {
		r.Policies = append(r.Policies, policy.Policy{ID: fmt.Sprint("p", i), Name: "P", Kind: "law", Aliases: aliases[i : i+10]})
	}
	m := &mention.Mention{Text: mention.Text{Body: text}}
	matcher, reading := policy.NewMatcher(r), &mention.Reading{}
	b.Run("step", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		for b.Loop() {
			matcher.Find(m, reading)
		}
	})
	var build phrase.Builder
	for _, a := range aliases {
		build.Add(a)
	}
	set := build.Build()
	b.Run("trie over syllables", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		var tokens []phrase.Token
		var found []phrase.Match
		for b.Loop() {
			tokens = set.Cut(text, tokens[:0])
			found = set.Find(tokens, found[:0])
		}
		b.ReportMetric(float64(len(found)), "hits/op")
	})
	low := strings.ToLower(text)
	b.Run("Aho-Corasick over bytes", func(b *testing.B) {
		ac := newAutomaton(aliases)
		b.SetBytes(int64(len(text)))
		hits := 0
		for b.Loop() {
			hits = ac.count(low)
		}
		b.ReportMetric(float64(hits), "hits/op")
	})
	b.Run("strings.Contains", func(b *testing.B) {
		b.SetBytes(int64(len(text)))
		hits := 0
		for b.Loop() {
			hits = 0
			for _, a := range aliases {
				if strings.Contains(low, a) {
					hits++
				}
			}
		}
		b.ReportMetric(float64(hits), "hits/op")
	})
}

// BenchmarkTaggingArticle is the shipped registry on an ordinary article.
func BenchmarkTaggingArticle(b *testing.B) {
	text := strings.Repeat("UBND tỉnh Thanh Hóa vừa công bố dự thảo bảng giá đất điều chỉnh. Nhiều hộ dân lo ngại chi phí chuyển mục đích "+
		"sử dụng đất tăng cao, trong khi thủ tục tại bộ phận một cửa của xã còn chậm. Cơ quan thuế cho biết hóa đơn điện tử được triển khai "+
		"theo lộ trình, người dân có thể nộp hồ sơ qua VNeID. ", 8)
	m := &mention.Mention{Text: mention.Text{Body: text}}
	matcher, reading := policy.NewMatcher(shipped(b)), &mention.Reading{Language: mention.Label{Value: viet.Vietnamese}}
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		matcher.Find(m, reading)
	}
}

// automaton is a plain Aho-Corasick automaton over bytes, written for the
// comparison only.
type automaton struct {
	next [][256]int32
	fail []int32
	ends []int32
}

func newAutomaton(words []string) *automaton {
	a := &automaton{next: make([][256]int32, 1), fail: make([]int32, 1), ends: make([]int32, 1)}
	for _, w := range words {
		node := int32(0)
		for _, c := range []byte(w) {
			if a.next[node][c] == 0 {
				a.next[node][c] = int32(len(a.next))
				a.next = append(a.next, [256]int32{})
				a.fail, a.ends = append(a.fail, 0), append(a.ends, 0)
			}
			node = a.next[node][c]
		}
		a.ends[node]++
	}
	a.link()
	return a
}

// link turns the trie into an automaton, breadth first.
func (a *automaton) link() {
	var queue []int32
	for c := range a.next[0] {
		if n := a.next[0][c]; n != 0 {
			queue = append(queue, n)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		node := queue[0]
		a.ends[node] += a.ends[a.fail[node]]
		for c := range a.next[node] {
			if n := a.next[node][c]; n != 0 {
				a.fail[n] = a.next[a.fail[node]][c]
				queue = append(queue, n)
			} else {
				a.next[node][c] = a.next[a.fail[node]][c]
			}
		}
	}
}

func (a *automaton) count(text string) int {
	node, hits := int32(0), 0
	for i := range len(text) {
		node = a.next[node][text[i]]
		hits += int(a.ends[node])
	}
	return hits
}
