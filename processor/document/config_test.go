package document

import (
	"slices"
	"strings"
	"testing"
)

func TestValidateNamesEveryProblem(t *testing.T) {
	c := Config{Documents: []Entry{
		{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26"},
		{Number: "0168/2024/ND-CP", Type: "NĐ", Issued: "2024-12-26"}, // the same, written otherwise
		{Number: "7/CT-TTg", Type: "CT", Issued: "2025-03-01"},
		{Number: "7/CT-TTg", Type: "CT", Issued: "2026-03-01"}, // numbers restart every year
		{Number: "", Type: "", Issued: "hôm qua", Until: "31/12/2026"},
	}}
	var got []string
	c.Validate(func(path, message string) {
		if message == "" {
			t.Errorf("%s: no message", path)
		}
		got = append(got, path)
	})
	slices.Sort(got)
	want := []string{"documents[1].number", "documents[4].issued", "documents[4].number", "documents[4].type", "documents[4].until"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestValidateSaysWhereTheFirstOneStands(t *testing.T) {
	e := Entry{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26"}
	Config{Documents: []Entry{e, e}}.Validate(func(_, message string) {
		if !strings.Contains(message, "documents[0]") {
			t.Error(message)
		}
	})
}

func TestEveryEntryIsKnown(t *testing.T) {
	c := Config{Documents: []Entry{{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26", Until: "2030-01-01", Title: "x"}, {}}}
	known := c.Known()
	if len(known) != 2 || known[0] != (Known{Number: "168/2024/NĐ-CP", Type: "NĐ", Issued: "2024-12-26", Until: "2030-01-01", Main: true}) {
		t.Errorf("%+v", known)
	}
}
