package privacy_test

import (
	"testing"

	"github.com/diembao/diembao/processor/privacy"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	steptest.Run(t, privacy.NewStep(), []string{"Masked"})
}
