package body_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/body"
	"github.com/diembao/diembao/processor/steptest"
	"go.yaml.in/yaml/v3"
)

// shipped reads the registry that ships with the project.
func shipped(t testing.TB) body.Registry {
	t.Helper()
	data, err := os.ReadFile("../../configs/bodies.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var r body.Registry
	if err := yaml.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestContract(t *testing.T) {
	steptest.Run(t, body.NewStep(shipped(t)), []string{"Bodies"})
}

func TestShippedRegistryIsSound(t *testing.T) {
	shipped(t).Validate(func(path, message string) { t.Errorf("configs/bodies.yaml: %s: %s", path, message) })
}

// read gives what a text of a day names: "id→name today", in order.
func read(t *testing.T, day, text string) string {
	t.Helper()
	m := &mention.Mention{Text: mention.Text{Body: text}}
	if day != "" {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		m.Text.Published = at
	}
	r := &mention.Reading{}
	if err := body.NewStep(shipped(t)).Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, b := range r.Bodies {
		out = append(out, fmt.Sprintf("%s→%s", b.ID, b.Now))
	}
	return strings.Join(out, "; ")
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ day, text, want string }{
		{"2023-04-07", "Bộ KH&ĐT cho biết", "khdt-cu→Bộ Tài chính"},
		{"2026-09-18", "Bộ Kế hoạch và Đầu tư trước đây", "khdt-cu→Bộ Tài chính"},
		{"2026-09-18", "Bộ NN&MT và Bộ Xây dựng", "bnnmt→Bộ Nông nghiệp và Môi trường; bxd→Bộ Xây dựng"},
		{"2023-09-19", "Sở TT&TT tham mưu UBND tỉnh", "so-tttt-cu→Sở Khoa học và Công nghệ; ubnd-tinh→Ủy ban nhân dân cấp tỉnh"},
		{"2026-09-18", "Văn phòng Chính phủ truyền đạt ý kiến", "vpcp→Văn phòng Chính phủ"},
		{"2026-09-18", "Chính phủ thảo luận", "chinh-phu→Chính phủ"},
		{"2026-09-18", "Chính phủ Nhật Bản hỗ trợ", ""},
		{"2026-09-18", "tổ chức phi chính phủ", ""},
		{"2026-09-18", "Uỷ ban Dân tộc (cũ)", "ubdt-cu→Bộ Dân tộc và Tôn giáo"},
		{"2024-06-01", "UBND huyện phản hồi", "ubnd-huyen-cu→Ủy ban nhân dân cấp xã"},
		{"2026-09-18", "UBND phường Hạc Thành", "ubnd-xa→Ủy ban nhân dân cấp xã"},
		{"2026-09-18", "VTV đưa tin, vtv", "vtv→Đài Truyền hình Việt Nam"},
		{"2026-09-18", "Theo TTXVN", ""},
		{"2026-09-18", "Ảnh: VGP", ""},
		{"2026-09-18", "bảo hiểm xã hội bắt buộc", ""},
		{"", "Tổng cục Thuế", "tong-cuc-thue-cu→Cục Thuế"},
		{"2026-09-18", "BTC của giải bóng đá", ""},
	} {
		if got := read(t, tt.day, tt.text); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.day, tt.text, got, tt.want)
		}
	}
}

func TestSpansOfOneBodyStandTogether(t *testing.T) {
	m := &mention.Mention{Text: mention.Text{Title: "Bộ Y tế trả lời", Body: "Theo Bộ Y tế, bộ y tế sẽ xem lại."}}
	r := &mention.Reading{}
	if err := body.NewStep(shipped(t)).Read(t.Context(), m, r); err != nil {
		t.Fatal(err)
	}
	if len(r.Bodies) != 1 || len(r.Bodies[0].Spans) != 3 || r.Bodies[0].Written != "Bộ Y tế" {
		t.Errorf("%+v", r.Bodies)
	}
}

func TestValidate(t *testing.T) {
	good := body.Body{ID: "a", Name: "Bộ A", Kind: "ministry"}
	for _, tt := range []struct {
		name   string
		bodies []body.Body
		want   string
	}{
		{"sound", []body.Body{good}, ""},
		{"twice", []body.Body{good, good}, "bodies[1].id"},
		{"bad id", []body.Body{{ID: "A b", Name: "x", Kind: "unit"}}, "bodies[0].id"},
		{"no name", []body.Body{{ID: "a", Kind: "unit"}}, "bodies[0].name"},
		{"unknown kind", []body.Body{{ID: "a", Name: "x", Kind: "club"}}, "bodies[0].kind"},
		{"dangling parent", []body.Body{{ID: "a", Name: "x", Kind: "unit", Parent: "b"}}, "bodies[0].parent"},
		{"bad day", []body.Body{{ID: "a", Name: "x", Kind: "unit", Since: "1/3/2025"}}, "bodies[0].since"},
		{"ends before it begins", []body.Body{{ID: "a", Name: "x", Kind: "unit", Since: "2025-03-01", Until: "2024-01-01"}}, "bodies[0].until"},
		{"no successor", []body.Body{{ID: "a", Name: "x", Kind: "former"}}, "bodies[0].successors"},
		{"dangling successor", []body.Body{{ID: "a", Name: "x", Kind: "former", Successors: []body.Successor{{ID: "z"}}}}, "bodies[0].successors[0].id"},
		{"same name", []body.Body{good, {ID: "b", Name: "bộ a", Kind: "unit"}}, "bodies[1].press"},
	} {
		var paths []string
		body.Registry{Bodies: tt.bodies}.Validate(func(path, _ string) { paths = append(paths, path) })
		if got := strings.Join(paths, " "); tt.want == "" && got != "" || !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}
