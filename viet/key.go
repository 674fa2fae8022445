package viet

import (
	"unicode/utf8"
)

// maxSyllable is the longest syllable in letters ("nghiêng"); a longer run is
// no Vietnamese syllable and is only lower-cased.
const maxSyllable = 7

// Key gives s as a search compares it: lower-case, with its diacritics, the
// tone mark put where the older rule puts it (hoà → hòa, thuý → thúy, qúy →
// quý) and y written i where it is the only vowel after a consonant (lý → lí,
// quý → quí). Every rune of NFC text gives one rune. It is for comparing,
// not for showing.
func Key(s string) string {
	buf := make([]byte, 0, len(s)+8)
	var word syllable
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && table[c].class&isLetter == 0 {
			buf = word.flush(buf)
			buf = append(buf, c)
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		l := look(r)
		if l.class&isLetter == 0 {
			buf = word.flush(buf)
			buf = utf8.AppendRune(buf, l.lower)
			continue
		}
		buf = word.add(buf, l)
	}
	return string(word.flush(buf))
}

// syllable collects the letters of one run of letters, already written to
// the buffer in lower case, until it can be rewritten.
type syllable struct {
	start  int // where its first byte stands in the buffer
	n      int // letters seen; may exceed maxSyllable
	toned  int
	vowels int
	alien  bool
	code   [maxSyllable]uint8
	tone   uint8
}

func (w *syllable) add(buf []byte, l letter) []byte {
	if w.n == 0 {
		w.start = len(buf)
	}
	if w.n < maxSyllable {
		w.code[w.n] = l.code
	}
	w.n++
	if l.code == 0 {
		w.alien = true
	}
	if l.tone != level {
		w.toned++
		w.tone = l.tone
	}
	if l.class&isVowel != 0 {
		w.vowels++
	}
	return utf8.AppendRune(buf, l.lower)
}

// flush ends the run: where the letters form one syllable, the tone is put in
// its place and a lone y becomes i.
func (w *syllable) flush(buf []byte) []byte {
	if w.n == 0 {
		return buf
	}
	if w.n <= maxSyllable && !w.alien && w.toned <= 1 && w.vowels > 0 {
		buf = w.rewrite(buf)
	}
	w.n, w.toned, w.vowels, w.alien, w.tone = 0, 0, 0, false, level
	return buf
}

func (w *syllable) rewrite(buf []byte) []byte {
	code := w.code[:w.n]
	on, end := nucleus(code)
	if end == 0 {
		return buf
	}
	if end-on == 1 && on > 0 && end == w.n && code[on] == codeY {
		code[on] = codeI
	} else if w.toned == 0 || w.vowels == 1 {
		return buf
	}
	at := -1
	if w.toned == 1 {
		at = tonePlace(code, on, end)
	}
	buf = buf[:w.start]
	for i, c := range code {
		t := uint8(level)
		if i == at {
			t = w.tone
		}
		buf = utf8.AppendRune(buf, compose[c][t])
	}
	return buf
}

// nucleus finds the vowels of a syllable: code[from:to], the u of qu and the
// i of gi before another vowel left to the onset. to is 0 where the letters
// are not onset, vowels, coda.
func nucleus(code []uint8) (from, to int) {
	for from < len(code) && !vowelCode[code[from]] {
		from++
	}
	to = from
	for to < len(code) && vowelCode[code[to]] {
		to++
	}
	for _, c := range code[to:] {
		if vowelCode[c] {
			return 0, 0
		}
	}
	if from == 1 && to > 2 && (code[0] == codeQ && code[1] == codeU || code[0] == codeG && code[1] == codeI) {
		from = 2
	}
	if from == to {
		return 0, 0
	}
	return from, to
}

// tonePlace says which letter carries the tone: a shaped vowel if there is
// one (the last of ươ), else the middle of three, the second of two before a
// coda, the first otherwise.
func tonePlace(code []uint8, from, to int) int {
	for i := to - 1; i >= from; i-- {
		if shapedCode[code[i]] {
			return i
		}
	}
	switch {
	case to-from == 3:
		return from + 1
	case to-from == 2 && to < len(code):
		return from + 1
	}
	return from
}
