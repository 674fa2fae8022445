package feed

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// pieces are what broken feeds are made of.
var pieces = []string{
	"<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<title>", "</title>", "<br>", "</br>", "<br/>", "<link href='a'/>", "<a b=\"c>d\">", "</a>",
	"<![CDATA[", "]]>", "<!-- x -->", "<!--", "<?xml version=\"1.0\"?>", "<!DOCTYPE a [<!ENTITY b \"c\">]>", "&amp;", "&nbsp;", "&x", "& ", "&#0;", "&#xD800;", "<", ">", "< 5", "chữ", "\x00", "\x0b", "\xff", "\n", "<x:y z=1>", "<a b>", "<a 5 c=\"d\" c='e' />", "<a b=\"c", " '", "\"", "=", "/",
}

// What is mended must be well-formed for a strict reader, whatever came in.
func TestMendedIsWellFormed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := "<rss>" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "pieces"), "")
		m := mend(text)
		d := xml.NewDecoder(strings.NewReader(m.text))
		d.Strict = false // attributes without quotes are the reader's own business
		depth := 0
		for {
			token, err := d.RawToken()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%q: mended to %q: %v", text, m.text, err)
			}
			switch token.(type) {
			case xml.StartElement:
				depth++
			case xml.EndElement:
				depth--
			}
		}
		if depth != 0 {
			t.Fatalf("%q: mended to %q: %d elements open", text, m.text, depth)
		}
	})
}

func TestSoundDocumentsPassUnchanged(t *testing.T) {
	for _, text := range []string{
		`<rss version="2.0"><channel><title>a &amp; b</title><item><title><![CDATA[<b>x</b> & y]]></title></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="a?b=1&amp;c=2"/></entry></feed>`,
	} {
		if m := mend(text); m.text != text || m.faults != 0 || m.truncated {
			t.Errorf("%q became %q, %d faults", text, m.text, m.faults)
		}
	}
}

func TestMendTwiceIsMendOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		once := mend("<rss>" + strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), "")).text
		if twice := mend(once).text; twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
	})
}

func TestCompleteItems(t *testing.T) {
	for text, want := range map[string]string{
		`{"items":[{"id":"1","tags":["a"]},{"id":"2"`:  `{"items":[{"id":"1","tags":["a"]}]}`,
		`{"x":{"items":1},"items":[{"t":"a]}\"b"},{"i`: `{"x":{"items":1},"items":[{"t":"a]}\"b"}]}`,
		`{"items":[{"id":`: "",
		`{"title":"x"`:     "",
	} {
		got, ok := completeItems(text)
		if got != want && want != "" || ok != (want != "") {
			t.Errorf("%q: %q %v, want %q", text, got, ok, want)
		}
	}
}
