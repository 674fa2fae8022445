package steptest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor/steptest"
)

// counter is the smallest step that keeps the contract.
type counter struct{}

func (counter) Name() string { return "counter/1" }

func (counter) Read(_ context.Context, m *mention.Mention, r *mention.Reading) error {
	r.Topic = mention.Label{Value: "other", By: "counter/1"}
	if end := strings.IndexByte(m.Text.Body, ' '); end > 0 {
		r.Topic.Evidence = []mention.Span{{Field: "body", End: end}}
	}
	return nil
}

func TestSmallestStep(t *testing.T) { steptest.Run(t, counter{}, []string{"Topic"}) }

func TestNewsroom(t *testing.T) {
	items := steptest.Newsroom(t)
	if len(items) != 690 {
		t.Fatalf("%d items, want 690", len(items))
	}
	for _, it := range items {
		if err := it.Mention().Check(); err != nil {
			t.Errorf("%s: %v", it.ID, err)
		}
	}
}
