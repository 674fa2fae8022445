package streamtest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
)

func buckets() []Case {
	return []Case{
		{"a bucket keeps values and revisions", testBucketValues},
		{"a bucket lets one writer win", testBucketConflict},
		{"a bucket under many writers loses nothing", testBucketRace},
		{"a bucket lists its keys", testBucketKeys},
		{"a bucket refuses odd keys", testBucketOddKeys},
		{"a key vanishes a while after its last write", testBucketTTL},
	}
}

func bucket(t *testing.T, bus stream.Bus, name string) stream.Bucket {
	t.Helper()
	b, err := bus.Bucket(t.Context(), name)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func testBucketValues(t *testing.T, bus stream.Bus) {
	b, key := bucket(t, bus, stream.BucketState), token(t)
	if _, err := b.Get(t.Context(), key); !errors.Is(err, stream.ErrNoKey) {
		t.Errorf("before anything: %v", err)
	}
	first, err := b.Put(t.Context(), key, []byte("một"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := b.Put(t.Context(), key, []byte("hai"))
	if err != nil || second <= first {
		t.Errorf("revisions %d, %d, %v", first, second, err)
	}
	e, err := b.Get(t.Context(), key)
	if err != nil || e.Key != key || string(e.Value) != "hai" || e.Revision != second {
		t.Errorf("got %+v, %v", e, err)
	}
	if err := b.Delete(t.Context(), key, 0); err != nil {
		t.Errorf("delete: %v", err)
	}
	if _, err := b.Get(t.Context(), key); !errors.Is(err, stream.ErrNoKey) {
		t.Errorf("after delete: %v", err)
	}
	if err := b.Delete(t.Context(), key, 0); err != nil {
		t.Errorf("delete what is gone: %v", err)
	}
	if _, err := bus.Bucket(t.Context(), "nothing"); err == nil {
		t.Error("a bucket that is not of the topology: want an error")
	}
}

func testBucketConflict(t *testing.T, bus stream.Bus) {
	b, key := bucket(t, bus, stream.BucketState), token(t)
	ctx := t.Context()
	first, err := b.Create(ctx, key, []byte("a"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Create(ctx, key, []byte("b")); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("create over: %v", err)
	}
	second, err := b.Update(ctx, key, []byte("c"), first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Update(ctx, key, []byte("d"), first); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("update over an old revision: %v", err)
	}
	if err := b.Delete(ctx, key, first); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("delete an old revision: %v", err)
	}
	if err := b.Delete(ctx, key, second); err != nil {
		t.Errorf("delete: %v", err)
	}
	if _, err := b.Update(ctx, key, []byte("e"), second); !errors.Is(err, stream.ErrConflict) {
		t.Errorf("update what is gone: %v", err)
	}
	if _, err := b.Create(ctx, key, []byte("f")); err != nil {
		t.Errorf("create where it is gone: %v", err)
	}
}

func testBucketRace(t *testing.T, bus stream.Bus) {
	b, key := bucket(t, bus, stream.BucketState), token(t)
	if _, err := b.Create(t.Context(), key, []byte("0")); err != nil {
		t.Fatal(err)
	}
	const writers, each = 4, 5
	var all sync.WaitGroup
	for range writers {
		all.Go(func() {
			for n := 0; n < each; {
				e, err := b.Get(t.Context(), key)
				if err != nil {
					t.Errorf("get: %v", err)
					return
				}
				var value int
				_, _ = fmt.Sscan(string(e.Value), &value)
				_, err = b.Update(t.Context(), key, fmt.Append(nil, value+1), e.Revision)
				switch {
				case err == nil:
					n++
				case !errors.Is(err, stream.ErrConflict):
					t.Errorf("update: %v", err)
					return
				}
			}
		})
	}
	all.Wait()
	if e, err := b.Get(t.Context(), key); err != nil || string(e.Value) != fmt.Sprint(writers*each) {
		t.Errorf("counted to %s, %v; want %d", e.Value, err, writers*each)
	}
}

func testBucketKeys(t *testing.T, bus stream.Bus) {
	b, key := bucket(t, bus, stream.BucketHealth), token(t)
	for _, k := range []string{".c", ".a", ".b_1"} {
		if _, err := b.Put(t.Context(), key+k, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Delete(t.Context(), key+".c", 0); err != nil {
		t.Fatal(err)
	}
	keys, err := b.Keys(t.Context())
	keys = slices.DeleteFunc(keys, func(k string) bool { return !strings.HasPrefix(k, key) })
	if err != nil || !slices.Equal(keys, []string{key + ".a", key + ".b_1"}) {
		t.Errorf("keys %v, %v", keys, err)
	}
}

func testBucketOddKeys(t *testing.T, bus stream.Bus) {
	b := bucket(t, bus, stream.BucketState)
	for _, key := range []string{"", ".", "a.", ".a", "a..b", "A", "a b", "a*", ">", "a/b", "đ", strings.Repeat("a", 129)} {
		if _, err := b.Put(t.Context(), key, nil); err == nil {
			t.Errorf("put %q: want it refused", key)
		}
		if _, err := b.Get(t.Context(), key); err == nil || errors.Is(err, stream.ErrNoKey) {
			t.Errorf("get %q: %v, want it refused", key, err)
		}
	}
	if _, err := b.Put(t.Context(), strings.Repeat("a", 128), nil); err != nil {
		t.Errorf("128 characters: %v", err)
	}
}

func testBucketTTL(t *testing.T, bus stream.Bus) {
	b, key := bucket(t, bus, stream.BucketLeases), token(t)
	revision, err := b.Create(t.Context(), key, []byte("x"))
	if err != nil {
		t.Fatal(err)
	}
	time.Sleep(leaseTTL * 2 / 3)
	last := time.Now()
	if _, err := b.Update(t.Context(), key, []byte("x"), revision); err != nil {
		t.Fatalf("update: %v", err)
	}
	time.Sleep(leaseTTL * 2 / 3)
	if _, err := b.Get(t.Context(), key); err != nil && time.Since(last) < leaseTTL {
		t.Errorf("%v after its last write: %v", time.Since(last), err)
	}
	eventually(t, "the key vanishes", func() bool {
		_, err := b.Get(t.Context(), key)
		return errors.Is(err, stream.ErrNoKey)
	})
	if gone := time.Since(last); gone < leaseTTL || gone > leaseTTL+2*time.Second {
		t.Errorf("gone %v after its last write, want %v", gone, leaseTTL)
	}
	if _, err := b.Create(t.Context(), key, []byte("y")); err != nil {
		t.Errorf("create where one has vanished: %v", err)
	}
}
