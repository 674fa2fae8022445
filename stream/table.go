package stream

import (
	"fmt"
	"strings"
)

// ofSubject gives the stream that stores subject.
func (t Table) ofSubject(subject string) (Stream, error) {
	if err := checkSubject(subject); err != nil {
		return Stream{}, err
	}
	for _, s := range t.Streams {
		for _, filter := range s.Subjects {
			if matches(filter, subject) {
				return s, nil
			}
		}
	}
	return Stream{}, fmt.Errorf("stream: subject %q belongs to no stream of the topology", subject)
}

// ofFilter gives the one stream whose subjects cover filter.
func (t Table) ofFilter(filter string) (Stream, error) {
	for _, s := range t.Streams {
		for _, subjects := range s.Subjects {
			if covers(subjects, filter) {
				return s, nil
			}
		}
	}
	return Stream{}, fmt.Errorf("stream: filter %q lies within no stream of the topology", filter)
}

func (t Table) stream(name string) (Stream, error) {
	for _, s := range t.Streams {
		if s.Name == name {
			return s, nil
		}
	}
	return Stream{}, fmt.Errorf("stream: %q is no stream of the topology", name)
}

func (t Table) consumer(name string) (Consumer, error) {
	for _, c := range t.Consumers {
		if c.Name == name {
			return c, nil
		}
	}
	return Consumer{}, fmt.Errorf("stream: %q is no consumer of the topology", name)
}

func (t Table) checkBucket(name string) error {
	for _, b := range t.Buckets {
		if b.Name == name {
			return nil
		}
	}
	return fmt.Errorf("stream: %q is no bucket of the topology", name)
}

// orDefault is Topology where t is empty.
func (t Table) orDefault() Table {
	if len(t.Streams) == 0 {
		return Topology()
	}
	return t
}

// matches reports whether subject falls under filter, in which * is one token
// and > all that follow.
func matches(filter, subject string) bool {
	for {
		f, frest, fmore := strings.Cut(filter, ".")
		s, srest, smore := strings.Cut(subject, ".")
		switch {
		case f == ">":
			return true
		case f != "*" && f != s:
			return false
		case !fmore || !smore:
			return fmore == smore
		}
		filter, subject = frest, srest
	}
}

// covers reports whether every subject under inner falls under outer.
func covers(outer, inner string) bool {
	for {
		o, orest, omore := strings.Cut(outer, ".")
		i, irest, imore := strings.Cut(inner, ".")
		switch {
		case o == ">":
			return true
		case i == ">" || i == "*" && o != "*" || o != "*" && o != i:
			return false
		case !omore || !imore:
			return omore == imore
		}
		outer, inner = orest, irest
	}
}
