package watch

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/mention"
	"pgregory.net/rapid"
)

func TestAlertIDsAreSlugsAndDiffer(t *testing.T) {
	slug := rapid.StringMatching(`[a-z0-9-]{1,64}`)
	rapid.Check(t, func(t *rapid.T) {
		rule := rapid.StringMatching(`[a-z0-9]{1,12}(-[a-z0-9]{1,5}){0,2}`).Draw(t, "rule")
		policy, other := slug.Draw(t, "policy"), slug.Draw(t, "other")
		n := rapid.IntRange(1, 9999).Draw(t, "n")
		id := alertID(rule, policy, n)
		if !mention.Slug(id) {
			t.Errorf("%q is no slug", id)
		}
		if policy != other && id == alertID(rule, other, n) || id == alertID(rule, policy, n+1) {
			t.Errorf("%q names two alerts", id)
		}
	})
	if id := alertID("r", strings.Repeat("dai-", 16), 1); !strings.HasPrefix(id, "r--") {
		t.Errorf("%q", id)
	}
}
