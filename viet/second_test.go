package viet

import "testing"

func TestUnchatFirst(t *testing.T) {
	for in, want := range map[string]string{
		"mn ơi ko đc j cả quáaaa": "mọi người ơi không được gì cả quá",
		"500 k thôi, k biết":      "500 nghìn thôi không biết",
		"đúnggg rùi nhìuuu":       "đúng rồi nhiều", "chưa đủ đk": "chưa đủ điều kiện", "phạt 0 đồng, 0 biết": "phạt 0 đồng không biết",
		"xog r, đúg z": "xong rồi đúng vậy",
	} {
		if got := Plain(in); got != want {
			t.Errorf("Plain(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestQualityFirst(t *testing.T) {
	for in, want := range map[string]string{
		"Báocáotổnghợpnêurõ kếtquảthựchiện nhiệmvụchínhtrị":            NoSpaces,
		"The minister said on Friday that the new policy would start.": Good,
		"aGVsbG8gd29ybGQgVGhpcyBpcyBh IGJhc2U2NCBib2R5IG9mIHRleHQ":     Noise,
		"Ủy ban nhân dân tỉnh vừa ban hành quyết định":                 Good,
		"ok": TooShort,
		"Ng??i d?n ph?n ?nh t?nh tr?ng ng?p n??c t?i ?? th?": LostLetters,
	} {
		if got := Quality(in); got != want {
			t.Errorf("Quality(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestLanguageFirst(t *testing.T) {
	for in, want := range map[string]string{
		"Người dân phản ánh tình trạng ngập nước":                "vi",
		"nguoi dan phan anh tinh trang ngap nuoc":                "vi-bare",
		"The people of the city reported flooding again":         "en",
		"Les habitants de la ville ont signalé une inondation":   "other",
		"Warga kota melaporkan banjir yang terjadi di jalan itu": "other",
	} {
		if got, _ := Language(in); got != want {
			t.Errorf("Language(%q) = %q, want %q", in, got, want)
		}
	}
}
