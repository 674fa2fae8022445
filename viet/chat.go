package viet

import (
	"strings"
	"unicode/utf8"
)

// Word is a token and what its writer most likely meant.
type Word struct {
	Token
	// Plain is the standard spelling, in small letters and perhaps of several
	// syllables; the token as written where nothing is to be undone.
	Plain string
	// Options are the readings of a spelling that stays ambiguous; Plain is
	// then as written.
	Options []string
}

// Respelt tells whether Plain differs from what is written.
func (w Word) Respelt() bool { return w.Plain != w.Text }

// Unchat cuts s as Tokens does and undoes chat spelling: "ko" → "không",
// "đc" → "được", "ntn" → "như thế nào", "quáaaa" → "quá". A spelling with
// several readings (đk, bt, ck, dc, k, 0, h) is undone only where its
// neighbours decide, and otherwise left with its Options.
func Unchat(s string) []Word {
	tokens := Tokens(s)
	words := make([]Word, len(tokens))
	for i := range tokens {
		words[i] = unchat(s, tokens, i)
	}
	return words
}

func unchat(s string, tokens []Token, i int) Word {
	t := tokens[i]
	w := Word{Token: t, Plain: t.Text}
	var buf [16]byte
	if len(t.Text) > len(buf) {
		w.Plain = squeeze(t.Text)
		return w
	}
	low := appendLower(buf[:0], t.Text)
	single := utf8.RuneCountInString(t.Text) == 1
	switch {
	case single && !standsFree(s, t):
	case chatWords[string(low)] != "":
		w.Plain = chatWords[string(low)]
	case doubtful[string(low)] != nil:
		w.Options = doubtful[string(low)]
		if plain := beside(s, tokens, i).choose(string(low)); plain != "" {
			w.Plain, w.Options = plain, nil
		}
	default:
		w.Plain = squeeze(t.Text)
	}
	return w
}

// isChat tells whether a small word is a spelling that Unchat knows.
func isChat(low []byte) bool { return chatWords[string(low)] != "" || doubtful[string(low)] != nil }

// standsFree tells whether a letter is written small and between spaces or
// sentence marks, so that it is a word and no part of "T.K." or "R&D".
func standsFree(s string, t Token) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:t.Start])
	after, _ := utf8.DecodeRuneInString(s[t.End:])
	own, _ := utf8.DecodeRuneInString(t.Text)
	return look(own).class&isUpper == 0 &&
		(t.Start == 0 || strings.ContainsRune(" \n,.…!?:;\"“(", before)) &&
		(t.End == len(s) || strings.ContainsRune(" \n,.…!?:;\"”)", after))
}

// Plain gives s with its chat spelling undone, tokens joined by spaces.
func Plain(s string) string {
	words := Unchat(s)
	parts := make([]string, len(words))
	for i, w := range words {
		parts[i] = w.Plain
	}
	return strings.Join(parts, " ")
}

// squeeze undoes drawn-out letters ("quáaaa" → "quá", "ơiiii" → "ơi") and
// respellings by sound ("đúg" → "đúng", "fải" → "phải", "wen" → "quen"). What
// does not end up as a syllable or a known chat spelling stays.
func squeeze(word string) string {
	marked := strings.IndexFunc(word, isMarkedRune) >= 0
	if Syllable(word) || !marked && (!drawnOut(word) || allUpper(word)) {
		return word // "see", "fan", "dog" and "III" are left alone
	}
	short := shorten(word)
	if plain := chatWords[short]; plain != "" {
		return plain
	}
	if Syllable(short) {
		return short
	}
	if respelt := bySound(short); marked && respelt != short && Syllable(respelt) {
		return respelt
	}
	return word
}

func allUpper(s string) bool {
	for _, r := range s {
		if look(r).class&isUpper == 0 {
			return false
		}
	}
	return true
}

// drawnOut tells whether word has a letter three times in a row.
func drawnOut(word string) bool {
	for i := 2; i < len(word); i++ {
		if word[i] == word[i-1] && word[i] == word[i-2] {
			return true
		}
	}
	return false
}

// shorten lowers word and drops letters that repeat the one before.
func shorten(word string) string {
	var buf []byte
	last := rune(0)
	for _, r := range word {
		r = look(r).lower
		if !echoes(last, r) {
			buf = utf8.AppendRune(buf, r)
			last = r
		}
	}
	return string(buf)
}

// echoes tells whether r repeats the letter before it, with or without its
// mark.
func echoes(before, r rune) bool {
	return r == before || r < utf8.RuneSelf && before >= utf8.RuneSelf && look(before).fold == r && look(before).class&isVowel != 0
}

// sounds are onsets respelt in chat, and what they stand for.
var sounds = [...][2]string{{"dz", "v"}, {"f", "ph"}, {"w", "qu"}, {"j", "gi"}, {"z", "d"}}

// bySound respells an onset and puts back the n of a final ng.
func bySound(word string) string {
	for _, s := range sounds {
		if rest, ok := strings.CutPrefix(word, s[0]); ok {
			word = s[1] + rest
			break
		}
	}
	if stem, ok := strings.CutSuffix(word, "g"); ok && !strings.HasSuffix(stem, "n") {
		word = stem + "ng"
	}
	return word
}
