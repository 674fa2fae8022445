package extract

import (
	"encoding/json"
	"strings"
	"testing"
)

// fiveSentences are more runes than an excerpt has.
const fiveSentences = "Ủy ban nhân dân xã cho biết mức thu thủy lợi phí vụ mùa năm nay được giữ như năm ngoái. Các hộ nghèo được miễn toàn bộ khoản thu này cho đến hết năm sau. " +
	"Người dân ở ba bản vùng cao đề nghị xã công khai danh sách trên loa truyền thanh mỗi tuần. Chủ tịch xã hẹn trả lời bằng văn bản trước ngày họp hội đồng. Bản trả lời sẽ được niêm yết ở nhà văn hóa."

func telling(t *testing.T, told, shown string) *page {
	t.Helper()
	data, err := json.Marshal(map[string]string{"@type": "NewsArticle", "headline": "Xã trả lời về thủy lợi phí", "articleBody": told})
	if err != nil {
		t.Fatal(err)
	}
	return found(t, `<html lang="vi"><head><script type="application/ld+json">`+string(data)+`</script></head><body><h1>Xã trả lời về thủy lợi phí</h1>`+shown+`</body></html>`)
}

func TestToldBody(t *testing.T) {
	for name, c := range map[string]struct{ told, shown, want string }{
		"scripts draw the text": {fiveSentences, `<div id="app"></div>`, fiveSentences},
		"the page shows it":     {fiveSentences, `<p>` + fiveSentences + `</p>`, fiveSentences},
		"told in HTML":          {"<p>" + fiveSentences + "</p><script>x</script>", ``, fiveSentences},
		"told in entities":      {strings.ReplaceAll(fiveSentences, "xã", "x&atilde;"), ``, fiveSentences},
		"only an excerpt":       {fiveSentences[:150], ``, ""},
		"nothing told":          {"", `<p>` + fiveSentences + `</p>`, fiveSentences},
	} {
		if got := telling(t, c.told, c.shown).Body; got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestPlainTold(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "một": "một", " một \n\n hai ": "một\nhai", "<p>một</p><p>hai</p>": "một\nhai", "một<br/>hai": "một\nhai", "a &amp; b": "a & b", "TT&TT": "TT&TT", "1 < 2": "1 < 2", "<style>x</style>một</p>": "một",
	} {
		if got := plainTold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
