package document_test

import (
	"testing"

	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	steptest.Run(t, document.NewStep(known(t)), []string{"Documents"})
}
