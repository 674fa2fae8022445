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

// Frequent words of English, of the languages that most look like Vietnamese
// without its marks, and of that.
const (
	englishWords = `the of and is are was were be been being have has had having with for from this that these those
		which who whom whose what when where why how will would can could should may might must shall not but if then than
		as at by into about over under after before between during through their there they them he she his her its it
		you your we our us i my your yes all any each other more most some such only just so very too also now here out up
		down new one two three said says say people government year years time day days please thank thanks hello good bad
		great need want know get got make made think see look like because while policy city province country public
		service minister ministry report news today tomorrow yesterday against without within still many much every
		an or no do did does has am me got let via yes hi love people's
		first second third last next week month percent million billion quarter price market company president world war court police
		economy trade growth bank school university health water road house children women men work working help use used going come
		never always really best better low high old young long big small between per since until both own same another
		state party national local foreign international south north east west america american china chinese europe`
	otherWords = `le les des et est que qui dans pour avec sur pas plus par une aux cette ces sont nous vous ils elle
		leur mais ou où été être avoir fait tout tous comme au du d l c s n qu
		yang dan di ini itu dengan untuk tidak dari dalam akan pada juga saya ke karena ada adalah sebagai oleh bisa sudah
		mereka kami kita anda telah lebih atau harus dapat tersebut para
		el los las una por para con como más pero sus este esta del al es en
		der die das und ist nicht mit von den dem ein eine zu auf für sich auch werden
		ang ng mga sa na ay ito siya hindi`
	anyWords = `ok oke okay app link web video clip online live shop ad admin fake free sale hot tv wifi internet email facebook
		youtube zalo tiktok google vneid`
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
	speaksAny // used by all, so that it says nothing
)

var frequent = newFrequent()

func newFrequent() map[string]uint8 {
	set := map[string]uint8{}
	for flag, words := range map[uint8]string{speaksEnglish: englishWords, speaksOther: otherWords, speaksBare: bareWords, speaksAny: anyWords} {
		for w := range strings.FieldsSeq(words) {
			set[w] |= flag
		}
	}
	return set
}

// counts are what Language decides on, in words.
type counts struct {
	words  int // runs of letters
	marked int // syllables with a Vietnamese mark
	bare   int // syllables once the marks are off, and chat spellings
	viet   int // frequent bare words
	// Frequent words of other languages: strong where they are no bare
	// syllable, weak where they are ("me", "du").
	english, weakEnglish, other, weakOther int
	accented                               int // words with a letter beyond ASCII
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
	code, share := c.decide()
	n := float64(c.words)
	return code, clamp(share) * n / (n + 1) // few words prove little
}

// decide compares shares. Measured on 2,000 citizens' comments: marked is
// 0.5–0.9 in Vietnamese and below 0.1 elsewhere, bare 0.8–1 in Vietnamese
// without marks, 0.3–0.5 in English and the Romance languages.
func (c counts) decide() (code string, share float64) {
	n := float64(c.words)
	marked, bare := float64(c.marked)/n, float64(c.bare)/n
	english, other := float64(c.english)/n, float64(c.other)/n
	foreign := english + other
	switch {
	case marked >= 0.2 && marked > foreign, marked >= 0.08 && bare >= 0.75 && foreign < 0.15:
		return Vietnamese, 0.5 + (marked+bare-foreign)/2
	case bare >= 0.65 && bare > 2.5*foreign+0.15:
		return VietnameseBare, bare - foreign + float64(c.viet)/n/4
	case c.english > 0 && english+float64(c.weakEnglish)/n >= 0.15 && english >= other:
		return English, 0.4 + english + float64(c.weakEnglish)/n
	case c.other == 0 && c.english > 0 && bare < 0.65, c.weakEnglish >= 2 && c.weakEnglish > c.other+c.weakOther && bare < 0.65:
		return English, 0.3 + english
	case c.other+c.weakOther+c.accented == 0 && c.words > 1:
		return English, 0.3 // a headline without one frequent word
	}
	return OtherLanguage, 0.5 + other + float64(c.weakOther)/n
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
	if drawnOut(word) {
		word = shorten(word)
	}
	var buf [16]byte
	low := appendLower(buf[:0], clip(word, len(buf)))
	flags := frequent[string(low)]
	if flags == speaksAny {
		return
	}
	c.words++
	f := formOf(word)
	if !isASCII(word) {
		c.accented++
	}
	syllable := f.isBare()
	switch {
	case f.mark && f.isSyllable():
		c.marked++
		c.bare++
	case syllable || isChat(low):
		c.bare++
	}
	c.speak(flags, syllable)
}

// clip cuts a word that is too long for any table.
func clip(word string, n int) string {
	if len(word) > n {
		return ""
	}
	return word
}

func (c *counts) speak(flags uint8, syllable bool) {
	switch {
	case flags == 0:
	case flags&speaksBare != 0 && syllable:
		c.viet++
	case flags&speaksEnglish != 0 && syllable:
		c.weakEnglish++
	case flags&speaksEnglish != 0:
		c.english++
	case flags&speaksOther != 0 && syllable:
		c.weakOther++
	case flags&speaksOther != 0:
		c.other++
	}
}

func appendLower(buf []byte, s string) []byte {
	for i := 0; i < len(s); {
		l, n := letterAt(s, i)
		buf = utf8.AppendRune(buf, l.lower)
		i += n
	}
	return buf
}
