package mention

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestBeginning(t *testing.T) {
	for want, text := range map[string]Text{
		"":                  {},
		"Tiêu đề":           {Title: "Tiêu đề"},
		"Tiêu đề\nDẫn\nBài": {Title: "Tiêu đề", Lead: "Dẫn", Body: "Bài"},
		"Bài":               {Body: " Bài "},
	} {
		if got := text.Beginning(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		text := Text{Title: rapid.String().Draw(t, "title"), Lead: rapid.String().Draw(t, "lead"), Body: strings.Repeat(rapid.String().Draw(t, "body")+" ", 50)}
		got := text.Beginning()
		if len(got) > MaxThread || !utf8.ValidString(got) {
			t.Errorf("%d bytes: %q", len(got), got)
		}
	})
}

func TestNamed(t *testing.T) {
	r := Reading{Policies: []PolicyHit{{ID: "a"}, {ID: "b"}, {ID: "c", From: FromThread}}}
	if got := r.Named(); len(got) != 2 || got[1].ID != "b" {
		t.Errorf("%v", got)
	}
	if got := (&Reading{Policies: []PolicyHit{{ID: "c", From: FromThread}}}).Named(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}
