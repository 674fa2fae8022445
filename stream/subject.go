package stream

import (
	"fmt"

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
