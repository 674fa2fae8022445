// Package steptest is the contract of processor.Step as tests: whatever a step
// judges, it signs itself, it says the same twice, it leaves Origin and Text
// alone, it writes its own parts of the Reading only, its offsets are valid
// and at rune boundaries, its scores are probabilities, and no text, empty,
// huge or hostile, breaks it.
//
// It reads and writes nothing but the step under test.
//
// Limit: it says nothing about whether a judgement is right.
package steptest

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"slices"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
)

var signature = regexp.MustCompile(`^[a-z][a-z-]*/[0-9]+$`)

// Run holds a step to the contract. writes are the fields of mention.Reading
// that it may write ("Places"); earlier are the steps whose results it uses.
func Run(t *testing.T, step processor.Step, writes []string, earlier ...processor.Step) {
	t.Helper()
	t.Run("signs", func(t *testing.T) {
		if !signature.MatchString(step.Name()) {
			t.Errorf("%q: want name/version, as in tone/3", step.Name())
		}
	})
	for name, m := range samples() {
		t.Run(name, func(t *testing.T) { one(t, step, writes, earlier, m) })
	}
	t.Run("at the same time", func(t *testing.T) { together(t, step, earlier) })
}

// one reads one sample twice and looks at what came out.
func one(t *testing.T, step processor.Step, writes []string, earlier []processor.Step, m *mention.Mention) {
	t.Helper()
	before := encode(t, m)
	start := &mention.Reading{}
	for _, s := range earlier {
		read(t, s, m, start)
	}
	first, second := clone(t, start), clone(t, start)
	read(t, step, m, first)
	read(t, step, m, second)
	if after := encode(t, m); after != before {
		t.Errorf("the step changed the mention:\nbefore %.300s\nafter  %.300s", before, after)
	}
	if a, b := encode(t, first), encode(t, second); a != b {
		t.Errorf("two readings of one text differ:\n%.500s\n%.500s", a, b)
	}
	for _, part := range changed(start, first) {
		if !slices.Contains(writes, part) {
			t.Errorf("the step wrote %s, which is not its own", part)
		}
	}
	for _, part := range writes {
		check(t, step.Name(), m, part, reflect.ValueOf(first).Elem().FieldByName(part))
	}
}

func read(t *testing.T, s processor.Step, m *mention.Mention, r *mention.Reading) {
	t.Helper()
	if err := s.Read(t.Context(), m, r); err != nil {
		t.Fatalf("%s: %v", s.Name(), err)
	}
}

// together reads one sample in several goroutines; the race detector looks on.
func together(t *testing.T, step processor.Step, earlier []processor.Step) {
	t.Helper()
	m := samples()["article"]
	start := &mention.Reading{}
	for _, s := range earlier {
		read(t, s, m, start)
	}
	want := clone(t, start)
	read(t, step, m, want)
	var wg sync.WaitGroup
	got := make([]*mention.Reading, 4)
	for i := range got {
		r := clone(t, start)
		got[i] = r
		wg.Go(func() {
			if err := step.Read(t.Context(), m, r); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for _, r := range got {
		if encode(t, r) != encode(t, want) {
			t.Error("readings at the same time differ")
		}
	}
}

// changed lists the fields of a Reading in which a and b differ.
func changed(a, b *mention.Reading) []string {
	var out []string
	x, y := reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()
	for i := range x.NumField() {
		if !reflect.DeepEqual(x.Field(i).Interface(), y.Field(i).Interface()) {
			out = append(out, x.Type().Field(i).Name)
		}
	}
	return out
}

// check walks through one part of a reading.
func check(t *testing.T, name string, m *mention.Mention, path string, v reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			check(t, name, m, path, v.Elem())
		}
	case reflect.Slice:
		if v.IsNil() && v.Type().Elem().Kind() == reflect.Struct {
			return // the pipeline makes nil lists empty ones
		}
		for i := range v.Len() {
			check(t, name, m, path, v.Index(i))
		}
	case reflect.Struct:
		if s, ok := v.Interface().(mention.Span); ok {
			checkSpan(t, m, path, s)
			return
		}
		for i := range v.NumField() {
			field := v.Type().Field(i).Name
			checkField(t, name, path+"."+field, field, v.Field(i))
			check(t, name, m, path+"."+field, v.Field(i))
		}
	}
}

func checkField(t *testing.T, name, path, field string, v reflect.Value) {
	t.Helper()
	switch field {
	case "By":
		if by := v.String(); by != name {
			t.Errorf("%s is signed %q, want %q", path, by, name)
		}
	case "Score":
		if s := v.Float(); math.IsNaN(s) || s < 0 || s > 1 {
			t.Errorf("%s is %v, want 0…1", path, s)
		}
	}
}

func checkSpan(t *testing.T, m *mention.Mention, path string, s mention.Span) {
	t.Helper()
	text, ok := m.Text.Field(s.Field)
	if s.Field == mention.FromThread {
		text, ok = m.Origin.Thread, true
	}
	switch {
	case !ok:
		t.Errorf("%s: there is no field %q", path, s.Field)
	case s.Start < 0 || s.Start >= s.End || s.End > len(text):
		t.Errorf("%s: %d…%d is not within the %d bytes of %s", path, s.Start, s.End, len(text), s.Field)
	case !utf8.RuneStart(text[s.Start]), s.End < len(text) && !utf8.RuneStart(text[s.End]):
		t.Errorf("%s: %d…%d of %s cuts a rune: %q", path, s.Start, s.End, s.Field, text[s.Start:s.End])
	}
}

func encode(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func clone(t *testing.T, r *mention.Reading) *mention.Reading {
	t.Helper()
	var c mention.Reading
	if err := json.Unmarshal([]byte(encode(t, r)), &c); err != nil {
		t.Fatal(err)
	}
	return &c
}
