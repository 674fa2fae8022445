package fingerprint_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/fingerprint"
	"pgregory.net/rapid"
)

// words makes a text of n invented words.
func words(rng *rand.Rand, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = fmt.Sprintf("tu%d", rng.IntN(50_000))
	}
	return out
}

// edited replaces every k-th word.
func edited(rng *rand.Rand, text []string, k int) []string {
	out := slices.Clone(text)
	for i := k / 2; i < len(out); i += k {
		out[i] = fmt.Sprintf("moi%d", rng.IntN(50_000))
	}
	return out
}

// jaccard is the true similarity of the shingles.
func jaccard(a, b []string) float64 {
	set := func(w []string) map[string]bool {
		s := map[string]bool{}
		for i := 0; i+4 <= len(w); i++ {
			s[strings.Join(w[i:i+4], " ")] = true
		}
		return s
	}
	x, y := set(a), set(b)
	both := 0
	for k := range x {
		if y[k] {
			both++
		}
	}
	return float64(both) / float64(len(x)+len(y)-both)
}

func sign(t testing.TB, w []string) fingerprint.Signature {
	t.Helper()
	s, ok := fingerprint.Sign(strings.Join(w, " "))
	if !ok {
		t.Fatal("no signature")
	}
	return s
}

// TestSimilarityIsUnbiased holds the estimate to the true similarity: its
// mean error is near 0 and its spread is that of 128 coin tosses.
func TestSimilarityIsUnbiased(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, k := range []int{5, 8, 14, 40} {
		var sum, squares, truth float64
		const trials = 150
		for range trials {
			a := words(rng, 400)
			b := edited(rng, a, k)
			truth = jaccard(a, b)
			e := fingerprint.Similarity(sign(t, a), sign(t, b)) - truth
			sum, squares = sum+e, squares+e*e
		}
		mean, spread := sum/trials, math.Sqrt(squares/trials)
		t.Logf("similarity %.2f: mean error %+.4f, standard error %.4f", truth, mean, spread)
		if math.Abs(mean) > 0.012 || spread > 0.055 {
			t.Errorf("similarity %.2f: mean error %.4f, spread %.4f", truth, mean, spread)
		}
	}
}

// TestBandsFindCopies: copies of similarity 0.5 are found with a probability
// of at least 0.98, and unrelated texts are not.
func TestBandsFindCopies(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	found, strangers := 0, 0
	const trials = 500
	for range trials {
		a := words(rng, 300)
		b := edited(rng, a, 12)
		if j := jaccard(a, b); j > 0.52 {
			t.Fatalf("similarity %.2f is too easy", j)
		}
		x := sign(t, a).Bands()
		if meet(x, sign(t, b).Bands()) {
			found++
		}
		if meet(x, sign(t, words(rng, 300)).Bands()) {
			strangers++
		}
	}
	if found < trials*98/100 || strangers > 0 {
		t.Errorf("%d of %d copies found, %d strangers", found, trials, strangers)
	}
}

func TestShortTextsHaveNone(t *testing.T) {
	for _, tt := range []struct {
		text string
		ok   bool
	}{
		{"", false},
		{"một hai ba bốn năm sáu bảy tám chín mười một", false},
		{"một hai ba bốn năm sáu bảy tám chín mười một hai", true},
	} {
		if _, ok := fingerprint.Sign(tt.text); ok != tt.ok {
			t.Errorf("%q: %v", tt.text, ok)
		}
		r := &mention.Reading{}
		if err := fingerprint.NewStep().Read(t.Context(), &mention.Mention{Text: mention.Text{Body: tt.text}}, r); err != nil {
			t.Fatal(err)
		}
		if (r.Fingerprint.MinHash != "") != tt.ok || (len(r.Fingerprint.Bands) > 0) != tt.ok || r.Fingerprint.Bands == nil {
			t.Errorf("%q: %+v", tt.text, r.Fingerprint)
		}
	}
}

func TestCaseAndToneDoNotTell(t *testing.T) {
	a, _ := fingerprint.Sign("Ủy ban nhân dân thành phố hòa mình vào không khí ngày hội toàn dân")
	b, _ := fingerprint.Sign("UỶ BAN NHÂN DÂN THÀNH PHỐ HOÀ MÌNH VÀO KHÔNG KHÍ NGÀY HỘI TOÀN DÂN")
	if a != b {
		t.Error("signatures differ")
	}
}

func TestTextRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s fingerprint.Signature
		for i := range s {
			s[i] = rapid.Uint32().Draw(t, "minimum")
		}
		if back, err := fingerprint.Parse(s.Text()); err != nil || back != s {
			t.Fatalf("%v %v", back, err)
		}
	})
	for _, bad := range []string{"", "???", "AAAA"} {
		if _, err := fingerprint.Parse(bad); err == nil {
			t.Errorf("%q was parsed", bad)
		}
	}
}

func TestFigures(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"giảm 2,1–3,4 lần", "2,1 3,4"},
		{"2.417 người, 2417 người, 1.234.567 đồng", "2417 2417 1234567"},
		{"tăng 12,5% và 7 %", "12,5% 7%"},
		{"1.234,50 tỷ; 0,5; 007", "1234,50 0,5 7"},
		{"lúc 9.30, ngày 17.10.2026", "9 30 17 10 2026"},
		{"ngày 9/3/2022", "9 3 2022"},
		{"không có số", ""},
		{"năm 2026.", "2026"},
		{"10,", "10"},
	} {
		if got := strings.Join(fingerprint.Figures(tt.text), " "); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestChanged(t *testing.T) {
	original := fingerprint.FigureSet("giá tăng 2,1 lần, 350 hộ, ngày 12/9")
	for _, tt := range []struct {
		text    string
		changed bool
	}{
		{"ngày 12/9, 350 hộ, giá tăng 2,1 lần", false},
		{"giá tăng 20 lần, 350 hộ, ngày 12/9", true},
		{"giá tăng 2,1 lần", false},
		{"giá tăng 2,1 lần, 350 hộ, ngày 12/9, thêm 77 hộ", false},
		{"không còn số nào", false},
	} {
		if got := fingerprint.Changed(original, fingerprint.FigureSet(tt.text)); got != tt.changed {
			t.Errorf("%q: %v", tt.text, got)
		}
	}
	if fingerprint.Changed("?", "!") != true {
		t.Error("what cannot be read must not pass for the same")
	}
}

func BenchmarkSign(b *testing.B) {
	text := strings.Join(words(rand.New(rand.NewPCG(5, 6)), 600), " ")
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		fingerprint.Sign(text)
	}
}
