package place

import (
	"unicode"
	"unicode/utf8"

	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

// lead is what the word before a name says it is.
type lead uint8

const (
	leadNone lead = iota
	leadCue       // "ở", "UBND": a place of any kind
	leadProvince
	leadCity
	leadDistrict
	leadCommune
	leadStreet // a street, a school, a bridge named after something
	leadPerson
)

// leads are the words before a name (folded); those of two syllables are
// looked up first.
var leads = map[string]lead{
	"tinh": leadProvince, "thanh pho": leadCity, "tp": leadCity, "t.p": leadCity,
	"quan": leadDistrict, "huyen": leadDistrict, "thi xa": leadDistrict, "tx": leadDistrict,
	"xa": leadCommune, "phuong": leadCommune, "thi tran": leadCommune, "tt": leadCommune, "dac khu": leadCommune,
	"thon": leadStreet, "ap": leadStreet, "khu pho": leadStreet, "duong": leadStreet, "pho": leadStreet, "ngo": leadStreet,
	"hem": leadStreet, "truong": leadStreet, "thpt": leadStreet, "thcs": leadStreet, "tieu hoc": leadStreet, "khach san": leadStreet,
	"cho": leadStreet, "cau": leadStreet, "song": leadStreet, "benh vien": leadStreet, "cong ty": leadStreet,
	"ong": leadPerson, "ba": leadPerson, "anh": leadPerson, "chi": leadPerson, "em": leadPerson, "co": leadPerson, "chu": leadPerson,
	"bac": leadPerson, "chau": leadPerson, "thay": leadPerson, "be": leadPerson, "me": leadPerson, "nguyen": leadPerson, "tran": leadPerson,
	"pham": leadPerson, "le": leadPerson, "phan": leadPerson, "vu": leadPerson, "vo": leadPerson, "dang": leadPerson, "bui": leadPerson,
	"do": leadPerson, "ho": leadPerson, "ngo dinh": leadPerson, "duong van": leadPerson, "hoang": leadPerson, "huynh": leadPerson,
	"trinh": leadPerson, "dinh": leadPerson, "mai": leadPerson, "luong": leadPerson, "thi": leadPerson, "van": leadPerson,
	"o": leadCue, "tai": leadCue, "ve": leadCue, "tu": leadCue, "den": leadCue, "toi": leadCue, "vao": leadCue, "ra": leadCue, "que": leadCue,
	"dan": leadCue, "nguoi": leadCue, "ubnd": leadCue, "hdnd": leadCue, "mttq": leadCue, "tinh uy": leadCue, "thanh uy": leadCue,
	"cong an": leadCue, "bao": leadCue, "dai": leadCue, "mien": leadCue, "vung": leadCue, "gan": leadCue, "dat": leadCue, "so": leadCue,
	"cua": leadCue, "cho den": leadCue, "tren": leadCue, "qua": leadCue, "cu": leadCue, "khu vuc": leadCue, "dia ban": leadCue,
	"dia phuong": leadCue, "bo doi": leadCue, "ve lai": leadCue, "tinh doan": leadCue, "trong": leadCue, "ngoai": leadCue,
}

// personMarked are leads that, with these accents, are ordinary words and
// not what their folded form would say: "bà" is a person, "ba" is three.
var personMarked = map[string]bool{
	"ông": true, "bà": true, "anh": true, "chị": true, "em": true, "cô": true, "chú": true, "bác": true, "cháu": true, "thầy": true,
	"bé": true, "mẹ": true, "nguyễn": true, "trần": true, "phạm": true, "lê": true, "phan": true, "vũ": true, "võ": true, "đặng": true,
	"bùi": true, "đỗ": true, "hồ": true, "hoàng": true, "huỳnh": true, "trịnh": true, "đinh": true, "mai": true, "lương": true,
	"thị": true, "văn": true, "ngô đình": true, "dương văn": true,
}

// markedAs are the accents that the other leads must have in a text with
// accents; words not listed are taken as they fold.
var markedAs = map[string]string{
	"tinh": "tỉnh", "quan": "quận", "huyen": "huyện", "xa": "xã", "phuong": "phường", "thon": "thôn", "ap": "ấp", "duong": "đường",
	"pho": "phố", "ngo": "ngõ", "hem": "hẻm", "truong": "trường", "cho": "chợ", "cau": "cầu", "song": "sông", "o": "ở", "tai": "tại",
	"ve": "về", "tu": "từ", "den": "đến", "toi": "tới", "vao": "vào", "ra": "ra", "que": "quê", "dan": "dân", "nguoi": "người", "bao": "báo",
	"dai": "đài", "mien": "miền", "vung": "vùng", "gan": "gần", "dat": "đất", "so": "sở", "cua": "của", "tren": "trên", "qua": "qua",
	"cu": "cư", "thi tran": "thị trấn", "thi xa": "thị xã", "trong": "trong", "ngoai": "ngoài",
}

// leadOf reads what stands before a name. In a text with accents the words
// must have theirs.
func leadOf(text string, tokens []phrase.Token, first int, bare bool) (lead, int) {
	for n := 2; n >= 1; n-- {
		if first < n || tokens[first].Break || tokens[first].Comma || n == 2 && (tokens[first-1].Break || tokens[first-1].Comma) {
			continue
		}
		written := text[tokens[first-n].Start:tokens[first-1].End]
		folded := viet.Fold(written)
		l, ok := leads[folded]
		if !ok {
			continue
		}
		if !bare && !accented(l, folded, written) {
			continue
		}
		return l, first - n
	}
	return leadNone, first
}

func accented(l lead, folded, written string) bool {
	key := viet.Key(written)
	if l == leadPerson {
		return personMarked[key]
	}
	want, listed := markedAs[folded]
	return !listed || key == viet.Key(want)
}

// capital reports whether a token begins with a capital.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// shouting reports whether a token of several letters is all capitals.
func shouting(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		letters++
	}
	return letters > 1
}
