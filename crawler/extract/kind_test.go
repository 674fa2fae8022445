package extract_test

import (
	"testing"

	"github.com/diembao/diembao/crawler/extract"
)

const plainArticle = `<html><head><link rel="canonical" href="/tin/1.html"></head><body><h1>Tiêu đề của trang này</h1><p>Một đoạn văn đủ dài để được coi là nội dung của bài viết trên trang này, không cần thẻ nào cả.</p></body></html>`

func TestKinds(t *testing.T) {
	for address, want := range map[string]extract.Kind{
		"https://bao.example/tin/1.html":                     extract.KindArticle,
		"https://bao.example/amp/tin/1.html":                 extract.KindAMP,
		"https://bao.example/tin/1.amp":                      extract.KindAMP,
		"https://bao.example/tin/1.html?amp=1":               extract.KindAMP,
		"https://amp.bao.example/tin/1.html":                 extract.KindAMP,
		"https://m.bao.example/tin/1.html":                   extract.KindMobile,
		"https://bao.example/print/1.html":                   extract.KindPrint,
		"https://bao.example/index.php?tmpl=component&id=12": extract.KindPrint,
		"https://bao.example/thuy-loi.tag":                   extract.KindTag,
		"https://bao.example/thuy-loi-ptag.html":             extract.KindTag,
		"https://bao.example/tag/thuy-loi/":                  extract.KindTag,
		"https://bao.example/":                               extract.KindList,
		"https://bao.example/tin/sprint-cua-doi.html":        extract.KindArticle,
		"https://bao.example/blueprint/1.html":               extract.KindArticle,
	} {
		a, err := extract.Page([]byte(plainArticle), "", address, nil, now)
		if err != nil || a.Kind != want {
			t.Errorf("%s: %s %v, want %s", address, a.Kind, err, want)
		}
	}
}

func TestCanonicalIsAbsolute(t *testing.T) {
	a, _ := extract.Page([]byte(plainArticle), "", "https://m.bao.example/tin/1.html", nil, now)
	if a.Canonical != "https://m.bao.example/tin/1.html" {
		t.Errorf("got %s", a.Canonical)
	}
}

func TestEmptyAndBinary(t *testing.T) {
	for _, page := range []string{"", "   ", "<html></html>", "không có thẻ nào"} {
		a, err := extract.Page([]byte(page), "", "https://bao.example/a/1", nil, now)
		if err != nil || a.Kind != extract.KindOther {
			t.Errorf("%q: %v %v", page, a.Kind, err)
		}
	}
	if _, err := extract.Page([]byte("%PDF-1.7 x"), "", "", nil, now); err == nil {
		t.Error("a PDF was read as a page")
	}
}
