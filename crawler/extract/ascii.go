package extract

import "strings"

// lowerTo appends the ASCII lower-case form of s.
func lowerTo(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isUpper(c) {
			c += 'a' - 'A'
		}
		b = append(b, c)
	}
	return b
}

// equalName compares with a name in lower-case ASCII letters.
func equalName(s, name string) bool {
	return len(s) == len(name) && strings.EqualFold(s, name)
}

// indexFold is strings.Index for an ASCII word, whatever the case in s.
func indexFold(s, word string) int {
	first := [2]byte{word[0], word[0]}
	if c := word[0]; c >= 'a' && c <= 'z' {
		first[1] = c - 'a' + 'A'
	}
	for i := 0; i+len(word) <= len(s); i++ {
		if (s[i] == first[0] || s[i] == first[1]) && strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}
