package language_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/language"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct {
		text mention.Text
		want string
	}{
		{mention.Text{Title: "Bảng giá đất mới", Body: "Người dân lo ngại chi phí tăng cao."}, "vi"},
		{mention.Text{Body: "cho em hoi thu tuc cap so do o phuong lam the nao vay a"}, "vi-bare"},
		{mention.Text{Body: "The government has announced a new policy for small businesses."}, "en"},
		{mention.Text{Body: "政府公布新政策"}, "other"},
		{mention.Text{}, "other"},
		{mention.Text{Title: "Video", Body: strings.Repeat("Chính quyền địa phương trả lời người dân. ", 200)}, "vi"},
	} {
		m, r := &mention.Mention{Text: tt.text}, &mention.Reading{}
		if err := language.NewStep().Read(t.Context(), m, r); err != nil {
			t.Fatal(err)
		}
		if r.Language.Value != tt.want || r.Language.By != "language/1" {
			t.Errorf("%.60q: got %+v, want %s", tt.text.Title+tt.text.Body, r.Language, tt.want)
		}
	}
}
