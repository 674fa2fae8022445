package extract

import "testing"

func TestEmphasis(t *testing.T) {
	for page, want := range map[string][2]int{ // bold, italic
		`<p><b>abc</b>d</p>`:                                {3, 0},
		`<p><strong>ab<b>c</b></strong></p>`:                {3, 0},
		`<p><i>abc</i></p>`:                                 {3, 3},
		`<p><em>a<b>bc</b></em>d</p>`:                       {3, 3},
		`<p><span style="font-weight: Bold">abc</span></p>`: {3, 0},
		`<p><span style="font-style:italic">abc</span></p>`: {3, 3},
		`<p><font style="font-style:italic">abc</font></p>`: {3, 3},
		`<p><span class="TieuDe">abc</span></p>`:            {3, 0},
		`<p><span id="news-title">abc</span></p>`:           {3, 0},
		`<p><span style="color:red">abc</span></p>`:         {0, 0},
		`<p>abc</p>`: {0, 0},
	} {
		b := parsed(t, page).tree.blocks[0]
		if got := [2]int{b.bold, b.italic}; got != want {
			t.Errorf("%s: %v, want %v", page, got, want)
		}
	}
}

func TestTheFirstTimeElementCounts(t *testing.T) {
	b := parsed(t, `<p><time>không</time> <time datetime="2023-09-19">a</time> <time datetime="2024-01-01">b</time></p>`).tree.blocks[0]
	if b.when != "2023-09-19" || b.text != "không a b" {
		t.Errorf("got %+v", b)
	}
}

func TestAnchorsWithoutAddressAreNoLinks(t *testing.T) {
	b := parsed(t, `<p><a name="top">chữ</a> <a href="/x">chữ</a></p>`).tree.blocks[0]
	if len(b.links) != 1 || attr(b.links[0], "href") != "/x" {
		t.Errorf("links %v", b.links)
	}
}
