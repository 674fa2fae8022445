package viet

import (
	"strings"
	"unicode/utf8"
)

// The rimes of Vietnamese without their tones. Those that end in p, t, c or
// ch are spoken with two tones only. A rime that begins with a glide u is
// written so after every onset but qu, which brings its own.
const (
	openRimes = `a e ê i o ô ơ u ư y
		ai ao au ay âu ây eo êu ia iu iêu oa oe oi ôi ơi ua ui ưa ưi ưu uê uơ uy uya uyu
		oai oao oay oeo uây uôi ươi ươu yêu
		am an ang anh ăm ăn ăng âm ân âng em en eng ênh êm ên êng im in inh iêm iên iêng
		om on ong oong ôm ôn ông ơm ơn um un ung ưm ưn ưng uôm uôn uông ươm ươn ương
		oam oan oang oanh oăm oăn oăng oen uân uâng uênh uyên uynh uyn uêng yêm yên yêng`
	stopRimes = `ac ach ap at ăc ăp ăt âc âp ât ec ep et êch êp êt ich ip it iêc iêp iêt
		oc op ot ooc ôc ôp ôt ơp ơt uc up ut ưc ưt uôc uôt ươc ươp ươt
		oac oach oat oăc oăt oet oap uât uêch uych uyt uyêt uyp yêt`
	quRimes = `a e ê i y ơ ai ao au ay âu ây eo êu anh an ang ăn ăng âm ân âng en eng ên ênh in inh it ít
		am em iêm iên iêng oan ôn ông uynh yên ynh ac ach at ăc ăp ăt âc ât ec et êch êt ich iêt ôc ôt ơt yt yêt ych iu yu yn`
	onsets = `b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x`
)

// Rimes that begin with these letters take k, gh, ngh; the others c, g, ng.
const frontVowels = "eêiy"

// spelling is a set of toneless syllables, packed.
type spelling map[uint64]struct{}

var (
	marked = newSpelling(func(s string) string { return s })
	bare   = newSpelling(Fold)
)

func newSpelling(form func(string) string) spelling {
	set := spelling{}
	for _, rime := range strings.Fields(openRimes + " " + stopRimes) {
		set[pack(form(rime))] = struct{}{}
		for _, onset := range strings.Fields(onsets) {
			if spelt(onset, rime) {
				set[pack(form(onset+rime))] = struct{}{}
			}
		}
	}
	for _, rime := range strings.Fields(quRimes) {
		set[pack(form("qu"+rime))] = struct{}{}
	}
	return set
}

// spelt tells whether onset and rime are written next to each other.
func spelt(onset, rime string) bool {
	first, _ := utf8.DecodeRuneInString(rime)
	front := strings.ContainsRune(frontVowels, first)
	switch onset {
	case "k":
		return front
	case "gh", "ngh":
		return front && first != 'y'
	case "c", "ng":
		return !front
	case "g":
		// "gì" and "gìn" share their i with the onset gi.
		return !front || rime == "i" || rime == "in"
	case "gi":
		return first != 'i' && first != 'y'
	case "qu":
		return false
	}
	// yê- and its like stand without an onset: yêu, but tiêu.
	return first != 'y' || rime == "y"
}

// pack writes the letter codes of at most ten letters into one number.
func pack(s string) (key uint64) {
	for _, r := range s {
		key = key<<6 | uint64(look(r).code)
	}
	return key
}

// Syllable tells whether s is one well-formed Vietnamese syllable as it is
// written with diacritics, in any letter case and either placement of the
// tone: an onset, a rime that goes with it, a tone that goes with the rime.
// Unmarked syllables ("cho") pass too: many carry no mark.
func Syllable(s string) bool {
	f := formOf(s)
	return f.isSyllable()
}

// BareSyllable tells whether s, taken without its marks, is what is left of a
// Vietnamese syllable: "duoc", "nguoi". Many words of other languages are
// ("the", "can", "long").
func BareSyllable(s string) bool {
	f := formOf(s)
	return f.isBare()
}

// form is what the rules of spelling ask of a word, gathered in one pass.
type form struct {
	key, bare uint64 // letters without tone, and without any mark, packed
	letters   int
	toned     int
	tone      uint8
	stop      bool // ends in p, t, c or ch
	mark      bool // has a tone, a shaped vowel or đ
	alien     bool // holds a rune that is no Vietnamese letter
}

func formOf(s string) form {
	var f form
	last, before := uint8(0), uint8(0)
	for i := 0; i < len(s); {
		f.mark = f.mark || s[i] >= utf8.RuneSelf
		l, n := letterAt(s, i)
		i += n
		if l.code == 0 {
			f.alien = true
			f.letters = maxSyllable + 1
			return f
		}
		if l.tone != level {
			f.toned++
			f.tone = l.tone
		}
		f.key = f.key<<6 | uint64(l.code)
		f.bare = f.bare<<6 | uint64(table[l.fold].code)
		f.letters++
		before, last = last, l.code
	}
	f.stop = last == codeP || last == codeT || last == codeC || last == codeH && before == codeC
	return f
}

func (f *form) isSyllable() bool {
	if f.letters > maxSyllable || f.toned > 1 || f.stop && f.tone != acute && f.tone != dot {
		return false
	}
	_, ok := marked[f.key]
	return ok
}

func (f *form) isBare() bool {
	if f.letters > maxSyllable {
		return false
	}
	_, ok := bare[f.bare]
	return ok
}
