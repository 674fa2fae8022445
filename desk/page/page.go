// Package page turns a view into HTML: the templates, the one style sheet and
// the few lines of script, in Vietnamese and English.
//
// It reads embedded files and writes to an http.ResponseWriter. It promises
// that a page is complete or not sent at all: it is rendered to memory first,
// so that an error in a template never leaves half a page. Text from outside is
// escaped by html/template.
//
// Limit: it knows nothing of where a view comes from.
package page

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"time"

	"github.com/diembao/diembao/desk/words"
	"github.com/diembao/diembao/viet"
)

//go:embed templates/*.html
var templates embed.FS

//go:embed static
var static embed.FS

// Set is every page in both languages. It is safe for concurrent use.
type Set struct {
	pages map[words.Lang]map[string]*template.Template
}

// New parses all templates; an error names the file.
func New() (*Set, error) {
	s := &Set{pages: map[words.Lang]map[string]*template.Template{}}
	names, err := fs.Glob(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("desk: templates: %w", err)
	}
	for _, lang := range []words.Lang{words.VI, words.EN} {
		s.pages[lang] = map[string]*template.Template{}
		for _, name := range names {
			if short := strings.TrimSuffix(path.Base(name), ".html"); !shared(short) {
				t, err := parse(lang, name)
				if err != nil {
					return nil, fmt.Errorf("desk: template %s: %w", short, err)
				}
				s.pages[lang][short] = t
			}
		}
	}
	return s, nil
}

// shared files hold the frame and the components that every page may use.
func shared(name string) bool { return strings.HasPrefix(name, "_") }

func parse(lang words.Lang, name string) (*template.Template, error) {
	return template.New("_frame.html").Funcs(functions(lang)).
		ParseFS(templates, "templates/_*.html", name)
}

// Render writes one page. view is what the page's template reads.
func (s *Set) Render(w http.ResponseWriter, status int, lang words.Lang, name string, view any) error {
	t, ok := s.pages[lang][name]
	if !ok {
		return fmt.Errorf("desk: render: no page %q", name)
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "frame", view); err != nil {
		return fmt.Errorf("desk: render %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Language", string(lang))
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// Static serves the style sheet and the script under /static/.
func Static() http.Handler {
	root, err := fs.Sub(static, "static")
	if err != nil { // only if the embedded folder were renamed
		return http.NotFoundHandler()
	}
	files := http.StripPrefix("/static/", http.FileServerFS(root))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=3600")
		files.ServeHTTP(w, r)
	})
}

// functions are the words that templates may use in one language.
func functions(l words.Lang) template.FuncMap {
	return template.FuncMap{
		"say":      l.Say,
		"lang":     func() words.Lang { return l },
		"tone":     named(l.Tone),
		"toneSign": named(words.ToneSign),
		"kind":     named(l.Kind),
		"level":    named(l.Level),
		"state":    named(l.State),
		"health":   named(l.Health),
		"weekday":  l.Weekday,
		"when":     l.When,
		"span":     l.Span,
		"clock":    viet.Clock,
		"date":     viet.Date,
		"iso":      func(t time.Time) string { return t.In(viet.Zone()).Format(time.RFC3339) },
		"num":      func(n int) string { return viet.FormatInt(int64(n)) },
		"float":    func(f float64, decimals int) string { return viet.FormatFloat(f, decimals) },
		"percent":  func(f float64) string { return viet.Percent(f, 0) },
		"dict":     dict,
		"inc":      func(a, b int) int { return a + b },
	}
}

// named lets a template hand over a value of any string type.
func named(word func(string) string) func(any) string {
	return func(v any) string { return word(fmt.Sprint(v)) }
}

// dict gathers named arguments for a component: {{template "clock" dict "at" .At}}.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: want names and values in pairs, got %d", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		name, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: argument %d is no name", i)
		}
		m[name] = pairs[i+1]
	}
	return m, nil
}
