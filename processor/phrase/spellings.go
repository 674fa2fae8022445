package phrase

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spellings lists how a syllable of the given key is usually written, so that
// a text's syllables are looked up as they stand: small, capital, capitals;
// the tone on any vowel; y for i. key tells which of them really are the same
// syllable. What is not listed (mixed case) is keyed when it is met.
func spellings(of string, key func(string) string) []string {
	forms := append(placements(of), of)
	for _, f := range slices.Clone(forms) {
		forms = append(forms, swapLast(f, "iìíỉĩị", "yỳýỷỹỵ"), swapLast(f, "yỳýỷỹỵ", "iìíỉĩị"))
	}
	var out []string
	for _, f := range forms {
		if f == "" || key(f) != of {
			continue
		}
		r, n := utf8.DecodeRuneInString(f)
		out = append(out, f, string(unicode.ToUpper(r))+f[n:], strings.ToUpper(f))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// vowels holds each plain vowel under its six tones, level first.
var vowels = [...]string{
	"aàáảãạ", "ăằắẳẵặ", "âầấẩẫậ", "eèéẻẽẹ", "êềếểễệ", "iìíỉĩị",
	"oòóỏõọ", "ôồốổỗộ", "ơờớởỡợ", "uùúủũụ", "ưừứửữự", "yỳýỷỹỵ",
}

// vowelOf finds the row and tone of a vowel; row is -1 for other letters.
func vowelOf(r rune) (row, tone int) {
	for i, v := range vowels {
		tone := 0
		for _, form := range v {
			if form == r {
				return i, tone
			}
			tone++
		}
	}
	return -1, 0
}

// placements moves the tone of a syllable to each of its other vowels.
func placements(s string) []string {
	letters := []rune(s)
	from, tone := -1, 0
	for i, r := range letters {
		if row, t := vowelOf(r); row >= 0 && t > 0 {
			from, tone = i, t
			letters[i], _ = utf8.DecodeRuneInString(vowels[row])
		}
	}
	if from < 0 {
		return nil
	}
	var out []string
	for i, r := range letters {
		row, _ := vowelOf(r)
		if row < 0 || i == from {
			continue
		}
		moved := slices.Clone(letters)
		moved[i] = []rune(vowels[row])[tone]
		out = append(out, string(moved))
	}
	return out
}

// swapLast replaces the last letter by its counterpart, or returns "".
func swapLast(s, from, to string) string {
	r, n := utf8.DecodeLastRuneInString(s)
	i := slices.Index([]rune(from), r)
	if i < 0 {
		return ""
	}
	return s[:len(s)-n] + string([]rune(to)[i])
}
