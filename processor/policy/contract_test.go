package policy_test

import (
	"testing"

	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/policy"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	r := shipped(t)
	steptest.Run(t, policy.NewStep(r), []string{"Policies"}, language.NewStep(), document.NewStep(r.KnownDocuments()))
}
