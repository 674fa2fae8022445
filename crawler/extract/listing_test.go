package extract

import (
	"fmt"
	"strings"
	"testing"
)

// announced are n linked headlines in elements of a class.
func announced(class string, n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<div class="%s"><h3><a href="/tin/%d.html">Xã số %d trả lời dân về thủy lợi phí vụ mùa</a></h3></div>`, class, i, i)
	}
	return b.String()
}

func TestListingsAreGroupedByTheirPlace(t *testing.T) {
	got := listings(parsed(t, `<div class="sidebar">`+announced("phu", 20)+`</div><div class="main">`+announced("muc", 6)+announced("nho", minListed)+announced("it", minListed-1)+`</div>`))
	if len(got) != 2 || got[0].Selector != "div.main div.muc h3 a" || got[0].Count != 6 || len(got[0].Samples) != maxSamples || got[1].Selector != "div.main div.nho h3 a" {
		t.Errorf("got %+v", got)
	}
}

// The selector that is shown finds what was counted.
func TestSelectorsFindTheirLinks(t *testing.T) {
	p := parsed(t, `<div class="main">`+announced("item-2 muc tin", 7)+`</div>`)
	for _, l := range listings(p) {
		if n := p.find(l.Selector).Length(); n != l.Count {
			t.Errorf("%q finds %d links, counted %d", l.Selector, n, l.Count)
		}
	}
}

func TestListingsAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range maxListings + 3 {
		b.WriteString(announced("muc"+strings.Repeat("x", i), minListed+i))
	}
	if got := listings(parsed(t, b.String())); len(got) != maxListings || got[0].Count != minListed+maxListings+2 {
		t.Errorf("got %+v", got)
	}
}

func TestPlainClasses(t *testing.T) {
	for class, want := range map[string]bool{"item": true, "item-title": true, "item_title": true, "item2": false, "-item": false, "": false, "md:flex": false, "đề": false, strings.Repeat("a", 40): false} {
		if got := isPlainClass(class); got != want {
			t.Errorf("%q: %v", class, got)
		}
	}
}
