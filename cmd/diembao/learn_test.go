package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const citizens = "../../processor/train/testdata/comments.jsonl"

// TestTrainThenEval: what train writes eval can open, and the report holds
// texts held out in turn.
func TestTrainThenEval(t *testing.T) {
	folder := t.TempDir()
	models, report := filepath.Join(folder, "models"), filepath.Join(folder, "report.md")
	if _, complaints, code := run(t, "", "train", "--quick", "--data", citizens, "--out", models, "--report", report); code != 0 {
		t.Fatal(complaints)
	}
	tables, err := os.ReadFile(report)
	if err != nil || !strings.Contains(string(tables), "| act | citizen/comments | 1000 |") {
		t.Errorf("%v: %s", err, tables)
	}
	out, complaints, code := run(t, "", "eval", "--quick", "--data", citizens, "--models", models)
	if code != 0 || !strings.Contains(out, "| tone | citizen | 1000 |") {
		t.Errorf("exit code %d: %s\n%s", code, complaints, out)
	}
}

// TestTrainOnArticles makes and measures a model of newspaper sections.
func TestTrainOnArticles(t *testing.T) {
	var lines strings.Builder
	for i := range 40 {
		fmt.Fprintf(&lines, "{\"id\":\"s%d\",\"label\":\"The thao\",\"text\":\"Đội nhà thắng trận bóng đá\\nKết thúc trận.\"}\n", i)
		fmt.Fprintf(&lines, "{\"id\":\"k%d\",\"label\":\"Kinh doanh\",\"text\":\"Giá vàng tăng mạnh\\nThị trường chứng khoán.\"}\n", i)
	}
	articles, models := file(t, "articles.jsonl", lines.String()), t.TempDir()
	if _, complaints, code := run(t, "", "train", "--articles", articles, "--out", models); code != 0 {
		t.Fatal(complaints)
	}
	out, complaints, code := run(t, "", "eval", "--articles", articles, "--models", models)
	if code != 0 || !strings.Contains(out, "| section | articles | 80 | 1.000 |") || !strings.Contains(out, "articles a second") {
		t.Errorf("exit code %d: %s\n%s", code, complaints, out)
	}
}

func TestLearningNamesWhatIsMissing(t *testing.T) {
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"train", "--data", citizens}, "--out"},
		{[]string{"train", "--out", t.TempDir()}, "--data"},
		{[]string{"eval", "--quick"}, "--data"},
		{[]string{"eval", "--data", "missing*.jsonl"}, "missing*.jsonl"},
		{[]string{"eval", "--articles", citizens, "--models", t.TempDir()}, "newspaper.bin"},
		{[]string{"eval", "--quick", "--data", citizens, "--models", t.TempDir()}, "quick.bin"},
	} {
		if _, complaints, code := run(t, "", c.args...); code != 2 || !strings.Contains(complaints, c.want) {
			t.Errorf("%v: exit code %d: %s", c.args, code, complaints)
		}
	}
}
