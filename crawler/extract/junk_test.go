package extract

import (
	"strings"
	"testing"
)

func TestPartsOfJunk(t *testing.T) {
	for _, c := range []struct {
		name string
		is   func(string) bool
		yes  []string
		no   []string
	}{
		{"counter", isCounter, []string{"0:00", "0:00 / 3:45", "1:2:3", "12 : 30"}, []string{"", ":", "12", "12/3", "a:1", "tỷ lệ 1:2"}},
		{"credit", isCredit, []string{"anh: vgp", "anh minh hoa", "photo: ap", "video: btv"}, []string{"anh ba", "anh: mot hai ba bon nam sau bay", "photograph"}},
		{"picture count", isPictureCount, []string{"image 2 of 5", "anh 2/5", "hinh 1", "photo 12"}, []string{"anh", "anh ba", "image 2 of five", "hinh 1 2 3 4", "trang 2/5"}},
		{"file name", isFileName, []string{"ht1.jpg", "a.jpeg", "b.png", "c.webp"}, []string{"a b.jpg", "jpg", "bao.vn", strings.Repeat("a", 60) + ".jpg"}},
	} {
		for _, s := range c.yes {
			if !c.is(s) {
				t.Errorf("%s: %q was not recognised", c.name, s)
			}
		}
		for _, s := range c.no {
			if c.is(s) {
				t.Errorf("%s: %q was taken for one", c.name, s)
			}
		}
	}
}

func TestDropCountLeavesBareFigures(t *testing.T) {
	for in, want := range map[string]string{"binh luan (6)": "binh luan", "12 comments": "comments", "2026": "2026", "(1)": "(1)", "": "", "1.234 y kien": "y kien"} {
		if got := dropCount(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// A whole sentence is text, whatever words it opens with.
func TestSentencesAreNoJunk(t *testing.T) {
	for _, start := range []string{"Lượt xem", "Theo dõi chúng tôi", "Advertisement", "Copyright"} {
		line := start + " là những chữ mở đầu một câu dài hơn sáu mươi chữ, có đầu và có cuối."
		if blockOf(line).isJunkLine() {
			t.Errorf("%q was dropped", line)
		}
	}
}
