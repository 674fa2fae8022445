package extract

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/net/html"
	"pgregory.net/rapid"
)

// markup are pages of the elements that texts are set in, closed or not.
func markup() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOf(rapid.SampledFrom([]string{
			"<div>", "</div>", "<p>", "</p>", "<b>", "</b>", "<em>", "</em>", "<a href=/x>", "</a>", "<br>", "<ul><li>", "</ul>", "<h2>", "</h2>", "<span class=date>", "</span>", "<div class=share>", "<img>", "<center>", "</center>",
			"chữ", "Một câu đủ dài để có giá trị trong việc tính toán.", " ", "\n", "字", "a&amp;b", "é", "<my-box>", "</my-box>",
		})).Draw(t, "page"), "")
	})
}

// Every text of the page is in one block, in order, and nothing is in two.
func TestNoTextIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := markup().Draw(t, "page")
		doc, err := html.Parse(strings.NewReader(page))
		if err != nil {
			t.Fatal(err)
		}
		tr := grow(doc, len(page))
		var got, want strings.Builder
		for i := range tr.blocks {
			got.WriteString(tr.blocks[i].text)
		}
		for n := range doc.Descendants() {
			if n.Type == html.TextNode {
				want.WriteString(n.Data)
			}
		}
		bare := strings.NewReplacer(" ", "", "\n", "")
		if bare.Replace(got.String()) != bare.Replace(want.String()) {
			t.Fatalf("%q: blocks hold %q, the page %q", page, got.String(), want.String())
		}
	})
}

func TestTreeHoldsTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := markup().Draw(t, "page")
		doc, _ := html.Parse(strings.NewReader(page))
		tr := grow(doc, 0)
		for i := range tr.blocks {
			b := &tr.blocks[i]
			if b.text == "" || b.text != squash(b.text) || b.linked > b.runes || b.bold > b.runes || b.italic > b.bold || b.value > 2*b.runes {
				t.Fatalf("%q: block %+v", page, b)
			}
			if n := utf8.RuneCountInString(b.text); b.runes < n || b.runes > n+2 {
				t.Fatalf("%q: %q has %d runes, not %d", page, b.text, n, b.runes)
			}
			if !tr.holds(b.owner, i) {
				t.Fatalf("%q: element %d does not hold its block %d", page, b.owner, i)
			}
		}
		for i, e := range tr.elems {
			if e.parent >= i || e.end <= i || e.end > len(tr.elems) || e.firstBlock > e.lastBlock || e.lastBlock > len(tr.blocks) {
				t.Fatalf("%q: element %d is %+v", page, i, e)
			}
			if i > 0 && (e.end > tr.elems[e.parent].end || e.under != e.mark|tr.elems[e.parent].under) {
				t.Fatalf("%q: element %d reaches beyond its parent", page, i)
			}
		}
		if !slices.IsSorted(tr.sum) || !slices.IsSorted(tr.raw) || tr.valueIn(0) != tr.sum[len(tr.blocks)] || tr.valueIn(0) > tr.rawIn(0) {
			t.Fatalf("%q: sums %v of %v", page, tr.sum, tr.raw)
		}
	})
}

func TestBlocksAreCutAtBlockBorders(t *testing.T) {
	for page, want := range map[string]string{
		`<p>a <b>b</b>c</p><p>d</p>`:                                "a bc|d",
		`<p>a<br>b<hr>c</p>`:                                        "a|b|c",
		"<p>\n a \t  b\u00a0c\n</p>":                                "a b\u00a0c",
		`<div>a<div>b</div>c</div>`:                                 "a|b|c",
		`<p>a<script>x</script><style>y</style>b</p>`:               "ab",
		`<p>a</p><div hidden>b</div><p style="display: none">c</p>`: "a",
		`<p>a <span class="date">b</span> c</p>`:                    "a|b|c",
		`<p>a <span class="xanh">b</span> c</p>`:                    "a b c",
		`<p>a<my-box>b</my-box>c</p>`:                               "a|b|c",
		`<p>Nói <q>được</q></p>`:                                    "Nói “được”",
		`<nav>a</nav><button>b</button><p>c</p>`:                    "c",
		"<p>\u00a0\u200b</p><p>a</p>":                               "a",
		``:                                                          "",
	} {
		if got := strings.Join(texts(parsed(t, page)), "|"); got != want {
			t.Errorf("%q: %q, want %q", page, got, want)
		}
	}
}

func TestRunsAreCounted(t *testing.T) {
	b := parsed(t, `<p><a href="/1">đường</a> <b>phố</b> <i>Huế</i> <a>không</a><time datetime="2023-09-19">hôm qua</time></p>`).tree.blocks[0]
	if b.linked != 10 || b.bold != 6 || b.italic != 3 || len(b.links) != 1 || b.when != "2023-09-19" {
		t.Errorf("got %+v", b)
	}
}

func TestTreeIsBounded(t *testing.T) {
	tr := parsed(t, strings.Repeat("<p>a</p>", maxBlocks+1000)).tree
	if len(tr.blocks) != maxBlocks || len(tr.elems) > maxElems+1 {
		t.Errorf("%d blocks, %d elements", len(tr.blocks), len(tr.elems))
	}
}
