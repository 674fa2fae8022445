package crawler

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

type jsonSource struct{ c SourceConfig }

// Look implements Source.
func (s jsonSource) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	page, out, err := ask(ctx, v, fetch.Request{URL: s.c.URL})
	if page == nil {
		return out, err
	}
	entries, err := jsonItems(page.Body, s.c.JSON.Items)
	if err != nil {
		return out, fmt.Errorf("crawler: %s: %w", s.c.URL, err)
	}
	for _, entry := range entries[:min(len(entries), maxListed)] {
		it, ok := s.item(entry, page.Final, v.Now)
		if !ok {
			out.Bad++
			continue
		}
		out.Items = append(out.Items, it)
	}
	return out, nil
}

func (s jsonSource) item(entry any, base string, now time.Time) (intake.Item, bool) {
	m, it := s.c.JSON, s.c.blank()
	it.URL, it.PostID = resolveAgainst(base, fill(m.URL, entry)), field(entry, m.ID)
	it.Author = field(entry, m.Author)
	it.Text = mention.Text{Title: viet.Clean(field(entry, m.Title)), Lead: viet.Clean(field(entry, m.Lead)), Author: it.Author}
	if at, ok := moment(field(entry, m.Published), now); ok {
		it.Text.Published, it.Text.PublishedFrom, it.Text.PublishedConfidence = at, "jsonapi", 0.9
	}
	if m.Body != "" || m.ID != "" {
		it.Complete = true
		it.Text.Body = plainBody(field(entry, m.Body), base, now)
	}
	return it, it.PostID != "" || webAddress(it.URL)
}

// jsonItems finds the array of items. An empty array in place of an object,
// and JSON inside a string, are met in the wild and understood.
func jsonItems(data []byte, path string) ([]any, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		return nil, fmt.Errorf("not JSON: %w", err)
	}
	for _, name := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' }) {
		v = unwrap(v)
		switch node := v.(type) {
		case map[string]any:
			v = node[name]
		case []any:
			if len(node) > 0 {
				return nil, fmt.Errorf("%q: an array where an object was expected", name)
			}
			return nil, nil
		default:
			return nil, fmt.Errorf("%q is not in the answer", name)
		}
	}
	switch node := unwrap(v).(type) {
	case []any:
		return node, nil
	case nil:
		return nil, nil
	}
	return nil, fmt.Errorf("%q is not an array", path)
}

// unwrap reads JSON that was put into a string.
func unwrap(v any) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	dec := json.NewDecoder(strings.NewReader(text))
	dec.UseNumber()
	var inner any
	if dec.Decode(&inner) != nil {
		return v
	}
	return inner
}

// field gives a field of an entry as text, by dotted path; "" if it is not
// there.
func field(entry any, path string) string {
	if path == "" {
		return ""
	}
	for _, name := range strings.Split(path, ".") {
		node, ok := unwrap(entry).(map[string]any)
		if !ok {
			return ""
		}
		entry = node[name]
	}
	switch v := entry.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

// fill gives the address: a field, or a template with fields in braces.
func fill(pattern string, entry any) string {
	if !strings.Contains(pattern, "{") {
		return field(entry, pattern)
	}
	var b strings.Builder
	for pattern != "" {
		before, rest, open := strings.Cut(pattern, "{")
		b.WriteString(before)
		name, after, closed := strings.Cut(rest, "}")
		if !open || !closed {
			break
		}
		b.WriteString(url.PathEscape(field(entry, name)))
		pattern = after
	}
	return b.String()
}

func resolveAgainst(base, ref string) string {
	if ref == "" {
		return ""
	}
	b, err1 := url.Parse(base)
	r, err2 := url.Parse(strings.TrimSpace(ref))
	if err1 != nil || err2 != nil {
		return ""
	}
	return b.ResolveReference(r).String()
}

// moment reads a time: Unix seconds or milliseconds, or a written form. Later
// than now plus one hour is no time.
func moment(text string, now time.Time) (time.Time, bool) {
	if n, err := strconv.ParseInt(text, 10, 64); err == nil && n > 1e8 {
		at := time.Unix(n, 0)
		if n > 1e11 {
			at = time.UnixMilli(n)
		}
		return at, !at.After(now.Add(time.Hour))
	}
	s, ok := dateline.Value(text, now)
	return s.Time, ok
}
