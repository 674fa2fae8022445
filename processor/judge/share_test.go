package judge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/classify"
)

// TestSharedReadingIsTheSame compares what is taken from a shared reading of a
// text, policy after policy, with a reading for each of them alone: sentences,
// features in their order, and what the encoder would be shown.
func TestSharedReadingIsTheSame(t *testing.T) {
	models, err := Open(Shipped())
	if err != nil {
		t.Fatal(err)
	}
	e := NewEngine(models)
	alone := NewDocument(models.Lexicon)
	for _, origin := range []mention.Origin{press, social, {Kind: mention.Portal}} {
		m := &mention.Mention{Origin: origin, Text: threePolicies()}
		policies := named(m.Text.Body, "VNeID", "chính quyền hai cấp", "bảng giá đất")
		k := &desk{document: NewDocument(models.Lexicon)}
		for i := range policies {
			spans := e.scoreStance(k, m, policies, i)
			alone.LoadFor(m.Origin, &m.Text, spans, OtherSpans(policies, i))
			var bag classify.Bag
			var scores classify.Scores
			alone.Fill(&bag)
			alone.Focus(&bag, spans)
			models.Stance.Score(&bag, &scores)
			if got, want := outline(k.document), outline(alone); got != want {
				t.Errorf("%s, %s: sentences\n%s\nwant\n%s", origin.Kind, policies[i].ID, got, want)
			}
			if !slices.Equal(k.scores.Logits, scores.Logits) {
				t.Errorf("%s, %s: logits %v, want %v", origin.Kind, policies[i].ID, k.scores.Logits, scores.Logits)
			}
			if got, want := k.document.About(spans), alone.About(spans); got != want {
				t.Errorf("%s, %s: shown %q, want %q", origin.Kind, policies[i].ID, got, want)
			}
		}
	}
}

func threePolicies() mention.Text {
	return mention.Text{
		Title: "Ba việc dân hỏi",
		Body: "VNeID rất tiện nhưng chính quyền hai cấp còn chậm; bảng giá đất thì ko ai hiểu. Ai cũng than phiền. " +
			strings.Repeat("Hội nghị diễn ra tại trụ sở xã, song ít người dự. ", 9) +
			"Bảng giá đất quá cao, còn VNeID thì tốt!\nDân mong bảng giá đất được xem lại.",
	}
}

// named finds the policies in a text as the policy step would.
func named(body string, names ...string) (list []mention.PolicyHit) {
	for _, n := range names {
		p := mention.PolicyHit{ID: n}
		for at := 0; ; {
			i := strings.Index(body[at:], n)
			if i < 0 {
				break
			}
			span := mention.Span{Field: "body", Start: at + i, End: at + i + len(n)}
			p.Hits = append(p.Hits, mention.Hit{Span: span})
			at = span.End
		}
		list = append(list, p)
	}
	return list
}

func outline(d *Document) string {
	var b strings.Builder
	for _, s := range d.sentences {
		fmt.Fprintf(&b, "%v %q %d tokens", s.Span, s.Text, len(s.tokens))
		for _, h := range s.hits {
			fmt.Fprintf(&b, " %s/%v", h.Phrase, h.Value())
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "%+v", d.form)
	return b.String()
}
