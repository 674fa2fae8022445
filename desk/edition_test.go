package desk

import (
	"fmt"
	"testing"

	"github.com/diembao/diembao/mention"
)

// What a revision says it changed is shown; where it says nothing, the texts
// are compared.
func TestEditions(t *testing.T) {
	text := func(revision int64, body string, c *mention.Change) *mention.Mention {
		return &mention.Mention{Revision: revision, Text: mention.Text{Body: body}, Origin: mention.Origin{Change: c}}
	}
	c := &mention.Change{Removed: []string{"Tăng 10 lần."}, Added: []string{"Tăng 2 lần."}, Figures: []mention.Swap{{Was: "10", Now: "2"}}, More: 3}
	got := editions([]*mention.Mention{text(2, "b", nil), text(1, "a", nil)}, text(3, "c", c))
	if len(got) != 3 || fmt.Sprint(got[1].Added, got[1].Removed) != "[b] [a]" {
		t.Fatalf("%+v", got)
	}
	if e := got[2]; fmt.Sprint(e.Added, e.Removed, e.Figures, e.More) != "[Tăng 2 lần.] [Tăng 10 lần.] [{10 2}] 3" {
		t.Errorf("%+v", e)
	}
}
