package configs

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// write puts files into a folder of the test and gives the first one's name.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, "diembao.yaml")
}

func problems(t *testing.T, err error) Problems {
	t.Helper()
	var ps Problems
	if !errors.As(err, &ps) {
		t.Fatalf("got %v, want Problems", err)
	}
	return ps
}

const good = `
unit: Sở thử
crawler:
  contact: https://so.example/lien-he
  sources:
    - {id: a, outlet: a, name: Báo A, kind: press, via: feed, url: "https://a.example/rss"}
source_files: ["sources/*.yaml"]
`

const list = `sources:
  - {id: b, outlet: b, name: Báo B, kind: press, via: feed, url: "https://b.example/rss"}
`

func TestLoad(t *testing.T) {
	c, err := Load(write(t, map[string]string{"diembao.yaml": good, "sources/b.yaml": list}))
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Crawler.Sources) != 2 || c.Crawler.Sources[1].ID != "b" {
		t.Errorf("sources: %+v", c.Crawler.Sources)
	}
	if c.Listen != DefaultListen || len(c.Rules) != 1 || !filepath.IsAbs(c.Data) || c.Digest.Cutoff != "06:00" {
		t.Errorf("defaults: listen %q, %d rules, data %q, cut-off %q", c.Listen, len(c.Rules), c.Data, c.Digest.Cutoff)
	}
}

// Every mistake is named at once, with the file and line it stands in.
func TestEveryMistakeAtOnce(t *testing.T) {
	_, err := Load(write(t, map[string]string{
		"diembao.yaml": `unit: Sở thử
lisen: 127.0.0.1:8080
listen: nowhere
index: {url: "ftp://x"}
crawler:
  contact: https://so.example
  delay: fast
  sources:
    - id: a
      outlet: Báo A
      kind: press
      via: feed
      url: "not an address"
rules:
  - {id: r, min_stories: -3}
digest: {cutoff: "26:00"}
source_files: ["none/*.yaml", "sources/*.yaml"]
`,
		"sources/b.yaml": `sources:
  - {id: b, outlet: b, name: B, kind: press, via: feed, url: "https://b.example/rss"}
  - {id: b, outlet: b, name: B, kind: press, via: telepathy, url: "https://b.example/rss"}
`}))
	ps := problems(t, err)
	for _, want := range []string{
		`diembao.yaml:2: unknown field "lisen"`, "diembao.yaml:3: listen:", "diembao.yaml:4: index.url:", "diembao.yaml:7: ",
		"diembao.yaml:10: crawler.sources[0].outlet:", "diembao.yaml:13: crawler.sources[0].url:",
		"diembao.yaml:15: rules[0].min_stories:", "diembao.yaml:16: digest.cutoff:", "diembao.yaml:17: source_files[0]:",
		"b.yaml:3: sources[1].id:", "b.yaml:3: sources[1].via:",
	} {
		if !strings.Contains(ps.Error(), want) {
			t.Errorf("no %q among\n%s", want, ps)
		}
	}
	if strings.Contains(ps.Error(), "b.yaml:2:") {
		t.Errorf("a sound source is blamed:\n%s", ps)
	}
}

func TestBrokenFiles(t *testing.T) {
	for name, text := range map[string]string{"no YAML": "a: [1, 2", "a list": "- a\n- b\n", "twice": "unit: a\nunit: b\n"} {
		ps := problems(t, second(Load(write(t, map[string]string{"diembao.yaml": text}))))
		if len(ps) == 0 || !strings.Contains(ps[0].File, "diembao.yaml") {
			t.Errorf("%s: %v", name, ps)
		}
	}
	ps := problems(t, second(Load("missing.yaml")))
	if !strings.Contains(ps.Error(), "missing.yaml: cannot be read") {
		t.Errorf("a missing file: %v", ps)
	}
}

func second[T any](_ T, err error) error { return err }

// An empty file is a configuration with nothing in it: it lacks a contact.
func TestEmptyFile(t *testing.T) {
	ps := problems(t, second(Load(write(t, map[string]string{"diembao.yaml": ""}))))
	if !strings.Contains(ps.Error(), "crawler.contact") {
		t.Errorf("got %v", ps)
	}
}

// The lists that ship have no mistake, and a list of the user's own is checked
// in their place.
func TestRegistry(t *testing.T) {
	r, err := LoadRegistry(RegistryFiles{}, "")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Policies.Policies) < 80 || len(r.Places.Provinces) != 34 || len(r.Documents.Documents) == 0 {
		t.Errorf("%d policies, %d provinces, %d documents", len(r.Policies.Policies), len(r.Places.Provinces), len(r.Documents.Documents))
	}
	file := write(t, map[string]string{"diembao.yaml": "", "own.yaml": "policies:\n- id: a\n  name: A\n  kindd: law\n"})
	ps := problems(t, second(LoadRegistry(RegistryFiles{Policies: "own.yaml"}, filepath.Dir(file))))
	if !strings.Contains(ps.Error(), `own.yaml:4: unknown field "kindd"`) {
		t.Errorf("got %v", ps)
	}
	ps = problems(t, second(LoadRegistry(RegistryFiles{Communes: "none.csv"}, "")))
	if !strings.Contains(ps.Error(), "none.csv: cannot be read") {
		t.Errorf("got %v", ps)
	}
}

func TestLinesOfPaths(t *testing.T) {
	d, ps := open("x.yaml", []byte("a:\n  b:\n    - c: 1\n    - c: 2\n      d: 3\n"))
	if ps != nil {
		t.Fatal(ps)
	}
	for path, want := range map[string]int{"a": 1, "a.b": 2, "a.b[1].c": 4, "a.b[1].d": 5, "a.b[7].c": 2, "a.zzz": 1, "": 1} {
		if got := d.line(path); got != want {
			t.Errorf("%q: line %d, want %d", path, got, want)
		}
	}
}

func FuzzLoad(f *testing.F) {
	f.Add(good)
	f.Add("crawler: {sources: [{rules: {title: 3}}]}")
	f.Fuzz(func(t *testing.T, text string) {
		file := filepath.Join(t.TempDir(), "x.yaml")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Skip("the file cannot be written")
		}
		if c, err := Load(file); err == nil && c == nil {
			t.Error("neither a configuration nor an error")
		}
	})
}

func TestMistakesOfArchiveAndRetention(t *testing.T) {
	_, err := Load(write(t, map[string]string{"diembao.yaml": `unit: Sở thử
crawler:
  contact: https://so.example
  archive:
    rotate: 1s
    retention:
      press: 17520h
      radio: 24h
    bucket:
      endpoint: s3.example:9000
      name: Kho
      secret_key_file: x
      acess_key: y
index:
  keep:
    - {kind: social, days: 365}
    - {kind: radio, days: -1}
`}))
	ps := problems(t, err)
	for _, want := range []string{
		"diembao.yaml:5: crawler.archive.rotate:", "diembao.yaml:8: crawler.archive.retention.radio:",
		"diembao.yaml:10: crawler.archive.bucket.endpoint:", "diembao.yaml:11: crawler.archive.bucket.name:",
		"diembao.yaml:12: crawler.archive.bucket.secret_key_file:", `diembao.yaml:13: unknown field "acess_key"`,
		"diembao.yaml:17: index.keep[1].kind:", "diembao.yaml:17: index.keep[1].days:",
	} {
		if !strings.Contains(ps.Error(), want) {
			t.Errorf("no %q among\n%s", want, ps)
		}
	}
}

// What the example has commented out is right as well.
func TestExampleWithEverything(t *testing.T) {
	data, err := os.ReadFile("example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	option := regexp.MustCompile(`^(\s*)# ( *(?:[a-z_]+:|- ).*)$`)
	var lines []string
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if m := option.FindStringSubmatch(line); m != nil && !strings.Contains(line, "source_files") {
			line = m[1] + m[2]
		}
		lines = append(lines, line)
	}
	if _, err := Load(write(t, map[string]string{"diembao.yaml": strings.Join(lines, "\n")})); err != nil {
		t.Error(err)
	}
}

// What docs/sources.md tells the keeper of the list to write is right, as far
// as each piece goes.
func TestPiecesOfTheGuide(t *testing.T) {
	text, err := os.ReadFile("../docs/sources.md")
	if err != nil {
		t.Fatal(err)
	}
	pieces := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	if len(pieces) < 5 {
		t.Fatalf("%d pieces of YAML in the guide", len(pieces))
	}
	for _, m := range pieces {
		piece := m[1]
		if strings.HasPrefix(piece, "    ") { // of a source
			piece = "crawler:\n  sources:\n  - id: a\n    outlet: a\n    kind: press\n    via: import\n" + piece
		}
		_, err := Load(write(t, map[string]string{"diembao.yaml": piece, "sources/a.yaml": "sources: []\n"}))
		var ps Problems
		if err != nil && !errors.As(err, &ps) {
			t.Fatal(err)
		}
		for _, p := range ps {
			if p.Path != "crawler.contact" {
				t.Errorf("%s\nin\n%s", p, piece)
			}
		}
	}
}

// The example that ships is a configuration without mistakes.
func TestExample(t *testing.T) {
	if _, err := Load("example.yaml"); err != nil {
		t.Error(err)
	}
}

// Whoever is to be told must be somebody.
func TestChannelsMustExist(t *testing.T) {
	_, err := Load(write(t, map[string]string{"diembao.yaml": `unit: Sở thử
crawler: {contact: "https://so.example"}
rules:
  - id: r
    channels:
      - to-truc
      - phong-bao-chi
      - outbox
notify:
  webhooks:
    - {name: to-truc, url: "https://so.example/h", secret: "0123456789abcdef"}
  sources: [to-truc,
    ai-do]
`}))
	want := regexp.MustCompile(`^\S+diembao.yaml:7: rules\[0\].channels\[1\]: "phong-bao-chi": no channel is called so; there are to-truc
\S+diembao.yaml:8: rules\[0\].channels\[2\]: "outbox": .*
\S+diembao.yaml:13: notify.sources\[1\]: "ai-do": .*$`)
	if got := problems(t, err).Error(); !want.MatchString(got) {
		t.Errorf("got\n%s", got)
	}
}

// What could be read comes beside the mistakes, to look for more of them.
func TestMistakesDoNotHideWhatWasRead(t *testing.T) {
	c, err := Load(write(t, map[string]string{"diembao.yaml": "lisen: x\nregistry: {policies: own.yaml}\n"}))
	if len(problems(t, err)) == 0 || c == nil || c.Registry.Policies != "own.yaml" || c.Base == "" {
		t.Errorf("%+v, %v", c, err)
	}
}
