package extract

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Commas too many are dropped, and nothing else: sound JSON stays as it is.
func TestDropCommas(t *testing.T) {
	for in, want := range map[string]string{
		`[1,2,]`: `[1,2]`, `{"a":1, }`: `{"a":1 }`, `["a,]","b\",}",]`: `["a,]","b\",}"]`, `[[1,],]`: `[[1]]`, `,`: `,`, ``: ``, `"a\`: `"a\`,
	} {
		if got := dropCommas(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		data, err := json.Marshal(rapid.MapOf(rapid.String(), rapid.SliceOf(rapid.String())).Draw(t, "value"))
		if err != nil {
			t.Fatal(err)
		}
		if got := dropCommas(string(data)); got != string(data) {
			t.Fatalf("%s became %s", data, got)
		}
	})
}

func TestTheArticleComesBeforeThePage(t *testing.T) {
	const page, article = `{"@type":"WebPage","name":"Trang","datePublished":"2020-01-01","description":"của trang"}`, `{"@type":"NewsArticle","headline":"Tin","datePublished":"2023-09-19"}`
	for name, scripts := range map[string][]string{"before": {article, page}, "behind": {page, article}, "in one": {`{"@graph":[` + page + `,` + article + `]}`}} {
		if l := readLinked(scripts); l.headline != "Tin" || l.published != "2023-09-19" || rankOf(l.kind) != 2 {
			t.Errorf("%s: %+v", name, l)
		}
	}
	if l := readLinked([]string{article, `{"@type":"NewsArticle","headline":"Tin khác"}`}); l.headline != "Tin" {
		t.Errorf("the second article was taken: %+v", l)
	}
	if l := readLinked([]string{`{"@type":"Organization","name":"Báo"}`, `{"@type":"Person","name":"Hà"}`}); l.kind != "" || l.headline != "" {
		t.Errorf("no article: %+v", l)
	}
}

func TestNamesInJSONLD(t *testing.T) {
	for data, want := range map[string]string{
		`"Hà  Linh"`: "Hà Linh", `{"name":"Hà Linh"}`: "Hà Linh", `["Hà Linh",{"name":"Bạch Dương"}]`: "Hà Linh, Bạch Dương", `"https://bao.example/ha-linh"`: "", `"//bao.example"`: "",
		`{"@id":"x"}`: "", `[]`: "", `null`: "", `5`: "", `{"name":{"name":["Hà"]}}`: "Hà", `[` + strings.Repeat(`"a",`, 30) + `"a"]`: "a" + strings.Repeat(", a", 9),
	} {
		var v any
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Fatal(err)
		}
		if got := namesOf(v); got != want {
			t.Errorf("%s: %q, want %q", data, got, want)
		}
	}
}

func TestCrumbsInJSONLD(t *testing.T) {
	l := readLinked([]string{`{"@type":"BreadcrumbList","itemListElement":[{"name":"Trang chủ"},{"item":{"name":" Xã  hội "}},{"position":3},"x",null]}`, `{"@type":"BreadcrumbList","itemListElement":[{"name":"Khác"}]}`})
	if got := strings.Join(l.crumbs, "|"); got != "Trang chủ|Xã hội" {
		t.Errorf("got %q", got)
	}
}

func TestJSONLDIsBounded(t *testing.T) {
	article := `{"@type":"NewsArticle","headline":"Tin"}`
	if l := readLinked([]string{strings.Repeat(`[`, maxLinkedDepth+1) + article + strings.Repeat(`]`, maxLinkedDepth+1)}); l.kind != "" {
		t.Errorf("too deep: %+v", l)
	}
	if l := readLinked([]string{article + strings.Repeat(" ", maxScript), `{"@type":"Article","headline":"Ngắn"}`}); l.headline != "Ngắn" {
		t.Errorf("too long: %+v", l)
	}
}
