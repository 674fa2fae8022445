package mask

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// houseNouns name what bears the number of a home, by how they end, folded.
var houseNouns = [...]string{
	"so nha ", "nha so ", "so ", "ngo ", "ngach ", "hem ", "kiet ", "to ", "khu pho ", "doi ", "xom ", "ap ", "thon ", "lo ",
	"can ", "can ho ", "can ho so ", "phong ", "khu ", "to dan pho ", "duong so ", "pho ", "cum ", "block ", "toa ",
}

// homeCues say that somebody lives there.
var homeCues = [...]string{
	"tru tai", "tru o", "ngu tai", "ngu o", "thuong tru", "tam tru", "cu tru", "ho khau", "nha toi o", "nha toi tai", "nha em o",
	"nha em tai", "nha minh o", "nha chau o", "nha o so", "nha rieng", "dia chi nha", "dia chi:", "dia chi cua toi", "dia chi toi",
	"dc:", "d/c:", "sinh song tai", "song tai", "song o so", "o tai so", "toi o so", "em o so", "gia dinh toi o", "tru so ",
	"cho o hien nay", "noi o", "que quan", "nha chi o", "nha anh o", "nha ba o", "nha ong o", "hien o so", "toi o ngo", "toi o hem", "em o hem", "em o ngo",
	"nha o hem", "nha o ngo", "gui ve so", "ship ve so", "ship den so", "ship toi so",
}

// addressAt reads a home address whose first number is text[i:end].
func addressAt(text string, i, end int) (Span, bool) {
	if end-i > 5 || i == 0 {
		return Span{}, false
	}
	if c := text[i-1]; c != ' ' && c != ':' && c != 0xA0 {
		return Span{}, false
	}
	if !leadsToHouse(text[:i]) {
		return Span{}, false
	}
	before := context(text, i)
	noun := houseNoun(before)
	sure := noun == "so nha " || noun == "nha so "
	if !sure && !isHome(before, noun) {
		return Span{}, false
	}
	start := backOver(text, i, utf8.RuneCountInString(noun))
	stop := addressEnd(text, i)
	if stop < end || isAmount(text[end:]) || noun == "" && stop == end && !continues(text[end:]) {
		return Span{}, false
	}
	return Span{start, stop, Address}, true
}

// leadsToHouse is a quick look at the word before a number: most numbers
// follow none that an address has.
func leadsToHouse(s string) bool {
	s = tail(strings.TrimRight(s, " :\u00A0"), 12)
	word := viet.Fold(s[strings.LastIndexAny(s, " ,(\n\t")+1:])
	return houseWords[word]
}

// houseWords are the last words of houseNouns and homeCues.
var houseWords = func() map[string]bool {
	set := map[string]bool{}
	for _, noun := range houseNouns {
		words := strings.Fields(noun)
		set[words[len(words)-1]] = true
	}
	for _, c := range homeCues {
		words := strings.Fields(strings.TrimRight(c, ":"))
		set[words[len(words)-1]] = true
	}
	return set
}()

func houseNoun(before string) string {
	best := ""
	for _, noun := range houseNouns {
		if strings.HasSuffix(before, noun) && len(noun) > len(best) && boundary(before, len(before)-len(noun)) {
			best = noun
		}
	}
	return best
}

func boundary(s string, at int) bool { return at == 0 || !isASCIILetter(s[at-1]) }

// isHome tells whether a cue of residence stands close before the noun: right
// before it, or with a few words of a place name between.
func isHome(before, noun string) bool {
	if strings.Contains(before, "tru so") {
		return false // an office's seat
	}
	s := strings.TrimRight(strings.TrimSuffix(before, noun), " ")
	for _, c := range homeCues {
		if at := strings.LastIndex(s, c); at >= 0 && boundary(s, at) && len(s)-at-len(c) <= 24 && (noun != "" || len(s)-at-len(c) <= 2) {
			return true
		}
	}
	return false
}

// isAmount tells whether a decimal goes on after the number: "ngõ 2,5 m".
func isAmount(rest string) bool {
	return len(rest) > 1 && rest[0] == ',' && isDigit(rest[1])
}

// continues tells whether a bare number after a cue of residence can be all
// of an address: a comma, bracket or the end follows, not "3 phút".
func continues(rest string) bool {
	return rest == "" || strings.IndexByte(",)\n", rest[0]) >= 0
}

func isCapital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// backOver steps back n runes.
func backOver(text string, at, n int) int {
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(text[:at])
		at -= size
	}
	return at
}

// lanes are the nouns that continue an address, folded.
var lanes = map[string]bool{
	"duong": true, "pho": true, "ngo": true, "ngach": true, "hem": true, "kiet": true, "to": true, "khu": true, "xom": true,
	"ap": true, "thon": true, "dan": true, "so": true, "lo": true, "toa": true, "can": true, "ho": true, "tang": true, "doi": true,
	"block": true, "phong": true, "chung": true, "cu": true, "khom": true, "ban": true, "nha": true,
}

// addressEnd passes over numbers, lanes and the capitalised names of streets,
// as far as commas and spaces link them; ward and city stay readable, so that
// the text keeps its place.
func addressEnd(text string, at int) (end int) {
	end = at
	named := true // a name may begin here
	last := at
	for t := range viet.EachToken(text[at:min(len(text), at+160)]) {
		gap := text[last : at+t.Start]
		first, _ := utf8.DecodeRuneInString(t.Text)
		if t.Start > 0 && strings.Trim(gap, " ,/-\u00A0") != "" && (gap != "." || !unicode.IsDigit(first)) {
			break
		}
		comma := strings.Contains(gap, ",")
		word := viet.Fold(t.Text)
		switch {
		case lanes[word] && !unicode.IsUpper(first) || comma && lanes[word]:
			named = true
		case unicode.IsDigit(first) && (len(t.Text) <= 5):
			named = true
		case unicode.IsUpper(first) && named && !comma && !stopsAddress[viet.Key(t.Text)]:
		default:
			return trimLane(text, at, end)
		}
		last = at + t.End
		end = last
	}
	return trimLane(text, at, end)
}

// stopsAddress are the nouns of wards and cities, in the form of viet.Key:
// "Lạc Long Quân" is a street, "quận" is not.
var stopsAddress = newWordSet("phường xã quận huyện tp thành thị tỉnh p q tt")

// trimLane gives back lane words that turned out to lead nowhere ("…, nhà").
func trimLane(text string, from, end int) int {
	for {
		s := strings.TrimRight(text[from:end], " ,/-\u00A0")
		at := strings.LastIndexAny(s, " ,")
		if at < 0 || !lanes[viet.Fold(s[at+1:])] || isCapital(s[at+1:]) {
			return from + len(s)
		}
		end = from + at
	}
}
