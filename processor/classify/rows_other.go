//go:build !amd64 || noasm

package classify

func (s *Scores) accumulate(m *Model) { s.accumulatePlain(m) }
