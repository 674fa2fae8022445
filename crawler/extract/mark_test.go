package extract

import (
	"strings"
	"testing"
)

func TestHiddenElements(t *testing.T) {
	for page, want := range map[string]bool{
		`<div hidden>a</div>`: true, `<div hidden="until-found">a</div>`: false, `<div aria-hidden="true">a</div>`: true, `<p aria-hidden="true">a</p>`: false, `<div aria-hidden="false">a</div>`: false,
		`<div style="display:none">a</div>`: true, `<div style="DISPLAY : none !important">a</div>`: true, `<div style="visibility: hidden">a</div>`: true, `<div style="display:block">a</div>`: false,
		`<noscript>a</noscript>`: true, `<iframe>a</iframe>`: true, `<select><option>a</select>`: true, `<textarea>a</textarea>`: true, `<template>a</template>`: true, `<dialog>a</dialog>`: true, `<nav>a</nav>`: true, `<video>a</video>`: true,
		`<section>a</section>`: false, `<unknown>a</unknown>`: false,
	} {
		if got := len(parsed(t, page).tree.blocks) == 0; got != want {
			t.Errorf("%s: hidden %v", page, got)
		}
	}
}

func TestMarks(t *testing.T) {
	for page, want := range map[string]mark{
		`<p>a</p>`: 0, `<footer>a</footer>`: markFrame, `<aside>a</aside>`: markFrame, `<header>a</header>`: markFrame, `<div><header>a</header></div>`: 0,
		`<figure><figcaption>a</figcaption></figure>`: markCaption, `<figure>a</figure>`: markCaption, `<figure><blockquote>a</blockquote></figure>`: 0,
		`<div><form>a</form></div>`: markJunk, `<form id="aspnetForm">a</form>`: 0, `<form>a</form>`: 0, `<div><form id="form1">a</form></div>`: 0,
		`<ul><li>a</ul>`: markList, `<div role="navigation">a</div>`: markFrame, `<div role="banner">a</div>`: markFrame, `<div itemprop="description">a</div>`: markLead, `<div itemprop="author">a</div>`: markMeta,
		`<p class="sidebar">a</p>`: 0, `<p class="sapo">a</p>`: markLead, `<div class="comments"><div class="share">a</div></div>`: markComment | markJunk,
		`<body class="has-sidebar comments">a</body>`: 0, `<article class="comments">a</article>`: 0, `<main class="ad">a</main>`: 0, `<div class="article-body share">a</div>`: 0,
	} {
		if got := parsed(t, page).tree.blocks[0].mark; got != want {
			t.Errorf("%s: %b, want %b", page, got, want)
		}
	}
}

func TestDataTables(t *testing.T) {
	row := `<tr><td>a</td><td>b</td></tr>`
	for name, c := range map[string]struct {
		rows string
		want bool
	}{
		"three rows of two": {strings.Repeat(row, 3), true}, "with heads": {`<tr><th>a<th>b</tr>` + strings.Repeat(row, 2), true}, "two rows": {strings.Repeat(row, 2), false}, "one column": {strings.Repeat(`<tr><td>a</tr>`, 5), false},
		"a table inside": {strings.Repeat(row, 3) + `<tr><td><table>` + row + `</table></td><td>b</td></tr>`, false}, "paragraphs inside": {strings.Repeat(`<tr><td><p>a</p></td><td>b</td></tr>`, 3), true},
	} {
		if got := parsed(t, `<table>`+c.rows+`</table>`).tree.blocks[0].mark&markTable != 0; got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestNamesOfNode(t *testing.T) {
	for page, want := range map[string]string{`<div>a</div>`: "", `<div class=x>a</div>`: "x", `<div id=y>a</div>`: "y", `<div class=x id=y>a</div>`: "x y"} {
		tr := parsed(t, page).tree
		if got := namesOfNode(tr.elems[tr.blocks[0].owner].node); got != want {
			t.Errorf("%s: %q, want %q", page, got, want)
		}
	}
}
