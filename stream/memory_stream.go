package stream

import (
	"slices"
	"time"
)

// memStream is one stream: a slice in order of sequence, in which what was
// taken away leaves a hole until the front moves past it.
type memStream struct {
	spec    Stream
	msgs    []memMessage
	base    uint64 // sequence of msgs[0]
	last    uint64
	lastOn  map[string]uint64 // last sequence on a subject
	ids     map[string]uint64 // message IDs inside the duplicate window
	idOrder []memID
	bytes   uint64
	count   uint64
	changed chan struct{} // closed at the next append
}

type memMessage struct {
	Message
	gone bool
}

type memID struct {
	id string
	at time.Time
}

func newMemStream(spec Stream) *memStream {
	return &memStream{spec: spec, base: 1, lastOn: make(map[string]uint64), ids: make(map[string]uint64), changed: make(chan struct{})}
}

func (s *memStream) append(o Out, now time.Time) (uint64, error) {
	s.expire(now)
	if o.Expect != nil {
		if last := s.lastOf(o.Subject); last != *o.Expect {
			if m := s.at(last); m != nil && o.ID != "" && m.ID == o.ID {
				return last, nil
			}
			return 0, ErrConflict
		}
	}
	if seq, known := s.ids[o.ID]; known && o.ID != "" {
		return seq, nil
	}
	s.last++
	s.msgs = append(s.msgs, memMessage{Message: Message{Subject: o.Subject, ID: o.ID, Data: slices.Clone(o.Data), Seq: s.last, Time: now}})
	s.lastOn[o.Subject] = s.last
	s.count++
	s.bytes += uint64(len(o.Data))
	if o.ID != "" {
		s.ids[o.ID] = s.last
		s.idOrder = append(s.idOrder, memID{o.ID, now})
	}
	close(s.changed)
	s.changed = make(chan struct{})
	return s.last, nil
}

// lastOf gives the sequence of the last message still there on subject, or 0.
func (s *memStream) lastOf(subject string) uint64 {
	for seq := s.lastOn[subject]; seq >= s.base; seq-- {
		if m := s.at(seq); m != nil && m.Subject == subject {
			return seq
		}
	}
	return 0
}

// at gives the message of that sequence, or nil when it is gone.
func (s *memStream) at(seq uint64) *memMessage {
	if seq < s.base || seq > s.last || seq == 0 {
		return nil
	}
	if m := &s.msgs[seq-s.base]; !m.gone {
		return m
	}
	return nil
}

// read gives up to 256 messages from a sequence on, where to go on, and what
// is closed when there is more.
func (s *memStream) read(filter string, from uint64, now time.Time) (batch []Message, next uint64, changed <-chan struct{}) {
	s.expire(now)
	next = max(from, s.base)
	for ; next <= s.last && len(batch) < 256; next++ {
		if m := s.at(next); m != nil && matches(filter, m.Subject) {
			batch = append(batch, m.Message)
		}
	}
	return batch, next, s.changed
}

func (s *memStream) remove(seq uint64) {
	if m := s.at(seq); m != nil {
		s.count--
		s.bytes -= uint64(len(m.Data))
		m.gone, m.Data = true, nil
	}
	for len(s.msgs) > 0 && s.msgs[0].gone {
		s.msgs = s.msgs[1:]
		s.base++
	}
}

// expire forgets messages older than MaxAge and IDs older than the window.
func (s *memStream) expire(now time.Time) {
	for s.spec.MaxAge > 0 && len(s.msgs) > 0 && now.Sub(s.msgs[0].Time) > s.spec.MaxAge {
		s.remove(s.base)
	}
	for len(s.idOrder) > 0 && now.Sub(s.idOrder[0].at) > s.spec.Duplicate {
		delete(s.ids, s.idOrder[0].id)
		s.idOrder = s.idOrder[1:]
	}
}
