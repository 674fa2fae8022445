package extract

import (
	"strings"
	"testing"
)

func TestLegends(t *testing.T) {
	const text = "Cán bộ xã đi từng hộ ở bản Nậm Lay"
	for name, c := range map[string]struct {
		page string
		want bool
	}{
		"italic behind a picture":     {`<p><img></p><p><i>` + text + `</i></p>`, true},
		"centred behind a picture":    {`<p><img></p><p style="text-align: center">` + text + `</p>`, true},
		"aligned behind a picture":    {`<p><img></p><p align="CENTER">` + text + `</p>`, true},
		"in center":                   {`<center><img><br>` + text + `</center>`, true},
		"plain behind a picture":      {`<p><img></p><p>` + text + `</p>`, false},
		"italic without a picture":    {`<p><i>` + text + `</i></p>`, false},
		"a quotation":                 {`<p><img></p><p><i>“` + text + `”</i></p>`, false},
		"a heading":                   {`<p><img></p><h2 align=center>` + text + `</h2>`, false},
		"a link":                      {`<p><img></p><p><i>` + text + ` <a href=/x>xem</a></i></p>`, false},
		"a long sentence":             {`<p><img></p><p><i>` + strings.Repeat("chữ ", 30) + `hết.</i></p>`, false},
		"too long":                    {`<p><img></p><p><i>` + strings.Repeat("chữ ", 60) + `</i></p>`, false},
		"a picture inside a line":     {`<p>Chữ <img></p><p><i>` + text + `</i></p>`, false},
		"a block after the picture's": {`<p><img></p><p>Đoạn văn.</p><p><i>` + text + `</i></p>`, false},
	} {
		blocks := parsed(t, c.page).tree.blocks
		b := blocks[len(blocks)-1]
		if got := b.mark&markCaption != 0; got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}
