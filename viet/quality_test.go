package viet

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"strings"
	"testing"
)

func TestQuality(t *testing.T) {
	body := base64.StdEncoding.EncodeToString([]byte(benchText[:600]))
	for _, c := range []struct{ name, in, want string }{
		{"vietnamese", sentence, Good},
		{"bare vietnamese", Fold(sentence), Good},
		{"english", "The minister said on Friday that the new policy would start.", Good},
		{"japanese", "日本語のニュースを伝える新聞です、今日の天気", Good},
		{"german compounds", "Die Donaudampfschifffahrtsgesellschaft veröffentlicht Geschwindigkeitsbegrenzungen", Good},
		{"chat", "ko biết mn ntn chứ e thấy đc á, cx ok mà vs lại k mất tiền", Good},
		{"numbers", "GRDP 9,5%, 3.000 tỷ đồng, 08/08 huyện, 104 đài, 568 cụm loa", Good},
		{"an address of the web", "Xem tại https://dichvucong.gov.vn/p/home/dvc-chi-tiet-thu-tuc-hanh-chinh.html?ma=1.004873 nhé bà con", Good},
		{"no spaces", strings.ReplaceAll(sentence, " ", ""), NoSpaces},
		{"most spaces lost", "Báocáotổnghợpnêurõ kếtquảthựchiện nhiệmvụchínhtrị", NoSpaces},
		{"base64", body, Noise},
		{"base64 in lines", body[:76] + "\n" + body[76:152] + "\n" + body[152:], Noise},
		{"hexadecimal", hex.EncodeToString([]byte(benchText[:300])), Noise},
		{"question marks", "Ng??i d?n ph?n ?nh t?nh tr?ng ng?p n??c t?i ?? th?", LostLetters},
		{"replacement characters", "Ng\uFFFD\uFFFDi d\uFFFDn ph\uFFFDn \uFFFDnh t\uFFFDnh tr\uFFFDng ng\uFFFDp", LostLetters},
		{"short", "ok", TooShort},
		{"nothing", "", TooShort},
		{"only signs", "!!! 12 ???", TooShort},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Quality(c.in); got != c.want {
				t.Errorf("%q, want %q: %+v", got, c.want, measure(c.in))
			}
		})
	}
}

// TestQualityOfTheCorpus holds the measured shares: sound texts pass, those
// that lost every fifth letter are mostly caught.
func TestQualityOfTheCorpus(t *testing.T) {
	for _, s := range append(corpus(t, "press_written.jsonl"), corpus(t, "comments*.jsonl")...) {
		if q := Quality(s); q != Good && q != TooShort {
			t.Errorf("%s: %q", q, s)
		}
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	texts := corpus(t, "press_written.jsonl")
	lost, glued := 0, 0
	for _, s := range texts {
		dropped := strings.Map(func(r rune) rune {
			if r != ' ' && r != '\n' && rnd.IntN(5) == 0 {
				return -1
			}
			return r
		}, s)
		if Quality(dropped) == LostLetters {
			lost++
		}
		if Quality(strings.ReplaceAll(s, " ", "")) == NoSpaces {
			glued++
		}
	}
	t.Logf("of %d passages %d are caught without a fifth of their letters, %d without spaces", len(texts), lost, glued)
	if lost*100 < len(texts)*75 || glued*100 < len(texts)*98 {
		t.Error("too few are caught")
	}
}

func TestScrambled(t *testing.T) {
	for word, want := range map[string]bool{
		"aB3dE5gH": true, "VGhpcyBpcyBhIHRlc3Q": true, "d41d8cd98f00b204e980": true, "aB3dE5g": false, "government": false, "GOVERNMENT": false,
		"covid20202021": false, "aB3dE5gHế": false, "": false,
	} {
		if got := scrambled(word); got != want {
			t.Errorf("scrambled(%q) = %v", word, got)
		}
	}
}

// TestMeasureCountsEachWordOnce: what each kind of word counts as.
func TestMeasureCountsEachWordOnce(t *testing.T) {
	for in, want := range map[string]fit{
		"":                {},
		"12 5 %":          {},
		"Người dân":       {tokens: 2, marked: 2, letters: 8},
		"cho ta":          {tokens: 2, letters: 5},
		"đc ntn":          {tokens: 2, letters: 5, chat: 2},
		"quáaaa":          {tokens: 1, letters: 6, chat: 1},
		"strong Strong":   {tokens: 2, letters: 12, broken: 1}, // a name is no broken word
		"k":               {tokens: 1, letters: 1},             // doubtful
		"Ng?n ng??c":      {tokens: 4, letters: 6, holes: 2, chat: 2, broken: 1},
		"d\uFFFDn":        {tokens: 2, letters: 2, holes: 1, broken: 2},
		"Báocáotổnghợp":   {tokens: 1, letters: 13, glued: 13},
		"aB3dE5gH":        {tokens: 1, letters: 8, scrambled: 8},
		"sao? vì đâu?":    {tokens: 3, marked: 2, letters: 8},
		"?đường":          {tokens: 1, marked: 1, letters: 5},
		"SJC GDP covid19": {tokens: 3, letters: 13, broken: 1},
	} {
		if got := measure(in); got != want {
			t.Errorf("measure(%q) = %+v, want %+v", in, got, want)
		}
	}
}

// TestQualityBorders: the shortest text that is judged, and the first hole
// too many.
func TestQualityBorders(t *testing.T) {
	for in, want := range map[string]string{
		"một hai": TooShort, "một hai ba": Good, "abcdefghijklmnopqrst": Good, "abcdefghijklmnopqrs": TooShort,
		"Ng?i d?n h": Good, "Ng?i d?n h?i": LostLetters,
	} {
		if got := Quality(in); got != want {
			t.Errorf("Quality(%q) = %q, want %q: %+v", in, got, want, measure(in))
		}
	}
}
