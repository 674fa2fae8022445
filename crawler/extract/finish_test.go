package extract

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestCleanLinesIsIdempotent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := pieces().Draw(t, "s")
		once := cleanLines(s)
		if again := cleanLines(once); again != once {
			t.Fatalf("%q: %q, then %q", s, once, again)
		}
		if strings.Contains(once, "\n\n") || strings.TrimSpace(once) != once {
			t.Fatalf("%q: %q", s, once)
		}
	})
}

func TestTidyTexts(t *testing.T) {
	for s, want := range map[string]bool{"": true, "a": true, "a\nb": true, "a\nb\nc": true, "a\n\nb": false, "a \nb": false, "a\n b": false, "a\n\u00a0b": false, "a\nb\u3000\nc": false} {
		if got := isTidy(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

// A list keeps nothing of the articles that it announces.
func TestListsKeepNothingOfWhatTheyAnnounce(t *testing.T) {
	p := found(t, `<html lang="vi"><head><meta name="description" content="Chuyên mục của báo"></head><body><h1>Xã hội</h1><p class="author">Hà Linh</p><p>19/09/2023 15:22</p><figure><figcaption>Ảnh một</figcaption></figure>`+announced("muc", 12)+`<p>Nguồn: TTXVN</p></body></html>`)
	if p.Kind != KindList || p.Author != "" || p.SourceLine != "" || len(p.Captions) != 0 || !p.Published.IsZero() || p.PublishedFrom != "" || p.Lead != "Chuyên mục của báo" {
		t.Errorf("got %+v", p.Article)
	}
}

// A tree that the parser refuses still gives its words.
func TestDeepPagesAreFlat(t *testing.T) {
	a, err := Page([]byte(strings.Repeat("<div>", 600)+"<p>một</p><script>x</script><p>hai</p>"), "", "https://bao.example/1", nil, fetched)
	if err != nil || a.Kind != KindOther || a.Body != "một\nhai" || a.URL != "https://bao.example/1" {
		t.Errorf("got %+v %v", a, err)
	}
}
