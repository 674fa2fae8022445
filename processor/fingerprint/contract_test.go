package fingerprint_test

import (
	"testing"

	"github.com/diembao/diembao/processor/fingerprint"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	steptest.Run(t, fingerprint.NewStep(), []string{"Fingerprint"})
}
