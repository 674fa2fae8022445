package extract

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWordsOfNames(t *testing.T) {
	for class, want := range map[string]string{
		"article-body": "article body", "articleBody": "article body", "PhotoCMS_Caption": "photo cms caption", "item2title": "item title", "box__share--top": "box share top", "": "", "---": "", "123": "", "a": "a", "ABC": "abc", "tiêu-đề": "ti u",
	} {
		got := strings.Join(slices.Collect(wordsOf(class)), " ")
		if class == "PhotoCMS_Caption" {
			want = "photo cms caption"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", class, got, want)
		}
	}
}

func TestWordsOfNamesAreItsLettersInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := rapid.StringMatching(`[a-cA-C0-9_:\-]{0,30}`).Draw(t, "class")
		letters := strings.ToLower(strings.Map(func(r rune) rune {
			if r < 0x80 && isLetter(byte(r)) {
				return r
			}
			return -1
		}, class))
		if got := strings.Join(slices.Collect(wordsOf(class)), ""); got != letters {
			t.Fatalf("%q: %q, want %q", class, got, letters)
		}
	})
}

func TestNamesOfBodies(t *testing.T) {
	for _, name := range bodyNames() {
		for _, names := range []string{name, strings.ToUpper(name), "x " + name + " y", strings.ReplaceAll(name, "-", "_"), strings.ReplaceAll(name, "-", "__")} {
			if !namesBody(names) {
				t.Errorf("%q does not name a body", names)
			}
		}
	}
	for _, names := range []string{"", "content", "body", "main", "text", "sidebar", "entry", "detail", "article", strings.Repeat("x", maxNames) + " article-body"} {
		if namesBody(names) {
			t.Errorf("%.40q names a body", names)
		}
	}
}

// What names say does not depend on which was read before.
func TestNamesAreRememberedRightly(t *testing.T) {
	names := []string{"article-body", "comments", "share", "sapo", "xanh", "tags", "breadcrumb", "has-sidebar"}
	rapid.Check(t, func(t *rapid.T) {
		g := &grower{names: map[string]named{}}
		for _, name := range rapid.SliceOf(rapid.SampledFrom(names)).Draw(t, "names") {
			if got, want := g.nameSays(name), (named{mark: nameMark(name), hint: namesBody(name)}); got != want {
				t.Fatalf("%s: %+v, want %+v", name, got, want)
			}
		}
	})
}

func TestHints(t *testing.T) {
	for page, want := range map[string]int{
		`<div itemprop="articleBody">a</div>`: 2, `<span property="articleBody"><p>a</p></span>`: 0, `<div property="articleBody">a</div>`: 2, `<article>a</article>`: 1, `<main>a</main>`: 1, `<article class="article-body">a</article>`: 2,
		`<div role="main">a</div>`: 1, `<div class="noidung">a</div>`: 2, `<section id="post-content">a</section>`: 2, `<div>a</div>`: 0, `<ul class="article-body"><li>a</ul>`: 0,
	} {
		tr := parsed(t, page).tree
		got := 0
		for i := range tr.elems {
			got = max(got, tr.elems[i].hint)
		}
		if got != want {
			t.Errorf("%s: %d, want %d", page, got, want)
		}
	}
}
