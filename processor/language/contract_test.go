package language_test

import (
	"testing"

	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	steptest.Run(t, language.NewStep(), []string{"Language"})
}
