package policy_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/policy"
	"pgregory.net/rapid"
)

// registry is a small one in which every rule has its case.
func registry() policy.Registry {
	return policy.Registry{Policies: []policy.Policy{
		{ID: "nd-cu", Name: "Nghị định cũ", Kind: "decree", ReplacedBy: []string{"nd-moi"}, ActiveFrom: "2017-01-01",
			Documents:     []policy.Document{{Number: "09/2017/NĐ-CP", Type: "NĐ", Issued: "2017-02-09", Effective: "2017-03-30", Until: "2026-06-30"}},
			SharedAliases: []string{"quy chế phát ngôn"},
			Cues:          []policy.Cue{{Word: "Nghị định 09", Near: []string{"phát ngôn", "báo chí"}}, {Word: "quy định phát ngôn", Near: []string{"báo chí"}}},
			Not:           []string{"Nghị định 09/2018"}},
		{ID: "nd-moi", Name: "Nghị định mới", Kind: "decree", Replaces: []string{"nd-cu"}, ActiveFrom: "2026-01-01",
			Documents:     []policy.Document{{Number: "244/2026/NĐ-CP", Type: "NĐ", Issued: "2026-06-26", Effective: "2026-07-01"}},
			SharedAliases: []string{"quy chế phát ngôn"}},
		{ID: "ntm", Name: "Nông thôn mới", Kind: "programme", Aliases: []string{"xây dựng nông thôn mới", "xay dung nong thon moi"},
			Not: []string{"Báo Xây dựng nông thôn mới"}},
		{ID: "gop", Name: "Chương trình gộp", Kind: "programme",
			Aliases: []string{"xây dựng nông thôn mới, giảm nghèo bền vững và phát triển vùng cao"}},
		{ID: "bhyt", Name: "Bảo hiểm y tế", Kind: "law", Tokens: []string{"BHYT"}, Aliases: []string{"bảo hiểm y tế toàn dân cả nước"}},
		{ID: "tinh", Name: "Quyết định của tỉnh", Kind: "decision",
			Documents: []policy.Document{{Number: "07/2017/QĐ-UBND", Type: "QĐ", Issued: "2017-04-11", Issuer: "UBND tỉnh Lai Châu"}}},
		{ID: "ct07", Name: "Chỉ thị 07", Kind: "directive", Documents: []policy.Document{{Number: "07/CT-TTg", Type: "CT", Issued: "2023-03-21"}},
			Not: []string{"Chỉ thị 07/CT-TTg ngày 14/3/2025"}},
	}}
}

// read gives what a text of a day names: "id:rule=written", in order of score.
func read(t testing.TB, r policy.Registry, day, text string) string {
	t.Helper()
	m := &mention.Mention{Text: mention.Text{Body: text}}
	if day != "" {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Text.Published = at
	}
	reading := &mention.Reading{}
	_ = language.NewStep().Read(t.Context(), m, reading)
	_ = document.NewStep(r.KnownDocuments()).Read(t.Context(), m, reading)
	if err := policy.NewStep(r).Read(t.Context(), m, reading); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, p := range reading.Policies {
		for _, h := range p.Hits {
			if h.Written != m.Text.Cut(h.Span) {
				t.Errorf("%q is not what stands at %v", h.Written, h.Span)
			}
			out = append(out, fmt.Sprintf("%s:%s=%s", p.ID, h.Rule, h.Written))
		}
	}
	return strings.Join(out, "; ")
}

func TestFind(t *testing.T) {
	for _, tt := range []struct{ name, day, text, want string }{
		{"alias", "2026-09-01", "Đẩy mạnh xây dựng nông thôn mới ở xã.", "ntm:alias=xây dựng nông thôn mới"},
		{"alias in capitals", "2026-09-01", "XÂY DỰNG NÔNG THÔN MỚI", "ntm:alias=XÂY DỰNG NÔNG THÔN MỚI"},
		{"longest across policies", "2026-09-01", "xây dựng nông thôn mới, giảm nghèo bền vững và phát triển vùng cao",
			"gop:alias=xây dựng nông thôn mới, giảm nghèo bền vững và phát triển vùng cao"},
		{"both, apart", "2026-09-01", "xây dựng nông thôn mới; xây dựng nông thôn mới, giảm nghèo bền vững và phát triển vùng cao",
			"gop:alias=xây dựng nông thôn mới, giảm nghèo bền vững và phát triển vùng cao; ntm:alias=xây dựng nông thôn mới"},
		{"accents kept", "2026-09-01", "Có ý kiến về xây dựng nông thôn mỡi và nhiều việc khác nữa", ""},
		{"excluded", "2026-09-01", "theo Báo Xây dựng nông thôn mới", ""},
		{"excluded only there", "2026-09-01", "Báo Xây dựng nông thôn mới viết về xây dựng nông thôn mới", "ntm:alias=xây dựng nông thôn mới"},
		{"shared, before", "2024-05-01", "quy chế phát ngôn", "nd-cu:shared=quy chế phát ngôn"},
		{"shared, gap between issue and force", "2026-06-28", "quy chế phát ngôn", "nd-cu:shared=quy chế phát ngôn"},
		{"shared, after", "2026-07-02", "quy chế phát ngôn", "nd-moi:shared=quy chế phát ngôn"},
		{"shared, before the gate", "2016-01-01", "quy chế phát ngôn", ""},
		{"shared, undated", "", "quy chế phát ngôn", "nd-moi:shared=quy chế phát ngôn"},
		{"cue", "2024-05-01", "Nghị định 09 bàn về phát ngôn.", "nd-cu:document=Nghị định 09"},
		{"cue that is no number", "2024-05-01", "Thực hiện quy định phát ngôn, cơ quan trả lời báo chí.", "nd-cu:cue=quy định phát ngôn"},
		{"cue without context", "2010-05-01", "Nghị định 09 bàn về phân bón.", ""},
		{"cue with context in the next sentence", "2010-05-01", "Nghị định 09 vừa ra. Báo chí đưa tin.", ""},
		{"token", "2026-09-01", "thẻ BHYT", "bhyt:token=BHYT"},
		{"token typed small", "2026-09-01", "thẻ bhyt của mình", "bhyt:token=bhyt"},
		{"token in other capitals", "2026-09-01", "Bhyt", ""},
		{"bare alias in bare text", "2026-09-01", "cho em hoi ve xay dung nong thon moi o xa em voi a", "ntm:folded=xay dung nong thon moi"},
		{"bare alias in other text", "2026-09-01", "Địa chỉ trang: xay dung nong thon moi, là cổng thông tin của tỉnh về chương trình", ""},
		{"long alias folds", "2026-09-01", "toi muon hoi bao hiem y te toan dan ca nuoc khi nao co", "bhyt:folded=bao hiem y te toan dan ca nuoc"},
		{"number", "2026-09-01", "theo Nghị định số 244/2026/NĐ-CP", "nd-moi:document=244/2026/NĐ-CP"},
		{"number of another year", "2026-09-01", "theo Nghị định số 244/2025/NĐ-CP", ""},
		{"bare number", "2024-05-01", "Nghị định 09 có hiệu lực", "nd-cu:document=Nghị định 09"},
		{"yearless number with its date", "2024-05-01", "Chỉ thị 07/CT-TTg ngày 21/3/2023", "ct07:document=07/CT-TTg"},
		{"yearless number of another date", "2025-05-01", "Chỉ thị 07/CT-TTg ngày 14/3/2025", ""},
		{"small yearless number alone", "2024-05-01", "Chỉ thị 07/CT-TTg", ""},
		{"number of every province, this one", "2024-05-01", "Quyết định 07/2017/QĐ-UBND của UBND tỉnh Lai Châu", "tinh:document=07/2017/QĐ-UBND"},
		{"number of every province, another", "2024-05-01", "Quyết định 07/2017/QĐ-UBND của UBND tỉnh Sơn La", ""},
		{"nothing", "2026-09-01", "Trời hôm nay đẹp", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := read(t, registry(), tt.day, tt.text); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestShippedRegistry(t *testing.T) {
	r := shipped(t)
	for _, tt := range []struct{ day, text, want string }{
		{"2014-03-31", "Chương trình 135 được 135 triệu đồng", "chuong-trinh-135:alias=Chương trình 135"},
		{"2026-09-14", "giá vàng 135 triệu đồng", ""},
		{"2026-09-14", "hoá đơn điện tử", "nd-254-2026-hoa-don-dien-tu:shared=hoá đơn điện tử"},
		{"2025-09-14", "hóa đơn điện tử", "nd-70-2025-hoa-don-dien-tu:shared=hóa đơn điện tử"},
		{"2023-05-01", "Luật Đất đai", "luat-dat-dai-2013:shared=Luật Đất đai"},
		{"2026-05-01", "Luật Đất đai", "luat-dat-dai-2024:shared=Luật Đất đai"},
		{"2026-09-14", "giá đất hiếm tăng", ""},
		{"2026-09-14", "Người phát ngôn Bộ Ngoại giao", ""},
		{"2024-09-14", "xã đạt chuẩn nông thôn mới", "ctmtqg-nong-thon-moi-2021:shared=đạt chuẩn nông thôn mới"},
		{"2026-09-14", "xã đạt chuẩn nông thôn mới", "ctmtqg-tich-hop-2026:shared=đạt chuẩn nông thôn mới"},
	} {
		if got := read(t, r, tt.day, tt.text); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.day, tt.text, got, tt.want)
		}
	}
}

// TestEvidenceIsInTheText: whatever a text is made of, every hit points at
// what it says it found, and hits of different policies do not overlap unless
// they are the same words.
func TestEvidenceIsInTheText(t *testing.T) {
	r := registry()
	step, docs := policy.NewStep(r), document.NewStep(r.KnownDocuments())
	pieces := []string{"xây dựng nông thôn mới", ", giảm nghèo bền vững và phát triển vùng cao", "quy chế phát ngôn", "Nghị định 09", "/2018",
		" báo chí", "BHYT", "244/2026/NĐ-CP", ". ", "\n", " ", "Báo ", "xay dung nong thon moi", "đ", "07/CT-TTg", " ngày 21/3/2023"}
	rapid.Check(t, func(t *rapid.T) {
		m := &mention.Mention{Text: mention.Text{
			Title: strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "title"), ""),
			Body:  strings.Join(rapid.SliceOf(rapid.SampledFrom(pieces)).Draw(t, "body"), ""),
		}}
		reading := &mention.Reading{Language: mention.Label{Value: rapid.SampledFrom([]string{"vi", "vi-bare"}).Draw(t, "language")}}
		_ = docs.Read(t.Context(), m, reading)
		_ = step.Read(t.Context(), m, reading)
		var all []mention.Hit
		for _, p := range reading.Policies {
			if p.Score <= 0 || p.Score >= 1 || len(p.Hits) == 0 {
				t.Fatalf("%+v", p)
			}
			for _, h := range p.Hits {
				if m.Text.Cut(h.Span) != h.Written || h.Written == "" {
					t.Fatalf("%+v is not in the text", h)
				}
				for _, o := range all {
					if o.Field == h.Field && o.Start < h.End && h.Start < o.End && o.Span != h.Span {
						t.Fatalf("%+v and %+v overlap", o, h)
					}
				}
				all = append(all, h)
			}
		}
	})
}
