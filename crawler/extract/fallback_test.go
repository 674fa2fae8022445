package extract

import (
	"strings"
	"testing"
)

func TestFlatText(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "một": "một", "<p>một</p><p>hai</p>": "một|hai", "một<br>hai": "một|hai", "một<br/>hai": "một|hai", "một<hr />hai": "một|hai", "a<script>x < y</script>b": "a|b", "<style>p{}</style>b": "b", "<!-- x -->a": "a", "a <": "a <",
	} {
		if got := strings.ReplaceAll(cleanLines(flatText(in)), "\n", "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// Pages whose size makes readability slow are not given to it.
func TestLargePagesAreNotReconsidered(t *testing.T) {
	p := parsed(t, "<h1>Xã trả lời về thủy lợi phí</h1>"+strings.Repeat("<p>a</p>", maxFallbackBlocks+1))
	p.picked = make([]bool, len(p.tree.blocks))
	p.reconsider()
	if n := p.tree.pickedRunes(p.picked); n != 0 {
		t.Errorf("%d runes were picked", n)
	}
}
