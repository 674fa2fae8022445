package stream_test

import (
	"os"
	"testing"

	"go.uber.org/goleak"
)

// TestMain also serves as the other process of tests that need one to die.
func TestMain(m *testing.M) {
	switch os.Getenv(childEnv) {
	case "publish":
		childPublishes(os.Getenv(childDir))
	case "die":
		childDies(os.Getenv(childDir))
	case "fill":
		childFills(os.Getenv(childDir))
	default:
		goleak.VerifyTestMain(m)
	}
}
