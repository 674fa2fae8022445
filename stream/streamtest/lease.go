package streamtest

import (
	"context"
	"slices"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func leases() []Case {
	return []Case{
		{"a lease has one holder", testLeaseOne},
		{"a kept lease outlives its time", testLeaseKept},
		{"a dead holder's lease is free within a TTL and a half", testLeaseDead},
		{"a stolen lease is told", testLeaseStolen},
	}
}

func holder(t *testing.T, bus stream.Bus, name string) *stream.Leases {
	l := stream.NewLeases(bucket(t, bus, stream.BucketLeases), name)
	l.TTL, l.Every = leaseTTL, leaseTTL/4
	return l
}

func acquire(t *testing.T, l *stream.Leases, key string) bool {
	t.Helper()
	got, err := l.Acquire(t.Context(), key)
	if err != nil {
		t.Fatalf("acquire %s: %v", key, err)
	}
	return got
}

func testLeaseOne(t *testing.T, bus stream.Bus) {
	a, b, key := holder(t, bus, "a"), holder(t, bus, "b"), token(t)
	if !acquire(t, a, key) || acquire(t, b, key) || !acquire(t, b, key+"-2") {
		t.Error("want a to hold the first, b the second")
	}
	if !acquire(t, a, key) {
		t.Error("want a to get again what it holds")
	}
	if !a.Held(key) || b.Held(key) || !slices.Equal(a.Keys(), []string{key}) {
		t.Error("want a to know that it holds it, and b that it does not")
	}
	if err := a.Release(t.Context(), key); err != nil {
		t.Fatal(err)
	}
	if a.Held(key) || !acquire(t, b, key) {
		t.Error("want a released lease to be free at once")
	}
	if err := a.Release(t.Context(), key); err != nil || !b.Held(key) || acquire(t, a, key) {
		t.Error("want a second release not to touch b's lease")
	}
}

func testLeaseKept(t *testing.T, bus stream.Bus) {
	a, b, key := holder(t, bus, "a"), holder(t, bus, "b"), token(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	if !acquire(t, a, key) {
		t.Fatal("not acquired")
	}
	go func() {
		defer close(done)
		a.Keep(ctx, func(key string) { t.Errorf("lost %s", key) }, nil)
	}()
	for until := time.Now().Add(leaseTTL * 3 / 2); time.Now().Before(until); time.Sleep(leaseTTL / 10) {
		if !a.Held(key) || acquire(t, b, key) {
			t.Fatal("want a to hold it all the time")
		}
	}
	cancel()
	<-done
	if a.Held(key) || !acquire(t, b, key) {
		t.Error("want the lease to be free once a has ended")
	}
}

func testLeaseDead(t *testing.T, bus stream.Bus) {
	a, b, key := holder(t, bus, "a"), holder(t, bus, "b"), token(t)
	if !acquire(t, a, key) {
		t.Fatal("not acquired")
	}
	died := time.Now()
	eventually(t, "b gets it", func() bool { return acquire(t, b, key) })
	if took := time.Since(died); took > leaseTTL*3/2 {
		t.Errorf("free after %v, want at most %v", took, leaseTTL*3/2)
	}
	if a.Held(key) {
		t.Error("a thinks that it still holds it")
	}
	if err := a.Release(t.Context(), key); err != nil || acquire(t, holder(t, bus, "c"), key) {
		t.Errorf("a's late release freed b's lease, %v", err)
	}
}

func testLeaseStolen(t *testing.T, bus stream.Bus) {
	a, key := holder(t, bus, "a"), token(t)
	if !acquire(t, a, key) {
		t.Fatal("not acquired")
	}
	if _, err := bucket(t, bus, stream.BucketLeases).Put(t.Context(), key, []byte("thief")); err != nil {
		t.Fatal(err)
	}
	lost, err := a.Renew(t.Context())
	if err != nil || !slices.Equal(lost, []string{key}) || a.Held(key) {
		t.Errorf("lost %v, %v", lost, err)
	}
}
