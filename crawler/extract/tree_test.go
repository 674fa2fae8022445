package extract

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
)

// fetched is the time of fetching in the tests inside the package.
var fetched = time.Date(2026, 11, 27, 15, 0, 0, 0, dateline.Zone())

// parsed is a page of which nothing is found yet.
func parsed(t testing.TB, markup string) *page {
	t.Helper()
	const address = "https://bao.example/tin/1.html"
	base, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p := &page{address: address, base: base, now: fetched}
	if !p.parse(markup) {
		t.Fatalf("cannot be parsed: %.100q", markup)
	}
	return p
}

// found is a page that was read to the end.
func found(t testing.TB, markup string) *page {
	t.Helper()
	p := parsed(t, markup)
	p.read()
	return p
}

// texts are the texts of a page's blocks.
func texts(p *page) []string {
	var out []string
	for i := range p.tree.blocks {
		out = append(out, p.tree.blocks[i].text)
	}
	return out
}

func TestBlocksAreFoldedAndDatedOnce(t *testing.T) {
	b := blockOf("Thứ ba, 19/09/2023 15:22")
	if b.folded() != "thu ba, 19/09/2023 15:22" {
		t.Errorf("folded %q", b.folded())
	}
	first, ok := b.line(fetched)
	again, _ := b.line(time.Time{})
	if !ok || first != again || !strings.HasPrefix(first.Time.Format(time.RFC3339), "2023-09-19T15:22") {
		t.Errorf("%+v, then %+v", first, again)
	}
}

func TestInside(t *testing.T) {
	tr := parsed(t, `<body><div><p>a</p></div><div>b</div></body>`).tree
	for i := range tr.elems {
		for j := range tr.elems {
			want := false
			for up := i; up >= 0; up = tr.elems[up].parent {
				want = want || up == j
			}
			if got := tr.inside(i, j); got != want {
				t.Errorf("element %d inside %d: %v", i, j, got)
			}
			if c := tr.common(i, j); !tr.inside(i, c) || !tr.inside(j, c) {
				t.Errorf("%d does not hold both %d and %d", c, i, j)
			}
		}
	}
}
