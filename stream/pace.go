package stream

import (
	"context"
	"math/rand/v2"
	"time"
)

// delay is how long a message waits after its nth failed try.
func (w *worker) delay(tries int) time.Duration {
	return jitter(grow(w.spec.Retry, w.spec.RetryMax, 3, tries-1))
}

// pause is how long a consumer waits for the nth time for something that is
// down: half of Retry at first, at most fifteen times Retry (with 2 s: 1 s to
// 30 s, so that work goes on half a minute after the other side is back).
func (w *worker) pause(n int) time.Duration {
	return jitter(grow(w.spec.Retry/2, 15*w.spec.Retry, 2, n-1))
}

// grow multiplies first by factor n times, up to limit.
func grow(first, limit time.Duration, factor, n int) time.Duration {
	for range n {
		if first >= limit {
			break
		}
		first *= time.Duration(factor)
	}
	return min(first, limit)
}

// jitter spreads d by a quarter to both sides, so that what failed together
// does not come back together.
func jitter(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	return d*3/4 + rand.N(d/2+1)
}

// sleep waits for d and reports whether ctx let it.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
