package place_test

import (
	"testing"

	"github.com/diembao/diembao/processor/language"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/processor/steptest"
)

func TestContract(t *testing.T) {
	steptest.Run(t, place.NewStep(place.NewGazetteer(shipped(t), nil)), []string{"Places"}, language.NewStep())
}
