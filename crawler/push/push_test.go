package push

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
)

var now = time.Date(2026, 9, 18, 9, 0, 0, 0, time.UTC)

// crawlerLike takes items as the crawler does.
type crawlerLike struct {
	items []intake.Item
	err   error
}

func (c *crawlerLike) doors() Doors {
	return Doors{
		Blank: func(source string) (intake.Item, error) {
			if source != "fb" {
				return intake.Item{}, errors.New("none")
			}
			return intake.Item{Kind: mention.Social, Outlet: "fb", Source: "fb", Channel: mention.Post}, nil
		},
		Outlet: func(address string) (mention.Kind, string, bool) {
			return mention.Press, "bao", strings.HasPrefix(address, "http://bao.vn/")
		},
		Receive: func(_ context.Context, _ string, items []intake.Item) []error {
			errs := make([]error, len(items))
			for i := range errs {
				errs[i] = c.err
			}
			if c.err == nil {
				c.items = append(c.items, items...)
			}
			return errs
		},
	}
}

func send(t *testing.T, c *crawlerLike, token, body string) (int, Answer) {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "/v1/mentions", strings.NewReader(body))
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	w := httptest.NewRecorder()
	c.doors().Handler("secret").ServeHTTP(w, r)
	var a Answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		t.Fatalf("%s: %v", w.Body, err)
	}
	return w.Code, a
}

func TestPush(t *testing.T) {
	good := `{"source":"fb","id":"p1","body":"Bao giờ cấp sổ?","author":"Nguyễn A","published":"2026-09-18T08:00:00+07:00"}`
	for _, c := range []struct {
		name, body      string
		status, ok, bad int
		where           string
	}{
		{"batch", `{"items":[` + good + `]}`, 200, 1, 0, ""},
		{"array", `[` + good + `]`, 200, 1, 0, ""},
		{"one row", good, 200, 1, 0, ""},
		{"empty batch", `{"items":[]}`, 200, 0, 0, ""},
		{"one bad row among good", `[` + good + `,{"source":"fb","body":"x"},` + good + `]`, 207, 2, 1, "id, url"},
		{"unknown source", `[{"source":"nope","id":"1","body":"x"}]`, 207, 0, 1, "nope"},
		{"empty text", `[{"source":"fb","id":"1"}]`, 207, 0, 1, "body"},
		{"bad channel", `[{"source":"fb","id":"1","body":"x","channel":"tweet"}]`, 207, 0, 1, "tweet"},
		{"bad time", `[{"source":"fb","id":"1","body":"x","published":"hôm nào đó"}]`, 207, 0, 1, "published"},
		{"future", `[{"source":"fb","id":"1","body":"x","published":"2099-01-01T00:00:00Z"}]`, 207, 0, 1, "future"},
		{"bad address", `[{"source":"fb","url":"javascript:alert(1)","body":"x"}]`, 207, 0, 1, "url"},
		{"wrong type", `[{"source":"fb","id":7,"body":"x"}]`, 207, 0, 1, "JSON"},
		{"not JSON", `[{"source":`, 400, 0, 0, "byte"},
		{"empty", ``, 400, 0, 0, "empty"},
		{"too long", `[{"source":"fb","id":"1","body":"` + strings.Repeat("x", maxText+1) + `"}]`, 207, 0, 1, "200 kB"},
		{"too many", `[` + strings.Repeat(`{},`, MaxRows) + `{}]`, 413, 0, 0, "1000"},
	} {
		var in crawlerLike
		status, a := send(t, &in, "secret", c.body)
		text, _ := json.Marshal(a)
		if status != c.status || a.Accepted != c.ok || a.Rejected != c.bad || len(in.items) != c.ok || !strings.Contains(string(text), c.where) {
			t.Errorf("%s: %d %s", c.name, status, text)
		}
	}
}

func TestPushNeedsItsToken(t *testing.T) {
	var in crawlerLike
	for _, token := range []string{"", "wrong", "secret "} {
		if status, _ := send(t, &in, token, `[]`); status != 401 {
			t.Errorf("token %q: %d", token, status)
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader("[]"))
	r.Header.Set("Authorization", "Bearer ")
	in.doors().Handler("").ServeHTTP(w, r)
	if w.Code != 401 {
		t.Errorf("no token configured: %d, want everything refused", w.Code)
	}
	w = httptest.NewRecorder()
	in.doors().Handler("secret").ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/", nil))
	if w.Code != 405 {
		t.Errorf("GET: %d", w.Code)
	}
}

func TestPushThatCannotBeStoredIsSentAgain(t *testing.T) {
	in := crawlerLike{err: errors.New("disk full")}
	if status, a := send(t, &in, "secret", `[{"source":"fb","id":"1","body":"x"}]`); status != 503 || a.Rejected != 1 {
		t.Errorf("%d %+v", status, a)
	}
}

func TestRowBecomesAnItem(t *testing.T) {
	var in crawlerLike
	for _, c := range []struct {
		row   Row
		check func(intake.Item) bool
	}{
		{Row{Source: "fb", ID: "c1", Body: "x", Parent: "p1", Channel: "comment"}, func(it intake.Item) bool {
			return it.Parent == mention.NewID(mention.Social, "fb", "p1") && it.Channel == mention.Comment
		}},
		{Row{Source: "fb", ID: "c1", Body: "x", Parent: "http://bao.vn/1"}, func(it intake.Item) bool {
			return it.Parent == mention.NewID(mention.Press, "bao", "http://bao.vn/1")
		}},
		{Row{Source: "fb", ID: "c1", Body: "x", Parent: string(mention.NewID("a", "b", "c"))}, func(it intake.Item) bool {
			return it.Parent == mention.NewID("a", "b", "c")
		}},
		{Row{Source: "fb", ID: "c1", Body: "x", Parent: "http://la.vn/1"}, func(it intake.Item) bool { return it.Parent == "" }},
		{Row{Source: "fb", ID: "c1", Body: "x", Published: "1789632000"}, func(it intake.Item) bool { return it.Text.Published.Unix() == 1789632000 }},
		{Row{Source: "fb", ID: "c1", Body: "x", Published: "17/09/2026 20:16"}, func(it intake.Item) bool {
			return it.Text.Published.Equal(time.Date(2026, 9, 17, 13, 16, 0, 0, time.UTC))
		}},
		{Row{Source: "fb", ID: "c1", Removed: true}, func(it intake.Item) bool { return it.Removed }},
		{Row{Source: "fb", URL: "https://forum.vn/1", Title: "Hỏi", Channel: "thread"}, func(it intake.Item) bool { return it.Found() == "https://forum.vn/1" }},
	} {
		it, err := in.doors().Item(c.row, "push", now)
		if err != nil || !c.check(it) {
			t.Errorf("%+v: %+v, %v", c.row, it, err)
		}
	}
}

func workbook(t *testing.T, rows [][]any) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow("Sheet1", cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestImport(t *testing.T) {
	csv := "Mã;Nội dung;Người đăng;Ngày đăng\n1;Bao giờ có nước?;Tráng A;17/09/2026 20:16\n2;;B;\n3;\"Dài; có dấu\";C;không rõ\n;;;\n"
	book := workbook(t, [][]any{{"id", "body", "published"}, {"1", "Bao giờ có nước?", 46282.5}, {"2", "Hỏi thêm", "17/09/2026"}})
	for name, c := range map[string]struct {
		data                     []byte
		rows, accepted, rejected int
	}{
		"a.jsonl": {[]byte("\xef\xbb\xbf{\"id\":\"1\",\"body\":\"x\"}\n\n{\"id\":\"2\"\n{\"id\":\"3\",\"body\":\"y\"}\n{\"body\":\"z\"}"), 4, 2, 2},
		"a.csv":   {[]byte(csv), 3, 1, 2},
		"a.xlsx":  {book, 2, 2, 0},
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, c.data, 0o600); err != nil {
			t.Fatal(err)
		}
		var in crawlerLike
		rep, err := in.doors().Import(t.Context(), path, "fb", filepath.Join(dir, "rejected"), now)
		if err != nil || rep.Rows != c.rows || rep.Accepted != c.accepted || rep.Rejected != c.rejected || len(in.items) != c.accepted {
			t.Errorf("%s: %+v, %v", name, rep, err)
		}
		if (rep.Kept != "") != (c.rejected > 0) {
			t.Errorf("%s: kept %q", name, rep.Kept)
		}
		if rep.Kept != "" {
			data, err := os.ReadFile(rep.Kept)
			if err != nil || bytes.Count(data, []byte("\n")) != c.rejected || !bytes.Contains(data, []byte(`"line":`)) {
				t.Errorf("%s: rejected rows %s, %v", name, data, err)
			}
		}
		for _, it := range in.items {
			if it.Via != "import" || it.Source != "fb" {
				t.Errorf("%s: provenance %+v", name, it)
			}
		}
	}
}

func TestExcelDates(t *testing.T) {
	if got := excelDate("46282.5"); got != "2026-09-17T12:00:00+07:00" {
		t.Errorf("got %s", got)
	}
	if got := excelDate("17/9/2026"); got != "17/9/2026" {
		t.Errorf("got %s", got)
	}
}

func TestImportRefusesWhatIsNoTable(t *testing.T) {
	for name, data := range map[string]string{"a.doc": "x", "a.csv": "", "b.csv": "x,y\n1,2\n", "a.xlsx": "PK"} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := (&crawlerLike{}).doors().Import(t.Context(), path, "fb", t.TempDir(), now); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
	if _, err := (&crawlerLike{}).doors().Import(t.Context(), filepath.Join(t.TempDir(), "none.csv"), "fb", "", now); err == nil {
		t.Error("a missing file was accepted")
	}
}

// Whatever is pushed, the sum of outcomes is the number of rows, and nothing
// bad reaches the crawler.
func FuzzPush(f *testing.F) {
	f.Add([]byte(`{"items":[{"source":"fb","id":"1","body":"x"}]}`))
	f.Add([]byte(`[{"source":"fb","id":"1","body":"x","published":"31/02/2026"},null,7]`))
	f.Add([]byte(`{"source":"fb","url":"http://a.vn/\u0000","body":"x"}`))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := parse(body)
		if err != nil {
			return
		}
		var in crawlerLike
		a := in.doors().Take(t.Context(), rows, "push", now)
		if a.Accepted+a.Rejected != len(rows) || len(in.items) != a.Accepted {
			t.Errorf("%d rows, %+v, %d items", len(rows), a, len(in.items))
		}
		checkItems(t, in.items)
	})
}

func FuzzCSV(f *testing.F) {
	f.Add([]byte("id,body\n1,x\n"))
	f.Add([]byte("Mã;Nội dung\n\"1;x\n"))
	f.Add([]byte("id\tbody\tremoved\n1\t\tx\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, bad, err := Rows("a.csv", data)
		if err != nil {
			return
		}
		var in crawlerLike
		bad = append(bad, in.doors().importBatch(t.Context(), "a.csv", rows, "fb", now)...)
		if len(bad)+len(in.items) < len(rows) {
			t.Errorf("%d rows, %d items, %d rejected", len(rows), len(in.items), len(bad))
		}
		checkItems(t, in.items)
	})
}

func checkItems(t *testing.T, items []intake.Item) {
	for _, it := range items {
		if it.Found() == "" || it.Text.Published.After(now.Add(time.Hour)) || !it.Removed && strings.TrimSpace(it.Text.Title+it.Text.Body) == "" {
			t.Errorf("%s", fmt.Sprintf("%+v", it))
		}
	}
}
