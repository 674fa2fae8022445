package query

import (
	"strings"
	"time"

	"github.com/diembao/diembao/viet"
)

// Fields of the query language beside the facet fields.
const (
	FieldDocument = "doc"
	FieldStance   = "stance"
	FieldFrom     = "from"
	FieldTo       = "to"
	FieldIs       = "is" // relevant, careful, removed
)

// Unsure is the value of a label that is below its threshold.
const Unsure = "unsure"

// field is one field of the language: its name in code, the name it is
// written with, and the other names that are understood.
type field struct {
	name  string
	title string
	also  []string
}

func fields() []field {
	return []field{
		{FieldOutlet, "nguồn", []string{"outlet", "báo"}},
		{FieldPolicy, "chính-sách", []string{"policy"}},
		{FieldTone, "sắc-thái", []string{"tone"}},
		{FieldStance, "lập-trường", []string{"stance"}},
		{FieldPlace, "nơi", []string{"place"}},
		{FieldDocument, "văn-bản", []string{"doc", "document"}},
		{FieldKind, "loại", []string{"kind"}},
		{FieldTopic, "chủ-đề", []string{"topic"}},
		{FieldAct, "hành-vi", []string{"act"}},
		{FieldBody, "cơ-quan", []string{"body"}},
		{FieldIs, "là", []string{"is"}},
		{FieldFrom, "từ", []string{"from"}},
		{FieldTo, "đến", []string{"to"}},
	}
}

// fieldName finds the field that a person names, with or without marks and
// hyphens.
func fieldName(written string) (string, bool) {
	want := plainName(written)
	for _, f := range fields() {
		if plainName(f.title) == want {
			return f.name, true
		}
		for _, other := range f.also {
			if plainName(other) == want {
				return f.name, true
			}
		}
	}
	return "", false
}

func fieldTitle(name string) string {
	for _, f := range fields() {
		if f.name == name {
			return f.title
		}
	}
	return name
}

func plainName(s string) string {
	return strings.NewReplacer("-", "", "_", "").Replace(viet.Fold(s))
}

// closed gives the values of the fields that have only a few, by the words
// people use for them.
func closed(name string) map[string]string {
	switch name {
	case FieldTone:
		return map[string]string{
			"pos": "pos", "coloi": "pos", "tichcuc": "pos", "positive": "pos",
			"neu": "neu", "trungtinh": "neu", "neutral": "neu",
			"neg": "neg", "batloi": "neg", "tieucuc": "neg", "negative": "neg",
			"unsure": Unsure, "chuaro": Unsure,
		}
	case FieldKind:
		return map[string]string{
			"press": "press", "bao": "press", "baochi": "press",
			"portal": "portal", "cong": "portal", "congthongtin": "portal",
			"social": "social", "mang": "social", "mangxahoi": "social", "mxh": "social",
		}
	case FieldIs:
		return map[string]string{
			"relevant": "relevant", "lienquan": "relevant",
			"careful": "careful", "dockyluong": "careful", "docky": "careful",
			"removed": "removed", "go": "removed", "dago": "removed",
		}
	}
	return nil
}

// fieldValue checks a value and gives its canonical form; the complaints are
// in Vietnamese and English.
func fieldValue(name, written string) (value, vi, en string) {
	switch name {
	case FieldFrom, FieldTo:
		day, ok := parseDay(written)
		if !ok {
			return "", "“" + written + "” không phải là ngày; hãy viết như 02/11/2026",
				"“" + written + "” is no date; write it like 02/11/2026"
		}
		return viet.Date(day), "", ""
	}
	known := closed(name)
	if known == nil {
		return written, "", ""
	}
	if value, ok := known[strings.ReplaceAll(plainName(written), " ", "")]; ok {
		return value, "", ""
	}
	return "", "“" + fieldTitle(name) + "” không có giá trị “" + written + "”",
		"“" + name + "” has no value “" + written + "”"
}

// parseDay reads the ways in which a day is typed and gives its first moment
// in Vietnam.
func parseDay(s string) (time.Time, bool) {
	for _, layout := range []string{"2/1/2006", "2-1-2006", "2.1.2006", "2006-1-2"} {
		if t, err := time.ParseInLocation(layout, s, viet.Zone()); err == nil && t.Year() >= 1900 && t.Year() < 2200 {
			return t, true
		}
	}
	return time.Time{}, false
}

// Bounds gives the times that a FieldFrom or FieldTo stands for: from ≤ when
// < to. A zero time is open.
func (n Field) Bounds() (from, to time.Time) {
	day, ok := parseDay(n.Value)
	if !ok {
		return
	}
	switch n.Name {
	case FieldFrom:
		from = day
	case FieldTo:
		to = day.AddDate(0, 0, 1)
	}
	return from, to
}
