package embedded_test

import (
	"errors"
	"testing"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/embedded"
	"github.com/diembao/diembao/indexer/indextest"
	"github.com/diembao/diembao/indexer/memory"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// FuzzSearch asks whatever text: the answer is a parse error or what the
// model says, never an error of the engine.
func FuzzSearch(f *testing.F) {
	e, model := open(f, embedded.Memory), memory.New()
	for _, m := range []*mention.Mention{
		indextest.Mention("1", indextest.Text("Bảng giá đất", "Giá đất tăng 1.234,5 đồng.\nNhà ở")),
		indextest.Mention("2", indextest.Text("bang gia dat", "không dấu"), indextest.Outlet(mention.Social, "mxh")),
	} {
		for _, w := range []indexer.Writer{e, model} {
			if errs := w.Write(f.Context(), []*mention.Mention{m}); errs != nil {
				f.Fatal(errs)
			}
		}
	}
	for _, s := range []string{"giá", `"giá đất" -nhà`, "nguồn:mxh OR (tăng dong)", `a" OR tags : "x`, "NEAR(a b)", "\x00", "1.234,5*", "-(a OR -b)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := query.Request{Text: text, Sort: query.ByRelevance}
		got, err := e.Search(t.Context(), r)
		var wrong *query.ParseError
		if errors.As(err, &wrong) {
			return
		}
		want, bad := model.Search(t.Context(), r)
		if err != nil || bad != nil {
			t.Fatalf("%q: %v, the model %v", text, err, bad)
		}
		if got.Total != want.Total {
			t.Fatalf("%q finds %d, in the model %d", text, got.Total, want.Total)
		}
	})
}
