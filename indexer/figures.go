package indexer

import "encoding/base64"

// changedFigures reports whether, of two copies, each has a figure that the
// other lacks: a number was changed, not merely left out or added. A signature
// is the 16-bit hashes of the distinct figures in base64; others are compared
// as they stand.
func changedFigures(a, b string) bool {
	if a == b {
		return false
	}
	x, errA := base64.RawStdEncoding.DecodeString(a)
	y, errB := base64.RawStdEncoding.DecodeString(b)
	if errA != nil || errB != nil {
		return true
	}
	return lacksFigure(x, y) && lacksFigure(y, x)
}

// lacksFigure reports whether b lacks a figure of a.
func lacksFigure(a, b []byte) bool {
	have := make(map[[2]byte]bool, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		have[[2]byte(b)] = true
	}
	for ; len(a) >= 2; a = a[2:] {
		if !have[[2]byte(a)] {
			return true
		}
	}
	return false
}
