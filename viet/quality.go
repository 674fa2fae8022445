package viet

import (
	"strings"
	"unicode/utf8"
)

// Verdicts of Quality.
const (
	Good        = ""
	TooShort    = "short"        // too little to judge
	NoSpaces    = "no-spaces"    // the page lost the spaces between words
	Noise       = "noise"        // encoded or scrambled bytes instead of text
	LostLetters = "lost-letters" // letters dropped or replaced by ? or U+FFFD
)

// fit is what Quality measures.
type fit struct {
	tokens, marked int // tokens of letters, and those that are marked syllables
	letters        int
	glued          int // letters in words too long for Vietnamese that hold its marks
	scrambled      int // letters in words that mix digits and letter cases
	chat           int // chat spellings
	broken         int // small-letter words that are no syllable
	holes          int // ? or U+FFFD inside words
}

// lost is the share of small-letter words that are no syllable from which a
// Vietnamese text has lost letters; a writer who chats may write two more such
// words for each chat spelling. Measured on 800 press passages and 2,000
// comments of this project: no sound text is flagged; of passages that lost
// one letter in five 85 % are, of those that lost one in ten 34 %.
const lost = 0.09

// Quality says whether s can be read: Good, or what is wrong with it. Text in
// another language is good. It flags and never repairs.
func Quality(s string) string {
	f := measure(s)
	n := float64(max(f.letters, 1))
	switch {
	case f.tokens < 3 && f.letters < 20:
		return TooShort
	case float64(f.scrambled)/n > 0.4:
		return Noise
	case float64(f.glued)/n > 0.4:
		return NoSpaces
	case f.holes >= 3 && float64(f.holes)/n > 0.015:
		return LostLetters
	case f.marked*5 >= f.tokens && f.broken >= 6 && float64(f.broken)/float64(f.tokens) > lost+2*float64(f.chat)/float64(f.tokens):
		return LostLetters
	}
	return Good
}

func measure(s string) fit {
	var f fit
	last := 0
	for t := range EachToken(s) {
		gap := s[last:t.Start]
		if last > 0 && (gap == "?" || gap == "??" || strings.Contains(gap, "\uFFFD")) {
			f.holes++
		}
		last = t.End
		f.add(t.Text)
	}
	return f
}

func (f *fit) add(word string) {
	n := utf8.RuneCountInString(word)
	if !hasLetter(word) {
		return
	}
	f.tokens++
	f.letters += n
	w := formOf(word)
	switch {
	case w.isSyllable():
		if w.mark {
			f.marked++
		}
	case scrambled(word):
		f.scrambled += n
	case n > 10 && strings.IndexFunc(word, isMarkedRune) >= 0:
		f.glued += n
	case len(word) > 1 && chatWords[string(appendLower(nil, word))] != "" || drawnOut(word):
		f.chat++
	case startsSmallLetter(word) && doubtful[word] == nil:
		f.broken++
	}
}

func hasLetter(s string) bool {
	for _, r := range s {
		if look(r).class&isLetter != 0 {
			return true
		}
	}
	return false
}

func isMarkedRune(r rune) bool { return r >= utf8.RuneSelf && look(r).code != 0 }

// startsSmallLetter leaves out names and abbreviations.
func startsSmallLetter(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return look(r).class&(isLetter|isUpper) == isLetter
}

// scrambled tells whether word looks like encoded bytes: long, without marks,
// and changing between small letters, capitals and digits again and again.
func scrambled(word string) bool {
	if len(word) < 8 {
		return false
	}
	changes := 0
	last := uint8(0)
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return false
		}
		class := table[word[i]].class & (isUpper | isDigit)
		if i > 0 && class != last {
			changes++
		}
		last = class
	}
	return changes*4 >= len(word)
}
