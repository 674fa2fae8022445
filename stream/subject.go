package stream

import (
	"fmt"
	"strings"

	"github.com/diembao/diembao/mention"
)

// Found is the subject on which the crawler publishes a mention.
func Found(m *mention.Mention) (string, error) { return subject("found", m) }

// Tagged is the subject on which the processor publishes a read mention.
func Tagged(m *mention.Mention) (string, error) { return subject("tagged", m) }

func subject(event string, m *mention.Mention) (string, error) {
	if !m.Origin.Kind.Valid() || !mention.Slug(m.Origin.Outlet) {
		return "", fmt.Errorf("stream: subject: kind %q, outlet %q: want a known kind and [a-z0-9-]{1,64}",
			m.Origin.Kind, m.Origin.Outlet)
	}
	return "mention." + event + "." + string(m.Origin.Kind) + "." + m.Origin.Outlet, nil
}

// Subjects of the careful queue.
const (
	CarefulUrgent = "mention.careful.urgent"
	CarefulNormal = "mention.careful.normal"
)

// Token reports whether s may stand between the dots of a subject:
// [a-z0-9-]{1,64}.
func Token(s string) bool { return mention.Slug(s) }

// checkSubject refuses what is not made of tokens, so that nothing from
// outside can ever widen a subject.
func checkSubject(subject string) error {
	for token := range strings.SplitSeq(subject, ".") {
		if !Token(token) {
			return fmt.Errorf("stream: subject %q: token %q: want [a-z0-9-]{1,64}", subject, token)
		}
	}
	return nil
}

// checkKey refuses what no bucket can hold: keys match [a-z0-9-_.]{1,128} and
// have no empty part between dots.
func checkKey(key string) error {
	bad := key == "" || len(key) > 128 || key[0] == '.' || key[len(key)-1] == '.' || strings.Contains(key, "..")
	for _, c := range []byte(key) {
		bad = bad || (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.'
	}
	if bad {
		return fmt.Errorf("stream: key %q: want [a-z0-9-_.]{1,128}, no part between dots empty", key)
	}
	return nil
}
