package fingerprint

import (
	"math"
	"strings"
	"testing"
	"unicode"

	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

// syllablesOf draws a text of n different-looking syllables.
func syllablesOf(t *rapid.T, n int) []string {
	return rapid.SliceOfN(rapid.SampledFrom(strings.Fields("hộ kinh doanh phản ánh máy tính tiền khởi tạo hóa đơn điện tử bị lỗi từ sáng mồng một tháng sáu "+
		"cán bộ thuế hướng dẫn tận nơi bà con cảm ơn đường ngập nước Đắk Lắk")), n, n+40).Draw(t, "words")
}

// TestCopiesInOtherDressAreOne: spaces, line ends, case and marks around the
// words make no other text.
func TestCopiesInOtherDressAreOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := syllablesOf(t, fewest)
		a, ok := Sign(strings.Join(w, " "))
		if !ok {
			t.Fatal("not signed")
		}
		for name, text := range map[string]string{
			"lines": strings.Join(w, "\n"), "marks": strings.Join(w, ", ") + "!", "capitals": strings.ToUpper(strings.Join(w, "  ")),
			"title case": strings.Map(unicode.ToTitle, strings.Join(w, " ")), "quotes": "“" + strings.Join(w, "” “") + "”",
		} {
			if b, _ := Sign(text); b != a {
				t.Fatalf("%s: another signature: %q", name, text)
			}
		}
	})
}

// TestSimilarityIsASimilarity: one with itself, the same both ways, from 0 to 1.
func TestSimilarityIsASimilarity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := Sign(strings.Join(syllablesOf(t, fewest), " "))
		b, _ := Sign(strings.Join(syllablesOf(t, fewest), " "))
		s := Similarity(a, b)
		if Similarity(a, a) != 1 || s != Similarity(b, a) || s < 0 || s > 1 {
			t.Fatalf("%v, back %v, own %v", s, Similarity(b, a), Similarity(a, a))
		}
	})
}

// TestAPartIsNeverNearerThanTheWhole: a longer beginning of a text has more of
// its minima.
func TestAPartIsNeverNearerThanTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := syllablesOf(t, 30)
		whole, _ := Sign(strings.Join(w, " "))
		nearest := 0.0
		for n := fewest; n <= len(w); n++ {
			part, _ := Sign(strings.Join(w[:n], " "))
			s := Similarity(part, whole)
			if s < nearest {
				t.Fatalf("%d syllables: %v after %v", n, s, nearest)
			}
			nearest = s
		}
		if nearest != 1 {
			t.Fatalf("the whole: %v", nearest)
		}
	})
}

func TestBandsAreElevenCharactersAndTheirOwn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s Signature
		v := rapid.Uint32().Draw(t, "minimum")
		for i := range s {
			s[i] = v // the same minima everywhere
		}
		seen := map[string]bool{}
		for _, b := range s.Bands() {
			if len(b) != 11 || seen[b] {
				t.Fatalf("band %q", b)
			}
			seen[b] = true // another place is another band
		}
		if len(seen) != bands {
			t.Fatalf("%d bands", len(seen))
		}
	})
}

// TestBandsMeetWhereTheirMinimaDo: and only there.
func TestBandsMeetWhereTheirMinimaDo(t *testing.T) {
	var a Signature
	for i := range a {
		a[i] = uint32(i) * 7919
	}
	for at := range a {
		b := a
		b[at]++
		x, y := a.Bands(), b.Bands()
		for k := range x {
			if (x[k] == y[k]) != (k != at/rows) {
				t.Fatalf("minimum %d changed: band %d", at, k)
			}
		}
	}
}

func TestParseRefusesWhatTextDidNotWrite(t *testing.T) {
	good := Signature{1, math.MaxUint32}.Text()
	for name, text := range map[string]string{"empty": "", "short": good[:len(good)-4], "long": good + "AAAA", "not base64": "!" + good[1:], "raw": strings.TrimRight(good, "=")[1:]} {
		if _, err := Parse(text); err == nil || !strings.HasPrefix(err.Error(), "fingerprint: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestHostileTextsAreSigned: whatever comes, the step records something sound.
func TestHostileTextsAreSigned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &mention.Mention{Text: mention.Text{Title: rapid.String().Draw(t, "title"), Body: strings.Repeat(rapid.String().Draw(t, "body")+"\xff ", 20)}}
		r := &mention.Reading{}
		if err := NewStep().Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		f := r.Fingerprint
		if (f.MinHash == "") != (len(f.Bands) == 0) || f.By != name || f.Bands == nil {
			t.Fatalf("%+v", f)
		}
		if _, err := Parse(f.MinHash); f.MinHash != "" && err != nil {
			t.Fatal(err)
		}
	})
}

// TestTitleAndLeadCount: the text that is compared is all of it, in order.
func TestTitleAndLeadCount(t *testing.T) {
	if got := joined(&mention.Text{Title: "A", Lead: "B", Body: "C"}); got != "A\nB\nC" {
		t.Errorf("%q", got)
	}
}
