// Package diembao_test holds the house to its plan: which folder may import
// which, who owns a library, and that every package says what it is.
package diembao_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/diembao/diembao"

// mayImport is the table of docs/architecture.md: what an area may import of
// this module besides itself. "*" is everything.
func mayImport() map[string][]string {
	return map[string][]string{
		"mention":     {},
		"viet":        {},
		"stream":      {"mention"},
		"ledger":      {"stream"},
		"crawler":     {"mention", "viet", "stream"},
		"processor":   {"mention", "viet", "stream"},
		"indexer":     {"mention", "viet", "stream"},
		"watch":       {"mention", "viet", "stream", "ledger", "indexer/query"},
		"desk":        {"mention", "viet", "stream", "ledger", "indexer/query", "watch"},
		"configs":     {"*"},
		"deploy":      {},
		"cmd/diembao": {"*"},
		"cmd":         {"*"},
	}
}

// owned are the libraries that one area has for itself.
func owned() map[string][]string {
	return map[string][]string{
		"github.com/gocolly/colly":               {"crawler"},
		"github.com/PuerkitoBio/goquery":         {"crawler"},
		"github.com/mmcdole/gofeed":              {"crawler"},
		"codeberg.org/readeck/go-readability":    {"crawler"},
		"github.com/temoto/robotstxt":            {"crawler"},
		"github.com/minio/minio-go":              {"crawler"},
		"github.com/viterin/vek":                 {"processor"},
		"gonum.org/v1/gonum":                     {"processor"},
		"github.com/nats-io/":                    {"stream"},
		"github.com/elastic/go-elasticsearch":    {"indexer/elastic"},
		"modernc.org/sqlite":                     {"indexer/embedded"},
		"go.yaml.in/yaml":                        {"configs"},
		"github.com/wneessen/go-mail":            {"watch", "desk"},
		"github.com/nicholas-fedor/shoutrrr":     {"watch"},
		"github.com/go-analyze/charts":           {"desk"},
		"github.com/danielgtaylor/huma":          {"desk"},
		"github.com/alexedwards/":                {"desk"},
		"codeberg.org/go-pdf/fpdf":               {"desk"},
		"github.com/prometheus/client_golang":    {"cmd/diembao"},
		"github.com/spf13/cobra":                 {"cmd/diembao"},
		"github.com/coreos/go-oidc":              {"desk"},
		"github.com/gomutex/godocx":              {"desk"},
		"github.com/vanng822/go-premailer":       {"desk", "watch"},
		"github.com/markusmobius/go-trafilatura": {}, // a peer in benchmarks only
	}
}

// banned are folder names that say nothing about what is inside.
func banned() []string {
	return []string{"util", "utils", "common", "helper", "helpers", "misc", "base", "types",
		"models", "shared", "lib", "pkg", "core", "interfaces"}
}

type listed struct {
	ImportPath string
	Dir        string
	Imports    []string
	GoFiles    []string
}

func packages(t *testing.T) []listed {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "./...")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []listed
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		all = append(all, p)
	}
}

// area gives the row of the table that a package of this module belongs to.
func area(path string) string {
	rel := strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
	if strings.HasPrefix(rel, "cmd/diembao") {
		return "cmd/diembao"
	}
	first, _, _ := strings.Cut(rel, "/")
	return first
}

func TestLayoutImports(t *testing.T) {
	table := mayImport()
	for _, p := range packages(t) {
		from := area(p.ImportPath)
		if from == "" {
			continue // this test
		}
		allowed, known := table[from]
		if !known {
			t.Errorf("%s: folder %q is not in the table of docs/architecture.md", p.ImportPath, from)
			continue
		}
		for _, imp := range p.Imports {
			checkImport(t, p.ImportPath, from, imp, allowed)
		}
	}
}

func checkImport(t *testing.T, pkg, from, imp string, allowed []string) {
	t.Helper()
	if imp == module || strings.HasPrefix(imp, module+"/") {
		rel := strings.TrimPrefix(imp, module+"/")
		if area(imp) == from || slices.Contains(allowed, "*") ||
			slices.Contains(allowed, area(imp)) || slices.Contains(allowed, rel) {
			return
		}
		t.Errorf("%s imports %s: %s may import only %v", pkg, rel, from, allowed)
		return
	}
	for lib, owners := range owned() {
		if !strings.HasPrefix(imp, lib) {
			continue
		}
		rel := strings.TrimPrefix(pkg, module+"/")
		mine := slices.ContainsFunc(owners, func(o string) bool {
			return rel == o || strings.HasPrefix(rel, o+"/")
		})
		if !mine {
			t.Errorf("%s imports %s: it belongs to %v", pkg, imp, owners)
		}
	}
}

func TestLayoutNames(t *testing.T) {
	for _, p := range packages(t) {
		for _, part := range strings.Split(strings.TrimPrefix(p.ImportPath, module), "/") {
			if slices.Contains(banned(), part) {
				t.Errorf("%s: a folder named %q says nothing of what is inside", p.ImportPath, part)
			}
		}
	}
}

func TestLayoutFiles(t *testing.T) {
	for _, p := range packages(t) {
		checkFiles(t, p)
	}
}

// checkFiles finds packages without a package comment (a blank line under it
// hides it, too), init functions, and mutable package variables that tests in
// parallel would share.
func checkFiles(t *testing.T, p listed) {
	t.Helper()
	commented := len(p.GoFiles) == 0
	for _, name := range p.GoFiles {
		fset := token.NewFileSet()
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.ParseComments)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		commented = commented || file.Doc != nil
		for _, decl := range file.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s: init() in %s: construct it where it is used", p.ImportPath, name)
			}
		}
	}
	if !commented {
		t.Errorf("%s has no package comment", p.ImportPath)
	}
}
