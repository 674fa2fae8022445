package stream

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var hanoi = time.FixedZone("+07", 7*3600)

// days runs a daily task in some processes on virtual time, from 15:00.
func days(t *testing.T, processes int, f func(ctx context.Context) error) (bus Bus, stop func()) {
	t.Helper()
	bus = NewMemory()
	leases, err1 := bus.Bucket(t.Context(), BucketLeases)
	state, err2 := bus.Bucket(t.Context(), BucketState)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Until(time.Date(2026, 9, 14, 15, 0, 0, 0, hanoi)))
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	for i := range processes {
		d := Daily{Name: "tidy", At: 2*time.Hour + 30*time.Minute, Zone: hanoi, Leases: leases, State: state, Holder: string(rune('a' + i))}
		wg.Go(func() { d.Run(ctx, func(error) {}, f) })
	}
	return bus, func() {
		cancel()
		wg.Wait()
		_ = bus.Close()
	}
}

func TestDailyOnceInTheQuietHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var done []time.Time
		_, stop := days(t, 3, func(context.Context) error {
			mu.Lock()
			defer mu.Unlock()
			done = append(done, time.Now().In(hanoi))
			return nil
		})
		time.Sleep(5 * 24 * time.Hour)
		stop()
		if len(done) != 5 {
			t.Fatalf("done %d times in five days: %v", len(done), done)
		}
		for _, at := range done {
			if minute := at.Hour()*60 + at.Minute(); minute < 150 || minute > 160 {
				t.Errorf("done at %s", at)
			}
		}
	})
}

// A task that takes longer than a lease lives is still done by one process.
func TestDailyHoldsItsLease(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		running, most, n := 0, 0, 0
		var mu sync.Mutex
		_, stop := days(t, 3, func(context.Context) error {
			mu.Lock()
			running++
			n++
			most = max(most, running)
			mu.Unlock()
			time.Sleep(20 * time.Minute)
			mu.Lock()
			defer mu.Unlock()
			running--
			return nil
		})
		time.Sleep(24 * time.Hour)
		stop()
		if n != 1 || most != 1 {
			t.Errorf("done %d times, %d at once", n, most)
		}
	})
}

func TestDailyTriesAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := 0
		_, stop := days(t, 1, func(context.Context) error {
			if n++; n < 4 {
				return errors.New("away")
			}
			return nil
		})
		time.Sleep(24 * time.Hour)
		stop()
		if n != 4 {
			t.Errorf("tried %d times, want 4", n)
		}
	})
}

// What fails all night does not go on by day, but the next night.
func TestDailyEndsWithTheQuietHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var last time.Time
		_, stop := days(t, 1, func(context.Context) error { last = time.Now().In(hanoi); return errors.New("away") })
		time.Sleep(20 * time.Hour) // until 11:00
		stop()
		if last.Hour() != 3 || last.Minute() > 30 {
			t.Errorf("last tried at %s", last)
		}
	})
}

func TestDailyDue(t *testing.T) {
	d := Daily{At: 2*time.Hour + 30*time.Minute, Zone: hanoi}
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 9, day, hour, minute, 0, 0, hanoi) }
	for name, c := range map[string]struct {
		last, now time.Time
		want      time.Duration
	}{
		"tonight":             {at(1, 2, 31), at(1, 15, 0), 11*time.Hour + 30*time.Minute},
		"now":                 {at(1, 2, 31), at(2, 2, 30), 0},
		"still in the hour":   {at(1, 2, 31), at(2, 3, 20), 0},
		"missed, by day":      {at(1, 2, 31), at(2, 8, 0), 18*time.Hour + 30*time.Minute},
		"off every night":     {at(1, 9, 0), at(3, 9, 0), 0},
		"long ago":            {time.Time{}, at(3, 9, 0), 0},
		"done this night":     {at(2, 2, 31), at(2, 2, 40), 23*time.Hour + 50*time.Minute},
		"just before":         {at(1, 2, 31), at(2, 2, 29), time.Minute},
		"first look by day":   {at(1, 9, 0), at(1, 9, 0), 17*time.Hour + 30*time.Minute},
		"missed, next night":  {at(1, 2, 31), at(3, 2, 30), 0},
		"late but not a day":  {at(1, 9, 0), at(3, 2, 0), 30 * time.Minute},
		"the clock went back": {at(5, 2, 31), at(2, 9, 0), 3*24*time.Hour + 17*time.Hour + 30*time.Minute},
	} {
		if got := d.due(c.last, c.now); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}
