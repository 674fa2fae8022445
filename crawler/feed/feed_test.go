package feed_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/feed"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

var now = time.Date(2026, 11, 27, 15, 0, 0, 0, dateline.Zone())

func parse(t *testing.T, document string) feed.Feed {
	t.Helper()
	f, err := feed.Parse([]byte(document), "", "https://bao.example/rss/home.rss", now)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func rss(items ...string) string {
	return `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Báo</title><link>https://bao.example/</link>` +
		strings.Join(items, "\n") + `</channel></rss>`
}

func item(inner string) string { return "<item>" + inner + "</item>" }

func TestNewspaperFeed(t *testing.T) {
	f := parse(t, rss(item(`
		<title>
			Thủy lợi phí: xã Hạc Thành &amp; TT&amp;TT
		</title>
		<link>
			https://bao.example/tin-1.html
		</link>
		<description><![CDATA[<a href="/tin-1.html"><img src="/a.jpg"></a></br>Nông dân <b>hỏi</b> mức thu.]]></description>
		<pubDate>Wed, 19 Apr 2017 19:49:15 +0700</pubDate>
		<guid isPermaLink="false">tin-1</guid><category>Thời sự</category><author>Xuân Thường</author>`)))
	want := feed.Item{
		Title: "Thủy lợi phí: xã Hạc Thành & TT&TT", Link: "https://bao.example/tin-1.html", GUID: "tin-1",
		Summary: "Nông dân hỏi mức thu.", Author: "Xuân Thường",
	}
	got := f.Items[0]
	if got.Title != want.Title || got.Link != want.Link || got.GUID != want.GUID || got.Summary != want.Summary || got.Author != want.Author {
		t.Errorf("got %+v", got)
	}
	if got.Published.Format(time.RFC3339) != "2017-04-19T19:49:15+07:00" || len(got.Categories) != 1 || f.Mended != 0 || f.Truncated {
		t.Errorf("got %+v in %+v", got, f)
	}
}

func TestDates(t *testing.T) {
	for written, want := range map[string]string{
		"Wed, 19 Apr 2017 19:49:15 GMT+7":  "2017-04-19T19:49:15+07:00",
		"Wed, 19 Apr 2017 19:49:15":        "2017-04-19T19:49:15+07:00",
		"2017-04-19 19:49:15":              "2017-04-19T19:49:15+07:00",
		"19/04/2017 19:49":                 "2017-04-19T19:49:00+07:00",
		"4/19/2017 7:49:15 PM":             "",
		"19/04/2017 7:49:15 CH":            "2017-04-19T19:49:15+07:00",
		"Thứ tư, 19/04/2017 19:49 (GMT+7)": "2017-04-19T19:49:00+07:00",
		"Wed, 19 Apr 2017 12:49:15 GMT":    "2017-04-19T12:49:15Z",
		"2017-04-19":                       "2017-04-19T00:00:00+07:00",
		"Wed, 19 Apr 2034 12:49:15 GMT":    "",
		"hôm nay":                          "",
		"":                                 "",
	} {
		got := parse(t, rss(item("<title>a</title><link>https://bao.example/1</link><pubDate>"+written+"</pubDate>"))).Items[0]
		text, _ := got.Published.MarshalText()
		if string(text) != want {
			t.Errorf("%q: %s, want %s", written, text, want)
		}
	}
}

func TestTitles(t *testing.T) {
	for written, want := range map[string]string{
		"<![CDATA[<b>Tin</b> nóng]]>":             "Tin nóng",
		"&lt;b&gt;Tin&lt;/b&gt; nóng":             "Tin nóng",
		"<b>Tin</b> nóng":                         "Tin nóng",
		"TT&TT":                                   "TT&TT",
		"TT&amp;amp;TT":                           "TT&TT",
		"Gi&aacute;&nbsp;x&#259;ng":               "Giá xăng",
		"Giá < 5 triệu":                           "Giá < 5 triệu",
		"<![CDATA[Giá <5 triệu & >3 triệu]]>":     "Giá <5 triệu & >3 triệu",
		"Tin\x0b \x00nóng":                        "Tin nóng",
		"<![CDATA[a<script>alert(1)</script>b]]>": "a b",
	} {
		if got := parse(t, rss(item("<title>"+written+"</title><link>https://bao.example/1</link>"))).Items[0]; got.Title != want {
			t.Errorf("%q: %q, want %q", written, got.Title, want)
		}
	}
}

func TestBrokenDocuments(t *testing.T) {
	good := item("<title>một</title><link>https://bao.example/1?a=1&b=2</link>")
	for name, c := range map[string]struct {
		document string
		links    []string
	}{
		"bare ampersand":      {rss(good), []string{"https://bao.example/1?a=1&b=2"}},
		"stray end tag":       {rss(item("<title>a</title></br><description>x</br>y<br>z</description><link>https://bao.example/2</link>"), good), []string{"https://bao.example/2", "https://bao.example/1?a=1&b=2"}},
		"item not closed":     {rss("<item><title>a</title><link>https://bao.example/2</link>", good), []string{"https://bao.example/2", "https://bao.example/1?a=1&b=2"}},
		"truncated in item":   {strings.Split(rss(good, item("<link>https://bao.example/22")), "22")[0], []string{"https://bao.example/1?a=1&b=2"}},
		"truncated in cdata":  {strings.Split(rss(good, item("<title><![CDATA[abc XX")), "XX")[0], []string{"https://bao.example/1?a=1&b=2"}},
		"truncated after":     {strings.TrimSuffix(rss(good), "</channel></rss>"), []string{"https://bao.example/1?a=1&b=2"}},
		"warning before":      {"<br />\n<b>Warning</b>: mysql in /a.php on line 3\n" + rss(good), []string{"https://bao.example/1?a=1&b=2"}},
		"blank lines before":  {"\n\n\ufeff" + rss(good), []string{"https://bao.example/1?a=1&b=2"}},
		"bare channel":        {"<channel><title>x</title>" + good + "</channel>", []string{"https://bao.example/1?a=1&b=2"}},
		"relative link":       {rss(item("<title>a</title><link>/tin/2.html</link>")), []string{"https://bao.example/tin/2.html"}},
		"guid only":           {rss(item("<title>a</title><guid>https://bao.example/3</guid>")), []string{"https://bao.example/3"}},
		"guid no address":     {rss(item("<title>a</title><guid>abc</guid>")), []string{""}},
		"wrapped link":        {rss(item("<title>a</title><link>https://bao.example/\n   </link>")), []string{"https://bao.example/"}},
		"empty":               {rss(), nil},
		"xml:base":            {`<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://kho.example/a/"><entry><title>a</title><link href="b.html"/></entry></feed>`, []string{"https://kho.example/a/b.html"}},
		"rdf":                 {`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item><title>a</title><link>https://bao.example/4</link></item></rdf:RDF>`, []string{"https://bao.example/4"}},
		"json":                {`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://bao.example/5","title":"a"}]}`, []string{"https://bao.example/5"}},
		"truncated json":      {`{"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1","url":"https://bao.example/5","title":"a"},{"id":"2","url":"https://bao`, []string{"https://bao.example/5"}},
		"entities of a bomb":  {`<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>` + rss(item("<title>&b;&b;</title><link>https://bao.example/6</link>")), []string{"https://bao.example/6"}},
		"comment not closed":  {rss(good) + "<!-- bye", []string{"https://bao.example/1?a=1&b=2"}},
		"cdata's end alone":   {rss(item("<title>a]]></title><link>https://bao.example/7</link>")), []string{"https://bao.example/7"}},
		"text after the root": {rss(good) + "\n<script>count()</script>", []string{"https://bao.example/1?a=1&b=2"}},
	} {
		f := parse(t, c.document)
		var links []string
		for _, i := range f.Items {
			links = append(links, i.Link)
		}
		if fmt.Sprint(links) != fmt.Sprint(c.links) {
			t.Errorf("%s: %q, want %q", name, links, c.links)
		}
	}
}

func TestMendedAndTruncatedAreTold(t *testing.T) {
	f := parse(t, strings.TrimSuffix(rss(item("<title>a & b</title><link>https://bao.example/1</link>")), "</channel></rss>"))
	if f.Mended < 2 || !f.Truncated {
		t.Errorf("mended %d, truncated %v", f.Mended, f.Truncated)
	}
}

func TestHubAndSelf(t *testing.T) {
	for name, document := range map[string]string{
		"atom": `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="hub" href="https://hub.example/"/><link rel="self" href="https://bao.example/atom"/></feed>`,
		"rss":  `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="https://bao.example/atom"/></channel></rss>`,
	} {
		if f := parse(t, document); f.Hub != "https://hub.example/" || f.Self != "https://bao.example/atom" {
			t.Errorf("%s: hub %q, self %q", name, f.Hub, f.Self)
		}
	}
}

func TestNotFeeds(t *testing.T) {
	for _, document := range []string{"", "   ", "<!DOCTYPE html><html><body>404</body></html>", "{}", "[]", "404 not found", "<note><to>a</to></note>",
		`{"error":"x"}`, "\x1f\x8b", "<urlset><url><loc>a</loc></url></urlset>"} {
		if _, err := feed.Parse([]byte(document), "", "", now); !errors.Is(err, feed.ErrNotFeed) {
			t.Errorf("%q: %v", document, err)
		}
	}
}

func TestBombs(t *testing.T) {
	deep := rss(item(strings.Repeat("<a>", 200000)))
	if f, err := feed.Parse([]byte(deep), "", "", now); err != nil || len(f.Items) > 1 {
		t.Errorf("depth: %v", err)
	}
	if _, err := feed.Parse([]byte(strings.Repeat("[", 100000)), "", "", now); !errors.Is(err, feed.ErrNotFeed) {
		t.Errorf("json depth: %v", err)
	}
	if _, err := feed.Parse([]byte(`{"items":`+strings.Repeat(`[`, 100000)), "", "", now); err == nil {
		t.Error("json depth in items: no error")
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	for range 16 {
		_, _ = z.Write(bytes.Repeat([]byte(" "), 1<<20))
	}
	_ = z.Close()
	if _, err := feed.Parse(zipped.Bytes(), "", "", now); !errors.Is(err, feed.ErrTooLarge) {
		t.Errorf("gzip: %v", err)
	}
}

func TestGzip(t *testing.T) {
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	_, _ = z.Write([]byte(rss(item("<title>a</title><link>https://bao.example/1</link>"))))
	_ = z.Close()
	if f := parse(t, zipped.String()); len(f.Items) != 1 {
		t.Errorf("got %+v", f)
	}
}

func TestItemsAreLinesForScripts(t *testing.T) {
	got := parse(t, rss(item("<title>a</title>"))).Items[0]
	line, err := json.Marshal(struct {
		File string `json:"file"`
		feed.Item
	}{"x.xml", got})
	want := `{"file":"x.xml","title":"a","link":"","guid":"","published":"","updated":"","summary":"","content":"","author":"","categories":[]}`
	if err != nil || string(line) != want {
		t.Errorf("got %s, %v", line, err)
	}
}

func TestCharsets(t *testing.T) {
	document := rss(item("<title>Giá xăng dầu tăng mạnh, người dân bàn luận khắp nơi</title><link>https://bao.example/1</link>"))
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(document)
	if err != nil {
		t.Fatal(err)
	}
	latin1, err := charmap.ISO8859_1.NewEncoder().String(rss(item("<title>Café à Dalat</title>")))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ document, contentType, want string }{
		"utf-8 called iso-8859-1": {strings.Replace(document, "utf-8", "iso-8859-1", 1), "text/xml; charset=iso-8859-1", "Giá xăng dầu tăng mạnh, người dân bàn luận khắp nơi"},
		"utf-16":                  {utf16, "", "Giá xăng dầu tăng mạnh, người dân bàn luận khắp nơi"},
		"iso-8859-1":              {strings.Replace(latin1, "utf-8", "iso-8859-1", 1), "", "Café à Dalat"},
		"byte order mark":         {"\ufeff" + document, "", "Giá xăng dầu tăng mạnh, người dân bàn luận khắp nơi"},
	} {
		f, err := feed.Parse([]byte(c.document), c.contentType, "", now)
		if err != nil || len(f.Items) != 1 || f.Items[0].Title != c.want {
			t.Errorf("%s: %+v %v", name, f.Items, err)
		}
	}
}

func TestKey(t *testing.T) {
	if k := (feed.Item{GUID: "g", Title: "t"}).Key(); k != "g" {
		t.Errorf("got %q", k)
	}
	if a, b := (feed.Item{Link: "l", GUID: "1"}).Key(), (feed.Item{Link: "l", GUID: "2"}).Key(); a != b {
		t.Errorf("a guid that changes changed the key: %q, %q", a, b)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss(item("<title>a & b</title></br><link>x"))))
	f.Add([]byte(`<feed xmlns="http://www.w3.org/2005/Atom"><entry><title type="html">&lt;b></title><link href="b.html"/></entry></feed>`))
	f.Add([]byte(`{"version":"1","items":[{"id":"1"},{`))
	f.Add([]byte("<!DOCTYPE a [<!ENTITY b \"c\">]><rss><channel><item>&b;<![CDATA[x"))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := feed.Parse(data, "", "https://bao.example/rss", now)
		if err != nil {
			return
		}
		for _, i := range got.Items {
			if i.Published.After(now.Add(time.Hour)) {
				t.Fatalf("future: %+v", i)
			}
		}
		if _, err := json.Marshal(got); err != nil {
			t.Fatal(err)
		}
	})
}
