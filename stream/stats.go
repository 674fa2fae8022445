package stream

import (
	"context"
	"fmt"
	"time"
)

// Statistics are what a bus holds, in the order of the topology.
type Statistics struct {
	Streams   []Volume   `json:"streams"`
	Consumers []Progress `json:"consumers"`
}

// Volume is what one stream holds.
type Volume struct {
	Name      string    `json:"name"`
	Messages  uint64    `json:"messages"`
	Bytes     uint64    `json:"bytes"` // on disk where there is one, before compression
	First     uint64    `json:"first"`
	Last      uint64    `json:"last"`
	FirstTime time.Time `json:"first_time,omitzero"`
	LastTime  time.Time `json:"last_time,omitzero"`
}

// Progress tells how far one consumer is.
type Progress struct {
	Name        string `json:"name"`
	Stream      string `json:"stream"`
	Waiting     uint64 `json:"waiting"`     // never given out yet
	Working     uint64 `json:"working"`     // given out, without an answer yet, or waiting for another try
	Redelivered uint64 `json:"redelivered"` // of those, given out more than once
}

// inspector is what every bus of this package can tell besides being a Bus.
type inspector interface {
	topologyTable() Table
	statistics(ctx context.Context) (Statistics, error)
	publishAll(ctx context.Context, batch []Out) []error
}

// Stats tells what bus holds.
func Stats(ctx context.Context, bus Bus) (Statistics, error) {
	b, ok := bus.(inspector)
	if !ok {
		return Statistics{}, fmt.Errorf("stream: statistics: %T has none", bus)
	}
	return b.statistics(ctx)
}

// tableOf gives the topology of bus, or the usual one for a foreign bus.
func tableOf(bus Bus) Table {
	if b, ok := bus.(inspector); ok {
		return b.topologyTable()
	}
	return Topology()
}

func (m *Memory) topologyTable() Table { return m.table }

func (m *Memory) statistics(context.Context) (s Statistics, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	for _, spec := range m.table.Streams {
		s.Streams = append(s.Streams, m.streams[spec.Name].statistics(now))
	}
	for _, spec := range m.table.Consumers {
		c := m.consumers[spec.Name]
		s.Consumers = append(s.Consumers, c.statistics())
	}
	return s, nil
}

func (s *memStream) statistics(now time.Time) Volume {
	s.expire(now)
	st := Volume{Name: s.spec.Name, Messages: s.count, Bytes: s.bytes, Last: s.last}
	if s.last > 0 {
		st.First = s.base
	}
	if len(s.msgs) > 0 {
		st.FirstTime, st.LastTime = s.msgs[0].Time, s.msgs[len(s.msgs)-1].Time
	}
	return st
}

func (c *memConsumer) statistics() Progress {
	st := Progress{Name: c.spec.Name, Stream: c.spec.Stream, Waiting: c.waiting(), Working: uint64(len(c.pending))}
	for _, p := range c.pending {
		if p.deliveries > 1 {
			st.Redelivered++
		}
	}
	return st
}
