package extract

import (
	"strings"
	"testing"
)

func TestHead(t *testing.T) {
	h := parsed(t, `<html lang="vi-VN" amp><head><title> Xã &amp;amp; dân
 hỏi </title><meta name="Description" content=" một "><meta name="description" content="hai"><meta property="og:title" name="twitter:title" content="Tin"><meta name="rong" content="  ">
<link rel="Canonical" href="/a"><link rel="canonical" href="/b"><link rel="amphtml" href="/amp/a"></head><body><svg><title>hình</title></svg><h1>Một</h1><div><h1>Hai</h1></div>
<span itemprop="datePublished" content="2023-09-19"></span><time itemprop="dateModified" datetime="2023-09-20"></time></body></html>`).head
	if h.title != "Xã & dân hỏi" || h.language != "vi-VN" || !h.isAMP || h.canonical != "/a" || h.amp != "/amp/a" || len(h.h1) != 2 {
		t.Errorf("got %+v", h)
	}
	if h.first("description") != "một" || h.first("none", "og:title") != "Tin" || h.first("twitter:title") != "Tin" || h.first("rong", "none") != "" || h.first() != "" {
		t.Errorf("metas %v", h.meta)
	}
	if h.dates != [2]string{"2023-09-19", "2023-09-20"} {
		t.Errorf("dates %v", h.dates)
	}
}

// Microdata of several articles is of none.
func TestManyDatesAreNone(t *testing.T) {
	one := `<span itemprop="datePublished" content="2023-09-19"></span>`
	if h := parsed(t, one+one).head; h.dates[0] != "2023-09-19" {
		t.Errorf("the same date twice: %q", h.dates[0])
	}
	p := found(t, one+`<span itemprop="datePublished" content="2023-09-20"></span>`)
	if p.head.dates[0] != manyDates || p.PublishedFrom == "meta" {
		t.Errorf("two dates: %q, published from %q", p.head.dates[0], p.PublishedFrom)
	}
}

func TestScriptsAreBounded(t *testing.T) {
	script := `<script type="application/LD+json">{"@type":"NewsArticle","headline":"Tin"}</script>`
	if h := parsed(t, strings.Repeat(script, maxLinked+5)).head; len(h.linked) != maxLinked {
		t.Errorf("%d scripts", len(h.linked))
	}
	if h := parsed(t, `<script>{"a":1}</script><script type="application/ld+json"></script>`).head; len(h.linked) != 0 {
		t.Errorf("scripts %q", h.linked)
	}
}

func TestTextOfLeavesCodeOut(t *testing.T) {
	p := parsed(t, `<div>a<script type="application/ld+json">{"x":1}</script><br>b<style>c</style><noscript>d</noscript></div>`)
	if got := textOf(p.doc); got != "a b" {
		t.Errorf("got %q", got)
	}
}
