package viet

import (
	"strings"
	"testing"
)

const wellFormed = `nghiêng quý quí gì gìn giếng giặt giữa gia yêu yến khuya quốc của ủy uỷ xoong quạt y ý ơ à ừ quyết quyển quỳnh
	khuỷu khoeo ngoằn ngoèo ngoáy huênh hoang tuýp xoèn xoẹt quẩy quỵt quắc quặng thuở huơ nguyệt nghiệp kiểm gạch ghi nghỉ
	bệnh viện Trường PHƯỜNG đặc lướt xăng boóng coóng oái oăm uyên uỵch oẳng giẫm giục rượu hươu bưởi chuỗi mượt kêu ngheo`

const illFormed = `cế ka kâu bàt thừt gnhiêng ghá nghã ngê ci strong zô fan wá Đắk Lắk Mnông hoá1 đườngg bb a-b quu quo hòà nước2
	tiengs yan tyên giì aie ắă ươư qá q đ nh`

func TestSyllable(t *testing.T) {
	for s := range strings.FieldsSeq(wellFormed) {
		if !Syllable(s) {
			t.Errorf("%q is a syllable", s)
		}
		if !BareSyllable(Fold(s)) || !BareSyllable(s) {
			t.Errorf("%q is a bare syllable", Fold(s))
		}
	}
	for s := range strings.FieldsSeq(illFormed) {
		if Syllable(s) {
			t.Errorf("%q is no syllable", s)
		}
	}
	if Syllable("") || BareSyllable("") {
		t.Error("nothing is no syllable")
	}
	for s := range strings.FieldsSeq("strong which people government wifi flop yang untuk dengan été") {
		if BareSyllable(s) {
			t.Errorf("%q is no bare syllable", s)
		}
	}
}

// TestSyllableCoversTheCorpus: of the marked words of press passages all but
// names of the minorities and abbreviations are well-formed.
func TestSyllableCoversTheCorpus(t *testing.T) {
	marked, odd := 0, 0
	for _, s := range corpus(t, "press_written.jsonl") {
		for k := range EachToken(s) {
			if f := formOf(k.Text); f.mark {
				marked++
				if !f.isSyllable() {
					odd++
				}
			}
		}
	}
	t.Logf("%d marked words, %d of them no syllable", marked, odd)
	if odd*300 > marked {
		t.Errorf("%d of %d marked words are no syllable", odd, marked)
	}
}
