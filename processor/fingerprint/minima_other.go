//go:build !amd64 || noasm

package fingerprint

func (s *Signature) fill(shingles []uint64) { s.fillPlain(shingles) }
