//go:build unix

package steptest

import (
	"syscall"
	"time"
)

// CPUTime is what the process has computed so far: on a machine that others use
// too, rates by it say more than rates by the clock.
func CPUTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
