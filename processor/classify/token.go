package classify

import (
	"unicode"
	"unicode/utf8"
)

// Kind says what a token is.
type Kind uint8

// The kinds of token. A Mark is a run of one punctuation character, an emoji
// or an emoticon; a Break is the end of a line.
const (
	Word Kind = iota
	Number
	Mark
	Break
)

// Token is one piece of a text as the classifier sees it. Two words have the
// same Key when viet.Key gives the same for both, and the same Bare when
// viet.Fold does.
type Token struct {
	Key   uint64 // with its diacritics, wherever the tone is placed
	Bare  uint64 // without any
	Start int32  // bytes into the text
	End   int32
	Kind  Kind
	Upper bool // begins with a capital
	First rune // the first character, of a word small and without marks
}

// Cut appends the tokens of s, which is NFC, to dst. Numbers of the same length
// are one token, because the figures themselves teach a classifier nothing.
func Cut(dst []Token, s string) []Token {
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			i++
			continue
		}
		l, size := letterAt(s, i)
		t := Token{Start: int32(i), End: int32(i + size), First: l.base}
		switch l.class {
		case isLetter:
			t.word(s, l)
		case isDigit:
			t.number(s)
		default:
			if !t.other(s) {
				i += size
				continue
			}
		}
		dst = append(dst, t)
		i = int(t.End)
	}
	return dst
}

// other reads what is neither word nor number, and tells whether it is a token.
func (t *Token) other(s string) bool {
	r, _ := utf8.DecodeRuneInString(s[t.Start:])
	switch {
	case r == '\n':
		t.Kind, t.Key, t.Bare = Break, breakHash, breakHash
	case r == utf8.RuneError || unicode.IsSpace(r):
		return false
	default:
		t.mark(s, r)
	}
	return true
}

// Seeds keep the kinds of token apart.
const (
	keySeed    = 0x9E3779B97F4A7C15
	bareSeed   = 0xC2B2AE3D27D4EB4F
	numberSeed = 0x165667B19E3779F9
	markSeed   = 0x27D4EB2F165667C5
	breakHash  = 0x85EBCA77C2B2AE63
)

// word reads letters and digits on from t.Start. The tone goes into the hash
// once and last, so that its place does not matter (hoà, hòa); a y that is the
// only vowel after a consonant is an i (kỷ, kỉ).
func (t *Token) word(s string, last *letter) {
	key, bare := uint64(keySeed), uint64(bareSeed)
	tone := last.tone
	t.Upper = last.upper
	i, n := int(t.End), 1
	before := rune(0)
	for ; i < len(s); n++ {
		l, size := letterAt(s, i)
		if l.class == isOther {
			break
		}
		key, bare = mix(key, uint64(last.shaped)), mix(bare, uint64(last.base))
		before, last = last.base, l
		tone = max(tone, l.tone)
		i += size
	}
	shaped := last.shaped
	if shaped == 'y' && n > 1 && !(isVowel(before) && !(before == 'u' && n == 3 && t.First == 'q')) {
		shaped = 'i'
	}
	t.Key = mix(mix(key, uint64(shaped)), uint64(tone))
	t.Bare = mix(bare, uint64(last.base))
	t.End = int32(i)
}

func isVowel(base rune) bool {
	switch base {
	case 'a', 'e', 'i', 'o', 'u', 'y':
		return true
	}
	return false
}

// number reads digits with dots and commas between them, and letters written
// close behind ("500k", "5G").
func (t *Token) number(s string) {
	t.Kind = Number
	digits, suffix := 0, uint64(numberSeed)
	i := int(t.Start)
	for i < len(s) {
		l, size := letterAt(s, i)
		switch {
		case l.class == isDigit:
			digits++
		case l.class == isLetter:
			suffix = mix(suffix, uint64(l.shaped))
		case (s[i] == '.' || s[i] == ',') && digitAt(s, i+size):
		default:
			size = 0
		}
		if size == 0 {
			break
		}
		i += size
	}
	t.End = int32(i)
	t.Key = mix(suffix, uint64(min(digits, 8)))
	t.Bare = t.Key
}

func digitAt(s string, i int) bool { return i < len(s) && s[i] >= '0' && s[i] <= '9' }

// mark reads an emoticon, or one punctuation character and its repetitions.
func (t *Token) mark(s string, r rune) {
	t.Kind, t.First = Mark, r
	end := emoticon(s[t.Start:])
	if end > 0 {
		t.End = t.Start + int32(end)
		t.Key = markSeed
		for _, c := range s[t.Start : t.Start+2] {
			t.Key = mix(t.Key, uint64(c))
		}
		t.Bare = t.Key
		return
	}
	times := 1
	for int(t.End) < len(s) {
		next, size := utf8.DecodeRuneInString(s[t.End:])
		if next != r {
			break
		}
		times++
		t.End += int32(size)
	}
	t.Key = mix(mix(markSeed, uint64(r)), uint64(min(times, 2)))
	t.Bare = t.Key
}

// emoticon returns the length of ":)", "=))", ":(", ":D" and the like at the
// beginning of s, 0 where there is none.
func emoticon(s string) int {
	if len(s) < 2 || (s[0] != ':' && s[0] != '=' && s[0] != ';' && s[0] != '^') {
		return 0
	}
	switch s[1] {
	case ')', '(', 'D', 'v', '3', '^', '>':
	default:
		return 0
	}
	n := 2
	for n < len(s) && s[n] == s[1] {
		n++
	}
	return n
}
