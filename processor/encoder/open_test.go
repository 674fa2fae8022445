package encoder_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/diembao/diembao/processor/encoder"
)

// TestOpenNamesWhatIsWrong spoils the model's files one by one.
func TestOpenNamesWhatIsWrong(t *testing.T) {
	for name, c := range map[string]struct {
		file  string
		spoil func([]byte) []byte
		want  string
	}{
		"no configuration": {"config.json", nil, "config.json"},
		"not JSON":         {"config.json", func([]byte) []byte { return []byte("{") }, "config.json"},
		"no layers":        {"config.json", swap(`"layers": 12`, `"layers": 0`), "layers is 0"},
		"more layers":      {"config.json", swap(`"layers": 12`, `"layers": 13`), "layer.12"},
		"odd heads":        {"config.json", swap(`"heads": 12`, `"heads": 7`), "no multiple of heads"},
		"too long":         {"config.json", swap(`"max_tokens": 160`, `"max_tokens": 4096`), "max_tokens"},
		"another digest":   {"config.json", swap(`"sha256": "0e24`, `"sha256": "1e24`), "sha256"},
		"no weights":       {"weights.bin", nil, "weights.bin"},
		"short weights":    {"weights.bin", func(b []byte) []byte { return b[:len(b)/2] }, "tensor layer."},
		"a bad piece":      {"pieces.tsv", swap("\n,\t-3.463543", "\n,-3.463543"), "pieces.tsv:5"},
		"a bad number":     {"pieces.tsv", swap("\n,\t-3.463543", "\n,\tx"), "pieces.tsv:5"},
		"a bad character":  {"norm.tsv", swap("1\t\n", "xyz\t\n"), "norm.tsv:1"},
	} {
		t.Run(name, func(t *testing.T) {
			fsys := copyOf(t)
			if c.spoil == nil {
				delete(fsys, c.file)
			} else {
				fsys[c.file] = &fstest.MapFile{Data: c.spoil(fsys[c.file].Data)}
			}
			_, err := encoder.Open(fsys, encoder.Options{})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one about %q", err, c.want)
			}
		})
	}
}

func swap(old, replacement string) func([]byte) []byte {
	return func(b []byte) []byte { return []byte(strings.Replace(string(b), old, replacement, 1)) }
}

func copyOf(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, name := range []string{"config.json", "weights.bin", "pieces.tsv", "norm.tsv"} {
		data, err := fs.ReadFile(encoder.Reader(), name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: data}
	}
	return fsys
}

func TestOptions(t *testing.T) {
	if _, err := encoder.Open(encoder.Reader(), encoder.Options{Kernel: "gpu"}); err == nil {
		t.Error("an unknown kernel was accepted")
	}
}

// TestBatchesDoNotMatter reads texts together and alone, on one goroutine and
// on two.
func TestBatchesDoNotMatter(t *testing.T) {
	texts := []string{
		"Cảm ơn cán bộ phường.", "", "Hồ sơ nộp ba tháng chưa xong, quá bức xúc!", "👍", strings.Repeat("mưa lớn gây ngập ", 80),
	}
	e := open(t)
	together, err := e.Encode(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		alone, err := e.Encode(context.Background(), []string{text})
		if err != nil {
			t.Fatal(err)
		}
		if d := apart(t, alone[0].Pooled, together[i].Pooled); d > 1e-4 {
			t.Errorf("%.20q: %g apart", text, d)
		}
	}
	if !together[4].Cut || together[4].Tokens != e.Config().MaxTokens {
		t.Errorf("a long text: cut %v, %d tokens", together[4].Cut, together[4].Tokens)
	}
}

func TestEncodeStopsWithItsContext(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	stop()
	if _, err := open(t).Encode(ctx, []string{"a"}); err == nil {
		t.Error("no error")
	}
}

// FuzzTokens holds what any text gives: the first and last ids, the length.
func FuzzTokens(f *testing.F) {
	e := open(f)
	for _, s := range []string{"", "Việt Nam", "𝐕𝐢𝐞𝐭", "a\x00\xff", strings.Repeat("ạ", 5000), "  \n\t ", "日本語 😀"} {
		f.Add(s)
	}
	c := e.Config()
	f.Fuzz(func(t *testing.T, text string) {
		ids, cut := e.Tokens(text)
		if len(ids) < 2 || len(ids) > c.MaxTokens || ids[0] != c.Special.BOS || ids[len(ids)-1] != c.Special.EOS {
			t.Fatalf("ids %v", ids)
		}
		if cut && len(ids) != c.MaxTokens {
			t.Fatalf("cut at %d", len(ids))
		}
	})
}

func TestMemoReadsEachTextOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	e := open(t)
	texts := []string{"một", "hai", "một"}
	first := remember(t, e, path, texts)
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.WriteString("cut short by a crash"); err != nil {
		t.Fatal(err)
	}
	file.Close()
	before, _ := os.Stat(path)
	second := remember(t, e, path, append(texts, "ba"))
	after, _ := os.Stat(path)
	if d := apart(t, first[1], second[1]); d != 0 {
		t.Errorf("remembered %g apart", d)
	}
	if grown := after.Size() - before.Size(); grown >= 2*int64(16+4*e.Width()) {
		t.Errorf("the file grew by %d bytes for one new text", grown)
	}
}

func remember(t *testing.T, e *encoder.Encoder, path string, texts []string) [][]float32 {
	t.Helper()
	m, err := encoder.OpenMemo(e, path)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	v, err := m.Vectors(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestMemoRefusesAnotherModelsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	if err := os.WriteFile(path, []byte("vectors of another model\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := encoder.OpenMemo(open(t), path); err == nil {
		t.Error("no error")
	}
}

// Two that write to one file would spoil it.
func TestMemoBelongsToOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "vectors")
	e := open(t)
	first, err := encoder.OpenMemo(e, path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := encoder.OpenMemo(e, path); err == nil || !strings.Contains(err.Error(), path+": another process is using the file") {
		t.Errorf("a second one: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := encoder.OpenMemo(e, path)
	if err != nil {
		t.Fatalf("once the first is closed: %v", err)
	}
	again.Close()
}

// TestMemory holds the promise of at most 250 MB with the weights: what opening
// and reading add to the heap, beside the 30 MB of the file in the binary.
func TestMemory(t *testing.T) {
	before := heap()
	e, err := encoder.Open(encoder.Reader(), encoder.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("mưa lớn gây ngập nhiều tuyến đường ", 30)
	if _, err := e.Encode(t.Context(), []string{text, text, text, text}); err != nil {
		t.Fatal(err)
	}
	grown := heap() - before
	t.Logf("the heap grew by %d MB", grown>>20)
	if grown > 220<<20 {
		t.Errorf("the heap grew by %d MB", grown>>20)
	}
	runtime.KeepAlive(e)
}

// heap is the memory in use after a collection.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse)
}
