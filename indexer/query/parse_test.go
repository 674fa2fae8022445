package query_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	. "github.com/diembao/diembao/indexer/query"
)

func TestParse(t *testing.T) {
	word := func(s string) Node { return Term{Text: s} }
	phrase := func(s string) Node { return Term{Text: s, Quoted: true} }
	for _, c := range []struct {
		text  string
		want  Node
		again string // what String gives, where it is not text
	}{
		{"", And(nil), ""},
		{"  ", And(nil), ""},
		{"thuế", word("thuế"), ""},
		{"giá đất", And{word("giá"), word("đất")}, ""},
		{`"bảng giá  đất"`, phrase("bảng giá đất"), `"bảng giá đất"`},
		{"“bảng giá đất”", phrase("bảng giá đất"), `"bảng giá đất"`},
		{"đất -giá", And{word("đất"), Not{word("giá")}}, ""},
		{"đất NOT giá", And{word("đất"), Not{word("giá")}}, "đất -giá"},
		{"giá - đất, nhà!", And{word("giá"), word("đất"), word("nhà")}, "giá đất nhà"},
		{"thuế đất OR phí", Or{And{word("thuế"), word("đất")}, word("phí")}, ""},
		{"thuế HOẶC phí | lệ-phí", Or{word("thuế"), word("phí"), word("lệ-phí")}, "thuế OR phí OR lệ-phí"},
		{"thuế AND phí", And{word("thuế"), word("phí")}, "thuế phí"},
		{"đất (thuế OR phí) -(a b)", And{word("đất"), Or{word("thuế"), word("phí")}, Not{And{word("a"), word("b")}}}, ""},
		{"((đất))", word("đất"), "đất"},
		{"--đất", word("đất"), "đất"},
		{"nguồn:dvhn", Field{FieldOutlet, "dvhn"}, ""},
		{"outlet:dvhn", Field{FieldOutlet, "dvhn"}, "nguồn:dvhn"},
		{"Nguon:dvhn", Field{FieldOutlet, "dvhn"}, "nguồn:dvhn"},
		{"chinhsach:bang-gia-dat", Field{FieldPolicy, "bang-gia-dat"}, "chính-sách:bang-gia-dat"},
		{"sắc-thái:bất-lợi", Field{FieldTone, "neg"}, "sắc-thái:neg"},
		{"tone:unsure", Field{FieldTone, Unsure}, "sắc-thái:unsure"},
		{`nơi:"Thanh Hóa"`, Field{FieldPlace, "Thanh Hóa"}, ""},
		{"văn-bản:70/2025/NĐ-CP", Field{FieldDocument, "70/2025/NĐ-CP"}, ""},
		{"loại:báo", Field{FieldKind, "press"}, "loại:press"},
		{"chủ-đề:land hành-vi:question", And{Field{FieldTopic, "land"}, Field{FieldAct, "question"}}, ""},
		{"lập-trường:bang-gia-dat=against", Field{FieldStance, "bang-gia-dat=against"}, ""},
		{"là:gỡ", Field{FieldIs, "removed"}, "là:removed"},
		{"từ:2/11/2026 đến:2026-11-20", And{Field{FieldFrom, "02/11/2026"}, Field{FieldTo, "20/11/2026"}}, "từ:02/11/2026 đến:20/11/2026"},
		{"10:30 http://vi.vn/a", And{word("10:30"), word("http://vi.vn/a")}, ""},
		{"tác-giả:Lan", word("tác-giả:Lan"), ""},
		{"Thủ tướng: không", And{word("Thủ"), word("tướng"), word("không")}, "Thủ tướng không"},
		{"OR, thuế", And{phrase("OR"), word("thuế")}, `"OR" thuế`},
	} {
		got, err := Parse(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.text, err)
			continue
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: %s", c.text, diff)
		}
		if c.again == "" {
			c.again = strings.TrimSpace(c.text)
		}
		if got.String() != c.again {
			t.Errorf("%s: written %q, want %q", c.text, got, c.again)
		}
	}
}

func TestParseErrorNamesThePlace(t *testing.T) {
	for _, c := range []struct {
		text   string
		column int
		vi     string
	}{
		{`thuế "bảng giá`, 6, "dấu ngoặc kép chưa được đóng"},
		{"đất (thuế OR phí", 5, "dấu “(” chưa được đóng"},
		{"đất )", 5, "dấu “)” thừa"},
		{"đất OR", 7, "thiếu từ cần tìm ở đây"},
		{"OR đất", 1, "thiếu từ cần tìm ở đây"},
		{"đất ()", 6, "thiếu từ cần tìm ở đây"},
		{"NOT", 4, "thiếu từ cần tìm ở đây"},
		{"từ:hôm-qua", 4, "“hôm-qua” không phải là ngày; hãy viết như 02/11/2026"},
		{"từ:31/02/2026", 4, "“31/02/2026” không phải là ngày; hãy viết như 02/11/2026"},
		{"đất sắc-thái:vui", 14, "“sắc-thái” không có giá trị “vui”"},
		{"nguồn: dvhn", 7, "sau “nguồn:” cần một giá trị"},
		{" !? ", 2, "không có chữ hay số nào để tìm"},
		{strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40), 33, "quá nhiều lớp ngoặc"},
		{strings.Repeat("a ", 300), 513, "câu tìm có quá nhiều phần"},
		{strings.Repeat("a", 5000), 1, "câu tìm dài quá 4096 byte"},
	} {
		node, err := Parse(c.text)
		var wrong *ParseError
		if !errors.As(err, &wrong) {
			t.Errorf("%.40s: got %v, %v, want an error", c.text, node, err)
			continue
		}
		if wrong.Column != c.column || wrong.Vietnamese != c.vi || wrong.English == "" {
			t.Errorf("%.40s: column %d, %s (%s); want column %d, %s",
				c.text, wrong.Column, wrong.Vietnamese, wrong.English, c.column, c.vi)
		}
	}
}

func TestBoundsIncludeBothDays(t *testing.T) {
	from, _ := Field{FieldFrom, "02/11/2026"}.Bounds()
	_, to := Field{FieldTo, "02/11/2026"}.Bounds()
	if want := time.Date(2026, 11, 1, 17, 0, 0, 0, time.UTC); !from.Equal(want) || to.Sub(from) != 24*time.Hour {
		t.Errorf("got %v to %v, want a day from %v", from, to, want)
	}
}

// node draws a node as Parse would give it: no list in a list of its kind, no
// list of one, no double negation.
func node(depth int) *rapid.Generator[Node] {
	leaves := []*rapid.Generator[Node]{
		rapid.Map(rapid.SampledFrom([]string{"thuế", "Đất", "5G", "c-d", "10:30", "u.v", "hoà"}), func(s string) Node { return Term{Text: s} }),
		rapid.Map(rapid.SampledFrom([]string{"bảng giá đất", "OR", "nguồn:x", "-a (b)"}), func(s string) Node { return Term{s, true} }),
		rapid.Map(rapid.SampledFrom([]string{"dvhn", "Hà Nội", "70/2025/NĐ-CP", "a(b)"}), func(s string) Node { return Field{FieldPlace, s} }),
		rapid.Map(rapid.SampledFrom([]string{"pos", "neu", "neg", Unsure}), func(s string) Node { return Field{FieldTone, s} }),
		rapid.Map(rapid.SampledFrom([]string{"01/01/2026", "29/02/2028"}), func(s string) Node { return Field{FieldTo, s} }),
	}
	if depth == 0 {
		return rapid.OneOf(leaves...)
	}
	return rapid.Custom(func(t *rapid.T) Node {
		some := func(bad func(Node) bool) []Node {
			return rapid.SliceOfN(node(depth-1).Filter(func(n Node) bool { return !bad(n) }), 2, 4).Draw(t, "parts")
		}
		switch rapid.IntRange(0, 3).Draw(t, "kind") {
		case 0:
			return And(some(func(n Node) bool { _, is := n.(And); return is }))
		case 1:
			return Or(some(func(n Node) bool { _, is := n.(Or); return is }))
		case 2:
			return Not{node(depth-1).Filter(func(n Node) bool { _, is := n.(Not); return !is }).Draw(t, "inner")}
		}
		return rapid.OneOf(leaves...).Draw(t, "leaf")
	})
}

func TestStringReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := node(3).Draw(t, "node")
		got, err := Parse(want.String())
		if err != nil {
			t.Fatalf("%s: %v", want, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: %s", want, diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "giá đất", `"a b" -c OR (d e)`, "từ:02/11/2026", "nguồn:\"x", "--a", "NOT -%a", "%từ:5", "«a”", "\"00\xa1\"00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first, err := Parse(s)
		if err != nil {
			var wrong *ParseError
			if !errors.As(err, &wrong) || wrong.Column < 1 || wrong.Vietnamese == "" {
				t.Fatalf("%q: error without a place: %v", s, err)
			}
			return
		}
		second, err := Parse(first.String())
		var wrong *ParseError
		if errors.As(err, &wrong) && len(first.String()) > 4096 {
			return // writing out may pass the bound
		}
		if err != nil {
			t.Fatalf("%q: written %q: %v", s, first, err)
		}
		if diff := cmp.Diff(first, second); diff != "" {
			t.Fatalf("%q: written %q: %s", s, first, diff)
		}
	})
}

func TestCursor(t *testing.T) {
	want := Position{Sort: ByTime, When: -5, ID: "abcdefghijklmnopqrstuvwxyz"}
	got, err := ParseCursor(want.Cursor(), ByTime)
	if err != nil || *got != want {
		t.Fatalf("got %+v, %v, want %+v", got, err, want)
	}
	if none, err := ParseCursor("", ByTime); none != nil || err != nil {
		t.Errorf("the empty cursor gives %v, %v", none, err)
	}
	for _, bad := range []string{"x", "e30", want.Cursor()[1:]} {
		if _, err := ParseCursor(bad, ByTime); !errors.Is(err, ErrCursor) {
			t.Errorf("%q: got %v, want ErrCursor", bad, err)
		}
	}
	if _, err := ParseCursor(want.Cursor(), ByOldest); !errors.Is(err, ErrCursor) {
		t.Errorf("a cursor of another order: got %v, want ErrCursor", err)
	}
}
