//go:build !unix

package steptest

import "time"

// CPUTime is not known here; rates by it are left out.
func CPUTime() time.Duration { return 0 }
