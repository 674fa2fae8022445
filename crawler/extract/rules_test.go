package extract_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/crawler/extract"
)

const ruled = `<html><body><div class="k"><h2 class="hd">Đúng tiêu đề</h2><em class="sp">Sapo đúng.</em><div class="bd"><p>Đoạn một.</p><p>Ảnh: Nhẫn trơn được bày bán.</p><p>Đoạn hai.<br>Dòng ba.</p><div class="qc">Quảng cáo</div></div>
<span class="au">Bạch Dương</span><span class="dt" data-t="2026-11-20T08:00:00+07:00">hôm kia</span><i class="src">Theo TTXVN</i></div></body></html>`

func TestRulesComeFirst(t *testing.T) {
	rules := &extract.Rules{Title: ".hd", Lead: ".sp", Body: ".bd p", Author: ".au", Published: ".dt@data-t", Source: ".src", Ignore: []string{".qc"}}
	a, err := extract.Page([]byte(ruled), "", "https://bao.example/1", rules, now)
	if err != nil {
		t.Fatal(err)
	}
	if a.Title != "Đúng tiêu đề" || a.Lead != "Sapo đúng." || a.Body != "Đoạn một.\nẢnh: Nhẫn trơn được bày bán.\nĐoạn hai.\nDòng ba." || a.Author != "Bạch Dương" || a.SourceLine != "Theo TTXVN" {
		t.Errorf("got %+v", a)
	}
	if text, _ := a.Published.MarshalText(); string(text) != "2026-11-20T08:00:00+07:00" || a.PublishedFrom != "rule" {
		t.Errorf("published %s from %s", text, a.PublishedFrom)
	}
}

func TestRulesThatFindNothingLeaveTheGeneralReading(t *testing.T) {
	page := `<html><body><h1>Tiêu đề của trang này</h1><p>Một đoạn văn đủ dài để được coi là nội dung của bài viết trên trang này, không cần thẻ nào.</p></body></html>`
	a, _ := extract.Page([]byte(page), "", "https://bao.example/1", &extract.Rules{Title: ".none", Body: ".none p", Published: ".none"}, now)
	if a.Title != "Tiêu đề của trang này" || !strings.HasPrefix(a.Body, "Một đoạn") {
		t.Errorf("got %+v", a)
	}
}

func TestRulesValidate(t *testing.T) {
	var paths []string
	report := func(path, _ string) { paths = append(paths, path) }
	extract.Rules{Title: "h1", Body: "div[", Published: "meta[name=pubdate]@content", Ignore: []string{".a", "::"}}.Validate(report)
	if got := strings.Join(paths, " "); got != "body ignore[1]" {
		t.Errorf("got %q", got)
	}
}
