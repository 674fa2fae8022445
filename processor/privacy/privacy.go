// Package privacy is the step that finds what must not be shown and what must
// not be read: personal data and denouncers' names are recorded as spans,
// which indexer and desk apply; a document marked secret is refused.
//
// It reads Text and writes Reading.Masked. Citizens' texts were masked by the
// crawler before they were stored; this step records what it still finds, and
// changes no text. The rules of what is personal are viet/mask's.
//
// Limit: a marking counts where documents carry it, on a line of its own near
// the top or after "Độ mật"; a text that only talks of secrets is read.
package privacy

import (
	"context"
	"fmt"
	"strings"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/viet/mask"
)

const name = "privacy/1"

// Secret is the error for a document marked secret. It wraps
// processor.ErrRefused and holds nothing of the text but its marking.
type Secret struct {
	Marking string // mật, tối mật, tuyệt mật
}

func (e *Secret) Error() string {
	return fmt.Sprintf("privacy: the text is marked %q and must not be read or kept (văn bản có dấu %q: không được đọc, không được lưu)",
		e.Marking, e.Marking)
}

// Unwrap makes the error one of processor.ErrRefused.
func (e *Secret) Unwrap() error { return processor.ErrRefused }

// Step writes Reading.Masked.
type Step struct{}

// NewStep makes the step.
func NewStep() Step { return Step{} }

// Name is the name and version that the step signs with.
func (Step) Name() string { return name }

// Read records the spans of personal data, or fails with *Secret.
func (Step) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Masked = []mention.Masked{}
	for _, field := range mention.Fields() {
		text, _ := m.Text.Field(field)
		if marking := Marking(text); marking != "" {
			return &Secret{marking}
		}
		for _, s := range mask.Find(text) {
			span := mention.Span{Field: field, Start: s.Start, End: s.End}
			r.Masked = append(r.Masked, mention.Masked{Span: span, Kind: s.Kind})
		}
	}
	return nil
}

// headLines is how many lines with text a document's head has at most: the
// marking stands below the issuer's name, the number and the state's motto.
const headLines = 12

// markings from the gravest on, as they are given, stamped, and compared.
var markings = [...]struct{ name, stamp, key string }{
	{"tuyệt mật", "TUYỆT MẬT", viet.Key("tuyệt mật")}, {"tối mật", "TỐI MẬT", viet.Key("tối mật")}, {"mật", "MẬT", viet.Key("mật")},
}

// Marking gives the secrecy marking in the head of a text, in small letters,
// or "".
func Marking(text string) string {
	lines := 0
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		if lines++; lines > headLines {
			return ""
		}
		if m := marked(line); m != "" {
			return m
		}
	}
	return ""
}

// marked reads a line: a marking alone in capitals, perhaps in a frame, or
// after "Độ mật:" in any case. Nearly every line of nearly every text is
// neither, so the cheap signs are asked first.
func marked(line string) string {
	if strings.Contains(line, "MẬT") {
		frame := strings.Trim(line, " \t()[]|*_-–—:.\"“”")
		for _, m := range markings {
			if frame == m.stamp {
				return m.name
			}
		}
	}
	if strings.HasPrefix(line, "đ") || strings.HasPrefix(line, "Đ") {
		return labelled(line)
	}
	return ""
}

// labelled reads a line that may begin with "Độ mật".
func labelled(line string) string {
	rest, ok := strings.CutPrefix(viet.Key(line), viet.Key("độ mật"))
	if !ok {
		return ""
	}
	rest = strings.Trim(rest, " :.-–[]()")
	for _, m := range markings {
		if rest == m.key {
			return m.name
		}
	}
	return ""
}
