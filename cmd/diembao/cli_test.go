package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
)

// run gives what a command prints, its complaints, and its exit code.
func run(t *testing.T, stdin string, args ...string) (out, complaints string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	root := newRoot()
	root.SetArgs(args)
	root.SetIn(strings.NewReader(stdin))
	root.SetOut(&stdout)
	root.SetErr(&stderr)
	err := root.ExecuteContext(t.Context())
	if err != nil {
		stderr.WriteString(err.Error())
	}
	return stdout.String(), stderr.String(), report(err)
}

func file(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReadKeepsOrderAndGoesOn(t *testing.T) {
	in := `{"id":"1","title":"Bảng giá đất mới ở Thanh Hóa","body":"Theo Nghị định 71/2024/NĐ-CP, người dân phản đối bảng giá đất vì quá cao.","kind":"press","published":"2026-11-20"}
no JSON
{"id":"3","text":"cho em hoi nop ho so dat dai o dau a","kind":"social"}
{"id":"4","text":"x","kind":"radio"}
`
	out, complaints, code := run(t, in, "read", "--quick")
	if code != 2 || !strings.Contains(complaints, "2 of 4") {
		t.Errorf("exit code %d, want 2: %s", code, complaints)
	}
	var lines []textOut
	for line := range strings.Lines(out) {
		var l textOut
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		lines = append(lines, l)
	}
	if len(lines) != 4 || lines[0].ID != "1" || lines[2].ID != "3" || lines[1].Error == "" || lines[3].Error == "" {
		t.Fatalf("got %s", out)
	}
	r := lines[0].Reading
	if r.Language.Value != "vi" || len(r.Policies) == 0 || r.Documents[0].Key != "71/2024/NĐ-CP" || r.Places[0].Now != "Thanh Hóa" || r.Tone.By == "" {
		t.Errorf("the first text: %+v", r)
	}
	if lines[2].Reading.Language.Value != "vi-bare" || lines[2].Reading.Act.Value != "question" {
		t.Errorf("the third text: language %s, act %s", lines[2].Reading.Language.Value, lines[2].Reading.Act.Value)
	}
}

// TestReadTakesATextApart as the models were taught: a headline is a title, and
// a citizens' channel tells who writes.
func TestReadTakesATextApart(t *testing.T) {
	for _, c := range []struct {
		in                textIn
		kind              mention.Kind
		channel           mention.Channel
		title, lead, body string
	}{
		{textIn{Text: "Giá điện tăng từ 1/12\nBộ Công Thương cho biết."}, mention.Press, mention.Article, "Giá điện tăng từ 1/12", "", "Bộ Công Thương cho biết."},
		{textIn{Text: "Một câu trọn vẹn.\nMột câu nữa."}, mention.Press, mention.Article, "", "", "Một câu trọn vẹn.\nMột câu nữa."},
		{textIn{Text: "Giá điện\ntăng quá", Channel: "facebook"}, mention.Social, mention.Comment, "", "", "Giá điện\ntăng quá"},
		{textIn{Text: "Bao giờ có?", Kind: mention.Social}, mention.Social, mention.Comment, "", "", "Bao giờ có?"},
		{textIn{Title: "Đề", Text: "Dòng một\ndòng hai", Kind: mention.Portal}, mention.Portal, mention.Article, "Đề", "", "Dòng một\ndòng hai"},
		{textIn{Title: "Đề", Lead: "Dẫn", Body: "Thân"}, mention.Press, mention.Article, "Đề", "Dẫn", "Thân"},
	} {
		m, err := c.in.mention()
		if err != nil {
			t.Fatal(err)
		}
		if m.Origin.Kind != c.kind || m.Origin.Channel != c.channel || m.Text.Title != c.title || m.Text.Lead != c.lead || m.Text.Body != c.body {
			t.Errorf("%+v:\n%+v %+v", c.in, m.Origin, m.Text)
		}
	}
}

// TestReadUnderAPost: a comment that names no policy has that of its thread.
func TestReadUnderAPost(t *testing.T) {
	in := `{"id":"1","text":"Bao giờ mới có hả ad?","channel":"facebook","thread":"Thanh Hóa lấy ý kiến bảng giá đất mới"}` + "\n"
	out, complaints, code := run(t, in, "read", "--quick")
	var l textOut
	if err := json.Unmarshal([]byte(out), &l); err != nil || code != 0 {
		t.Fatalf("exit code %d, %v: %s", code, err, complaints)
	}
	if p := l.Reading.Policies; len(p) != 1 || p[0].ID != "bang-gia-dat" || p[0].From != mention.FromThread {
		t.Errorf("policies %+v", p)
	}
}

func TestReadCarefully(t *testing.T) {
	in := `{"id":"1","text":"Bảng giá đất mới tăng quá cao, dân nghèo chúng tôi không chịu nổi, đề nghị xem lại!","kind":"social"}` + "\n"
	out, complaints, code := run(t, in, "read")
	var l textOut
	if err := json.Unmarshal([]byte(out), &l); err != nil || code != 0 {
		t.Fatalf("exit code %d, %v: %s", code, err, complaints)
	}
	if !l.Reading.Careful() || l.Reading.Tone.Value != "neg" {
		t.Errorf("careful %v, tone %+v", l.Reading.Careful(), l.Reading.Tone)
	}
}

// A text marked secret is refused, and says so.
func TestReadRefusesSecrets(t *testing.T) {
	out, _, code := run(t, `{"id":"1","text":"TUYỆT MẬT\nNội dung văn bản không được phổ biến."}`, "read", "--quick")
	if code != 2 || !strings.Contains(out, `"error"`) || strings.Contains(out, "phổ biến") {
		t.Errorf("exit code %d: %s", code, out)
	}
}

func TestExtractAndFeed(t *testing.T) {
	page := file(t, "a.html", `<html lang="vi"><head><title>Tin thử</title><meta property="article:published_time" content="2026-11-20T08:00:00+07:00"></head>
<body><article><h1>Tin thử của phường</h1><p>`+strings.Repeat("Người dân đồng tình với cách làm mới của phường. ", 12)+`</p></article></body></html>`)
	out, complaints, code := run(t, "", "extract", page, "--url", "https://bao.example/tin-thu.html")
	var a map[string]any
	if err := json.Unmarshal([]byte(out), &a); err != nil || code != 0 {
		t.Fatalf("exit code %d, %v: %s", code, err, complaints)
	}
	for _, field := range strings.Fields("file url title lead body author section source_line published published_from published_confidence updated canonical kind quality") {
		if _, there := a[field]; !there {
			t.Errorf("no field %q in %s", field, out)
		}
	}
	if a["title"] != "Tin thử của phường" || !strings.HasPrefix(a["published"].(string), "2026-11-20T08:00:00") {
		t.Errorf("got %s", out)
	}
	rss := file(t, "a.rss", `<rss version="2.0"><channel><title>x</title><item><title>Một</title><link>/1</link></item><item><title>Hai</title><link>/2</link></item></channel></rss>`)
	out, _, code = run(t, "", "feed", rss, "--url", "https://bao.example/rss")
	if code != 0 || strings.Count(out, "\n") != 2 || !strings.Contains(out, "https://bao.example/2") {
		t.Errorf("exit code %d: %s", code, out)
	}
	if _, complaints, code = run(t, "", "feed", "missing.rss"); code != 2 || !strings.Contains(complaints, "missing.rss") {
		t.Errorf("a missing file: exit code %d: %s", code, complaints)
	}
}

func TestCheckConfig(t *testing.T) {
	out, _, code := run(t, "", "check", "config", "../../configs/example.yaml")
	if code != 0 || !strings.Contains(out, "no mistakes") {
		t.Errorf("exit code %d: %s", code, out)
	}
	bad := file(t, "bad.yaml", "unit: x\nlisten: nowhere\ncrawler: {delay: -1s}\n")
	out, _, code = run(t, "", "check", "config", bad)
	if code != 2 || !strings.Contains(out, "bad.yaml:2: listen") || !strings.Contains(out, "bad.yaml:3: crawler.delay") {
		t.Errorf("exit code %d: %s", code, out)
	}
}

// The commands of operation work on a folder that nobody holds.
func TestOperation(t *testing.T) {
	data := t.TempDir()
	password := file(t, "pw", "một mật khẩu đủ dài\n")
	if _, complaints, code := run(t, "", "account", "add", "lan", "--role", "editor", "--data", data, "--password-file", password); code != 0 {
		t.Fatalf("account: %s", complaints)
	}
	out, _, code := run(t, "", "account", "list", "--data", data)
	if code != 0 || !strings.Contains(out, `"lan"`) || strings.Contains(out, "argon2") {
		t.Errorf("accounts: exit code %d: %s", code, out)
	}
	out, _, code = run(t, "", "streams", "--data", data)
	if code != 0 || !strings.Contains(out, "LEDGER") {
		t.Errorf("streams: exit code %d: %s", code, out)
	}
	saved := filepath.Join(t.TempDir(), "saved.gz")
	if out, _, code = run(t, "", "backup", saved, "--data", data); code != 0 || !strings.Contains(out, "1 messages") {
		t.Errorf("backup: exit code %d: %s", code, out)
	}
	other := filepath.Join(t.TempDir(), "other")
	if _, complaints, code := run(t, "", "restore", saved, "--data", other); code != 0 {
		t.Errorf("restore: %s", complaints)
	}
	if out, _, _ = run(t, "", "account", "list", "--data", other); !strings.Contains(out, `"lan"`) {
		t.Errorf("after a restore: %s", out)
	}
	if out, complaints, code := run(t, "", "doctor", "--data", other); code != 0 {
		t.Errorf("doctor: %s%s", out, complaints)
	}
	if out, _, code = run(t, "", "dead", "list", "--data", data); code != 0 || out != "" {
		t.Errorf("dead: exit code %d: %s", code, out)
	}
	for _, args := range [][]string{{"dead", "show", "x", "--data", data}, {"streams", "--data", "nowhere"}, {"run", "--only", "kitchen"},
		{"search", `"open`, "--data", data}, {"alert", "verify", "none", "--data", data}} {
		if _, complaints, code := run(t, "", args...); code != 2 || complaints == "" {
			t.Errorf("%v: exit code %d, want 2: %s", args, code, complaints)
		}
	}
}

func TestTextsBecomeMentions(t *testing.T) {
	m, err := textIn{ID: "1", Text: "Hỏi\u00a0gì?", Kind: mention.Social}.mention()
	if err != nil || m.Text.Body != "Hỏi gì?" || m.Origin.Channel != mention.Comment || m.Check() != nil {
		t.Errorf("%v: %+v", err, m)
	}
	if _, err := (textIn{Published: "hôm qua"}).mention(); err == nil {
		t.Error("a time that is none is taken")
	}
}

// The lists of the user's own are checked even where the file has mistakes.
func TestCheckFollowsAFileWithMistakes(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"diembao.yaml": "crawler: {contact: \"https://so.example\"}\nlisen: x\nregistry: {policies: own.yaml}\n",
		"own.yaml":     "policies:\n- id: a\n  name: A\n  kindd: law\n",
		"rac.yaml":     "a: [1, 2",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, _, code := run(t, "", "check", "config", filepath.Join(dir, "diembao.yaml"))
	if code != 2 || !strings.Contains(out, `diembao.yaml:2: unknown field "lisen"`) || !strings.Contains(out, `own.yaml:4: unknown field "kindd"`) {
		t.Errorf("code %d:\n%s", code, out)
	}
	if out, _, code := run(t, "", "check", "config", filepath.Join(dir, "rac.yaml")); code != 2 || strings.Count(out, "\n") != 1 {
		t.Errorf("no YAML: code %d:\n%s", code, out)
	}
}

// Files that are no pages, feeds or texts end in a word on what is wrong where.
func TestOddFiles(t *testing.T) {
	big := file(t, "big", strings.Repeat("x", 17<<20))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(make([]byte, 300<<20)); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	bomb := file(t, "bomb.gz", packed.String())
	for _, c := range []struct{ command, file, want string }{
		{"extract", big, "big: larger than 8 MiB"}, {"extract", bomb, "bomb.gz: larger than 8 MiB"},
		{"feed", big, "big: larger than 8 MiB"}, {"feed", bomb, "bomb.gz: larger than 8 MiB"},
		{"read", big, "the text after number 0: a line longer than 16 MiB"},
		{"read", bomb, "bomb.gz: larger than 256 MiB"}, {"read", t.TempDir(), "is a directory"},
	} {
		args := []string{c.command, c.file}
		if c.command == "read" {
			args = append(args, "--quick")
		}
		if _, complaints, code := run(t, "", args...); code != 2 || !strings.Contains(complaints, c.want) {
			t.Errorf("%s %s: code %d, %s", c.command, filepath.Base(c.file), code, complaints)
		}
	}
}

func TestLabelledFilesThatCannotBeUsed(t *testing.T) {
	for want, text := range map[string]string{
		"no text in": "", "odd.jsonl:2: invalid character": "\nno JSON\n", "odd.jsonl:1: bufio.Scanner: token too long": strings.Repeat("x", 9<<20),
	} {
		name := file(t, "odd.jsonl", text)
		for _, args := range [][]string{{"eval"}, {"train", "--out", t.TempDir()}} {
			_, complaints, code := run(t, "", append(args, "--quick", "--data", name)...)
			if code != 2 || !strings.Contains(complaints, want) {
				t.Errorf("%s: code %d, %s; want %q", args[0], code, complaints, want)
			}
		}
	}
}
