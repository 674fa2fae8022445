package privacy_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/privacy"
)

func TestMarking(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"UBND TỈNH X\nMẬT\nSố: 12/BC-UBND", "mật"},
		{"BỘ Y\nTUYỆT MẬT", "tuyệt mật"},
		{"[TỐI MẬT]\nNội dung", "tối mật"},
		{"Độ mật: Mật\nBáo cáo", "mật"},
		{"ĐỘ MẬT: TỐI MẬT", "tối mật"},
		{"*** MẬT ***", "mật"},
		{"Mật ong rừng U Minh được mùa", ""},
		{"Luật Bảo vệ bí mật nhà nước", ""},
		{"MẬT ONG NGUYÊN CHẤT", ""},
		{"Lộ đề thi tuyệt mật, ba cán bộ bị khởi tố", ""},
		{"Tài liệu được xếp loại: mật.", ""},
		{"Mật", ""},
		{"Độ mật của dữ liệu là gì?", ""},
		{strings.Repeat("dòng thường\n", 12) + "MẬT", ""},
		{"", ""},
	} {
		if got := privacy.Marking(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestSecretIsRefused(t *testing.T) {
	m := &mention.Mention{Text: mention.Text{Title: "Báo cáo", Body: "TỐI MẬT\nKế hoạch bí ẩn số một"}}
	err := privacy.NewStep().Read(t.Context(), m, &mention.Reading{})
	var secret *privacy.Secret
	if !errors.As(err, &secret) || secret.Marking != "tối mật" || !errors.Is(err, processor.ErrRefused) {
		t.Fatalf("got %v", err)
	}
	if strings.Contains(err.Error(), "bí ẩn") {
		t.Error("the error holds the text")
	}
}

func TestMasked(t *testing.T) {
	m := &mention.Mention{Text: mention.Text{
		Title: "Liên hệ số điện thoại 0912 345 678",
		Body:  "Ông Nguyễn Văn Tám, người tố cáo, cho biết: gửi thư tới tam@example.com.",
	}}
	r := &mention.Reading{}
	if err := privacy.NewStep().Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	kinds := map[string]string{}
	for _, s := range r.Masked {
		kinds[s.Kind] = m.Text.Cut(s.Span)
	}
	for kind, want := range map[string]string{"phone": "0912 345 678", "email": "tam@example.com", "denouncer": "Nguyễn Văn Tám"} {
		if kinds[kind] != want {
			t.Errorf("%s: got %q, want %q", kind, kinds[kind], want)
		}
	}
}
