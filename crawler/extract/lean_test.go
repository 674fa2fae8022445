package extract

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// outline is a tree as text: what lean must not change.
func outline(page string) string {
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		return "cannot be parsed"
	}
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			b.WriteString(n.Data)
		case html.ElementNode:
			b.WriteString("<" + n.Data)
			for _, a := range n.Attr {
				if isRead(a.Key, a.Val) {
					b.WriteString(" " + a.Key + "=" + a.Val)
				}
			}
			b.WriteString(">")
			told := n.Data == "script" && indexFold(attr(n, "type"), "application/ld+json") >= 0
			if rawOf(n.Data) != rawDropped || told {
				for c := n.FirstChild; c != nil; c = c.NextSibling {
					walk(c)
				}
			}
			b.WriteString("</>")
		default:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
	}
	walk(doc)
	return b.String()
}

func TestLean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"text", "a < b <3 <", "a < b <3 <"},
		{"comment", "a<!-- <p> -- > x -->b<!--->c", "ab<!--->c"},
		{"comment with bang", "a<!--x--!>b", "ab"},
		{"dashes", "a<!--x---->b", "ab"},
		{"script", `a<script src="x.js">if (a<b) "</p>"</script >b`, `a<script ></script >b`},
		{"SCRIPT", `<SCRIPT>1</Script>b`, `<SCRIPT></Script>b`},
		{"json-ld", `<script type='Application/LD+json'>{"a":1}</script>`, `<script type='Application/LD+json'>{"a":1}</script>`},
		{"script in a value", `<p data-x="<script>" class=a>b</p>`, `<p  class=a>b</p>`},
		{"unclosed script", `a<script>b<p>c`, `a<script>b<p>c`},
		{"escaped script", `a<script><!-- <script>x</script> --></script>b<!--c-->`, `a<script><!-- <script>x</script> --></script>b<!--c-->`},
		{"old comment in script", "a<script><!--\nx\n//--></script>b", "a<script></script>b"},
		{"textarea", `<textarea><!-- a --></textarea><!-- b -->`, `<textarea><!-- a --></textarea>`},
		{"attributes", `<a data-a=1 HREF = "x" onclick='y>' CLASS=z>`, `<a  HREF = "x"  CLASS=z>`},
		{"style", `<p style="color:red"><p style="display : NONE"><p style="text-align:right">`, `<p ><p style="display : NONE"><p style="text-align:right">`},
		{"odd attributes", `<a =x ="y" b=>c<br/>`, `<a  >c<br/>`},
		{"slashes", `<br data-x=1/><a/data-y class=b>`, `<br ><a/data-y class=b>`},
		{"svg", `<svg viewBox="0"><style>a<g></style><title/><script/></svg><!--c-->d`, `<svg ><style>a<g></style><title/><script/></svg>d`},
		{"doctype", `<!DOCTYPE html><?xml a?></ x><p>`, `<!DOCTYPE html><?xml a?></ x><p>`},
		{"ends in a tag", `a<p class="`, `a<p class="`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(lean(c.in, false)); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got, want := outline(string(lean(c.in, false))), outline(c.in); got != want {
				t.Errorf("the tree changes: got %s, want %s", got, want)
			}
		})
	}
}

// The tree of a lean page is that of the page, but for what nobody reads.
func FuzzLean(f *testing.F) {
	f.Add(`<p class=a style="display:none">a<!-- b --><script>c</script><svg><path d=1/></svg><table><tr><td>d`)
	f.Add(`<script><!--<script>a</script>--></script><p/ a='b>'c>`)
	f.Fuzz(func(t *testing.T, page string) {
		if strings.ContainsRune(page, 0) || indexFold(page, "<svg") >= 0 || indexFold(page, "<math") >= 0 {
			return // foreign elements have rules of their own, kept to only as far as pages go
		}
		for _, all := range []bool{false, true} {
			if got, want := outline(string(lean(page, all))), outline(page); got != want {
				t.Fatalf("%q\n got %s\nwant %s", lean(page, all), got, want)
			}
		}
	})
}
