package viet

import (
	"strings"
	"unicode/utf8"
)

// Languages that Language tells apart.
const (
	Vietnamese     = "vi"
	VietnameseBare = "vi-bare" // written without diacritics
	English        = "en"
	OtherLanguage  = "other"
)

// Frequent words of English and of the languages that most look like
// Vietnamese without its marks. A word that is also a frequent bare
// Vietnamese syllable ("an", "do", "me", "on", "to") is in no list.
const (
	englishWords = `the of and is are was were be been being have has had having with for from this that these those
		which who whom whose what when where why how will would can could should may might must shall not but if then than
		as at by into about over under after before between during through their there they them he she his her its it
		you your we our us i my your yes all any each other more most some such only just so very too also now here out up
		down new one two three said says say people government year years time day days please thank thanks hello good bad
		great need want know get got make made think see look like because while policy city province country public
		service minister ministry report news today tomorrow yesterday against without within still many much every
		people's don't isn't it's an or no do did does`
	otherWords = `le les des et est que qui dans pour avec sur pas plus par une aux cette ces sont nous vous ils elle
		leur mais ou où été être avoir fait tout tous comme au du d l c s n qu
		yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena ada adalah sebagai oleh bisa sudah
		mereka kami kita anda telah lebih atau harus dapat tersebut para
		el los las una por para con como más pero sus este esta del al es en
		der die das und ist nicht mit von den dem ein eine zu auf für sich auch werden
		ang ng mga sa na ay ito siya hindi`
	bareWords = `khong nguoi duoc nhung cua va la mot cho cac trong voi nay den nhu cung thi ma hon phai lam nha nuoc
		dan chua roi vay nhieu may cai gi sao ai biet noi thay con dang se da ra vao len xuong di qua lai bi bang hay rat
		the nen neu vi tu theo khi sau truoc moi ngay nam thang gio tien xa huyen tinh phuong duong xe benh vien truong hoc
		ko dc ntn minh toi em anh chi ong ba chau bac tui ban muon can co xin hoi luc viec giay to nop thue phi`
)

// What a frequent word speaks for; a word may speak for several.
const (
	speaksEnglish = 1 << iota
	speaksOther
	speaksBare
)

var frequent = newFrequent()

func newFrequent() map[string]uint8 {
	set := map[string]uint8{}
	for flag, words := range map[uint8]string{speaksEnglish: englishWords, speaksOther: otherWords, speaksBare: bareWords} {
		for w := range strings.FieldsSeq(words) {
			set[w] |= flag
		}
	}
	return set
}

// words are what Language counts.
type counts struct {
	words   int // tokens of letters
	marked  int // syllables with a Vietnamese mark
	bare    int // tokens that are a syllable if marks are taken off
	viet    int // frequent bare words
	english int
	other   int // frequent words of other languages
	alien   int // tokens with letters Vietnamese does not have
}

// Language names the language of s: vi, vi-bare (Vietnamese without
// diacritics), en or other, by the share of Vietnamese syllables and of
// frequent words. score is in 0…1 and grows with the evidence; a text without
// letters is other with score 0. Of a mixed text the larger part counts. The
// first 4 KiB are read.
func Language(s string) (code string, score float64) {
	c := count(head(s, 4<<10))
	if c.words == 0 {
		return OtherLanguage, 0
	}
	return c.decide()
}

func (c counts) decide() (string, float64) {
	n := float64(c.words)
	marked, bare := float64(c.marked)/n, float64(c.bare)/n
	english, other := float64(c.english)/n, float64(c.other)/n
	known := float64(c.viet) / n
	weight := n / (n + 2) // few words prove little
	switch {
	case marked >= 0.2 && bare >= 0.5 && marked >= english:
		return Vietnamese, weight * clamp(0.5+marked)
	case marked >= 0.08 && bare >= 0.75 && other < 0.2 && english < 0.15:
		return Vietnamese, weight * clamp(0.4+marked+known/2)
	case english >= 0.15 && english > other && known-english < 0.15:
		return English, weight * clamp(0.5+english-known/2)
	case bare >= 0.8 && other < 0.15 && known+bare/2 > english+other+0.45:
		return VietnameseBare, weight * clamp(bare/2+known)
	case float64(c.alien)/n < 0.3 && other < 0.08 && english > 0:
		return English, weight * clamp(0.2+english)
	}
	return OtherLanguage, weight * clamp(0.4+other+(1-bare)/2)
}

func clamp(f float64) float64 { return min(max(f, 0), 1) }

// head cuts s to at most n bytes at a token's end.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n] >= 0x80 || s[n] > ' ' {
		if n--; n == 0 {
			break
		}
	}
	return s[:n]
}

func count(s string) counts {
	var c counts
	for t := range EachToken(s) {
		if !hasDigit(t.Text) {
			c.add(t.Text)
		}
	}
	return c
}

func hasDigit(s string) bool {
	for i := range len(s) {
		if s[i]-'0' < 10 {
			return true
		}
	}
	return false
}

func (c *counts) add(word string) {
	c.words++
	f := formOf(word)
	switch {
	case f.mark && f.isSyllable():
		c.marked++
		c.bare++
	case f.alien:
		c.alien++
	case f.isBare():
		c.bare++
	}
	var buf [16]byte
	if len(word) > len(buf) {
		return
	}
	c.speak(frequent[string(appendLower(buf[:0], word))])
}

func (c *counts) speak(flags uint8) {
	if flags&speaksEnglish != 0 {
		c.english++
	}
	if flags&speaksOther != 0 {
		c.other++
	}
	if flags&speaksBare != 0 {
		c.viet++
	}
}

func appendLower(buf []byte, s string) []byte {
	for _, r := range s {
		buf = utf8.AppendRune(buf, look(r).lower)
	}
	return buf
}
