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
