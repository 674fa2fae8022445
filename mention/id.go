package mention

import (
	"crypto/sha256"
	"encoding/base32"
	"strings"
)

// ID names a mention for ever: 26 characters of [a-z2-7], usable in subjects,
// addresses and file names.
type ID string

// NewID hashes the kind, the outlet and the address or post id as found. The
// canonical address is never used: it changes when a page is edited, and then
// one article would have two names.
func NewID(kind Kind, outlet, found string) ID {
	h := sha256.New()
	for _, part := range []string{string(kind), outlet, found} {
		h.Write([]byte(part))
		h.Write([]byte{0})
	}
	sum := h.Sum(nil)
	text := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16])
	return ID(strings.ToLower(text))
}

// Valid reports whether id has the form that NewID gives.
func (id ID) Valid() bool {
	if len(id) != 26 {
		return false
	}
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '2' || c > '7') {
			return false
		}
	}
	return true
}

// Slug reports whether s may stand as one token of a subject:
// [a-z0-9-]{1,64}.
func Slug(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, c := range []byte(s) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' {
			return false
		}
	}
	return true
}
