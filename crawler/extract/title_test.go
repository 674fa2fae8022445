package extract

import (
	"testing"

	"pgregory.net/rapid"
)

func TestKeysOfTitles(t *testing.T) {
	for s, want := range map[string]string{"Đường phố: Huế!": "duong pho hue", "  ": "", "": "", "TT&TT": "tt tt", "Hoà – Hòa": "hoa hoa", "Số 42/2022": "so 42 2022", "“Đúng” … «a»": "dung a", "– a": "a", "字—b": "字 b", "...a": "a"} {
		if got := key(s); got != want {
			t.Errorf("%q: %q, want %q", s, got, want)
		}
	}
	if sameText("", "") || sameText("a", "") || !sameText("Đường PHỐ.", "duong pho") || sameText("a b", "ab") {
		t.Error("sameText")
	}
}

func TestTitles(t *testing.T) {
	const headline = "Xã Hạc Thành trả lời về thủy lợi phí"
	for name, page := range map[string]string{
		"shown and told":       `<head><meta property="og:title" content="` + headline + ` | Báo Mẫu"><meta property="og:site_name" content="Báo Mẫu"></head><h1>` + headline + `</h1>`,
		"only told":            `<head><meta property="og:title" content="` + headline + `"></head><p>chữ</p>`,
		"only in the window":   `<head><title>` + headline + ` - Báo Mẫu</title></head><p>chữ</p>`,
		"only shown":           `<h1>` + headline + `</h1>`,
		"the site's name too":  `<head><title>` + headline + ` | Báo Mẫu</title></head><h1><a href="/">Báo Mẫu</a></h1><h1>` + headline + `</h1>`,
		"told in JSON-LD":      `<head><script type="application/ld+json">{"@type":"NewsArticle","headline":"` + headline + `"}</script><title>Báo Mẫu</title></head>`,
		"two shown, one told":  `<head><title>` + headline + `</title></head><h1>Tin khác của báo hôm nay</h1><h1>` + headline + `</h1>`,
		"an image for a title": `<head><title>` + headline + `</title></head><h1><img alt="x"></h1>`,
	} {
		if got := parsed(t, page).findTitle(); got != headline {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Taking the outlet's name off never makes a title longer or empty.
func TestTrimSiteOnlyShortens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		title := rapid.StringMatching(`[a-z]{1,20}( (-|–|\||::|») [a-z]{1,20}){0,3}`).Draw(t, "title")
		site := rapid.SampledFrom([]string{"", "bao", "Báo Mẫu"}).Draw(t, "site")
		got := trimSite(title, site)
		if got == "" || len(got) > len(title) || title[:len(got)] != got {
			t.Fatalf("%q of %q: %q", title, site, got)
		}
	})
}
