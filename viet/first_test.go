package viet

import "testing"

func TestKeyAndFold(t *testing.T) {
	for _, c := range []struct{ in, key, fold string }{
		{"hoà", "hòa", "hoa"}, {"Hòa", "hòa", "hoa"}, {"uỷ", "ủy", "uy"}, {"thuý", "thúy", "thuy"},
		{"quý", "quí", "quy"}, {"qúy", "quí", "quy"}, {"quá", "quá", "qua"}, {"giá", "giá", "gia"}, {"già", "già", "gia"},
		{"gì", "gì", "gi"}, {"lý", "lí", "ly"}, {"kỷ", "kỉ", "ky"}, {"Mỹ", "mĩ", "my"}, {"khoẻ", "khỏe", "khoe"},
		{"tòan", "toàn", "toan"}, {"hoàng", "hoàng", "hoang"}, {"chưa", "chưa", "chua"}, {"chua", "chua", "chua"},
		{"thủơ", "thuở", "thuo"}, {"khuỷu", "khuỷu", "khuyu"}, {"ngoài", "ngoài", "ngoai"}, {"ĐƯỜNG", "đường", "duong"},
		{"ý", "ý", "y"}, {"ỷ lại", "ỷ lại", "y lai"}, {"café", "café", "cafe"}, {"thúi", "thúi", "thui"},
	} {
		if got := Key(c.in); got != c.key {
			t.Errorf("Key(%q) = %q, want %q", c.in, got, c.key)
		}
		if got := Fold(c.in); got != c.fold {
			t.Errorf("Fold(%q) = %q, want %q", c.in, got, c.fold)
		}
	}
}

func TestSyllableFirst(t *testing.T) {
	for _, s := range []string{"nghiêng", "quý", "gì", "giếng", "giặt", "yêu", "khuya", "quốc", "Đắk", "của", "ủy", "uỷ", "xoong", "quạt", "y", "ý"} {
		if got := Syllable(s); got != (s != "Đắk") {
			t.Errorf("Syllable(%q) = %v", s, got)
		}
	}
	for _, s := range []string{"gnhiêng", "cế", "ka", "bàt", "strong", "zô", "", "hoá1", "ngê", "thừt"} {
		if Syllable(s) {
			t.Errorf("Syllable(%q)", s)
		}
	}
}

func TestSentencesFirst(t *testing.T) {
	in := "Ông N.V.A. ở TP. Huế nộp 1.234 đồng. Sau đó? \"Không rõ...\" Th.S Lan nói.\nHết"
	want := []string{"Ông N.V.A. ở TP. Huế nộp 1.234 đồng.", "Sau đó?", "\"Không rõ...\"", "Th.S Lan nói.", "Hết"}
	got := Sentences(in)
	if len(got) != len(want) {
		t.Fatalf("%d sentences, want %d: %v", len(got), len(want), got)
	}
	for i, p := range got {
		if p.In(in) != want[i] {
			t.Errorf("%d: %q, want %q", i, p.In(in), want[i])
		}
	}
}

func TestTokensFirst(t *testing.T) {
	got := ""
	for _, k := range Tokens("1.234,5 covid_19: cộng-đồng 5G") {
		got += "|" + k.Text
	}
	if got != "|1|234|5|covid|19|cộng|đồng|5G" {
		t.Error(got)
	}
}
