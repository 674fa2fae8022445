// Package estest starts a real Elasticsearch for tests: the distribution that
// Maven Central serves for integration tests, on the Java it finds, as an
// ordinary user, on a free port, gone when the test ends.
//
// It reads the local Maven repository (and has Maven fill it), unpacks into a
// cache folder of the user, and keeps data in a temporary one. DIEMBAO_ES_URL
// names a running server that is used instead. Where none can run, the test is
// skipped with the reason, or fails with it when REQUIRE_DEPS=1.
//
// Limit: it needs Linux or another Unix; the distribution lacks what
// Elasticsearch puts into modules of its own (scripts, reindex, delete by
// query, most analysis).
package estest

import (
	"os"
	"testing"
)

// The versions that the tests run on.
const (
	Eight = "8.19.8" // needs Java 17
	Nine  = "9.2.0"  // needs Java 21
)

// URLVariable names the running server to use instead of starting one.
const URLVariable = "DIEMBAO_ES_URL"

// Start gives the address of an Elasticsearch 8 that lives as long as the
// test.
func Start(t testing.TB) (url string) {
	t.Helper()
	if url := os.Getenv(URLVariable); url != "" {
		return url
	}
	return StartVersion(t, Eight)
}

// StartVersion is Start for one of the versions, never a running server. The
// version that needs a newer Java than 17 is optional: without that Java its
// test is skipped, whatever REQUIRE_DEPS says.
func StartVersion(t testing.TB, version string) (url string) {
	t.Helper()
	java, err := findJava(needs(version))
	if err != nil {
		if version == Nine {
			t.Skipf("elasticsearch %s: %v", version, err)
		}
		missing(t, version, err)
	}
	home, err := distribution(t.Context(), version)
	if err != nil {
		missing(t, version, err)
	}
	s, err := launch(t.Context(), home, java)
	if err != nil {
		missing(t, version, err)
	}
	t.Cleanup(s.stop)
	if err := s.wait(t.Context()); err != nil {
		t.Fatalf("elasticsearch %s: %v\n%s", version, err, s.log())
	}
	return s.url
}

// needs is the oldest Java that a version runs on.
func needs(version string) int {
	if version == Nine {
		return 21
	}
	return 17
}

// missing ends a test that wants what is not there.
func missing(t testing.TB, version string, err error) {
	t.Helper()
	if os.Getenv("REQUIRE_DEPS") == "1" {
		t.Fatalf("elasticsearch %s: %v", version, err)
	}
	t.Skipf("elasticsearch %s: %v", version, err)
}
