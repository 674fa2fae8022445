package place

import (
	"slices"
	"strings"
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
	"o": leadCue, "tai": leadCue, "ve": leadCue, "tu": leadCue, "den": leadCue, "toi": leadCue, "vao": leadCue, "ra": leadCue, "que": leadCue,
	"dan": leadCue, "nguoi": leadCue, "ubnd": leadCue, "hdnd": leadCue, "mttq": leadCue, "tinh uy": leadCue, "thanh uy": leadCue,
	"cong an": leadCue, "bao": leadCue, "dai": leadCue, "mien": leadCue, "vung": leadCue, "gan": leadCue, "dat": leadCue, "so": leadCue,
	"cua": leadCue, "cho den": leadCue, "tren": leadCue, "qua": leadCue, "cu": leadCue, "khu vuc": leadCue, "dia ban": leadCue,
	"anh em": leadCue, "ba con": leadCue, "dia phuong": leadCue, "bo doi": leadCue, "ve lai": leadCue, "tinh doan": leadCue, "trong": leadCue, "ngoai": leadCue,
}

// persons are the words (keyed) before a person's name: how he is addressed
// and what he does. Without accents they would be too many other words.
var persons = wordSet(`ông bà anh chị em cô chú bác cháu thầy bé mẹ cậu dì bạn mc dj hlv rapper streamer tiktoker youtuber
	ca_sĩ diễn_viên doanh_nhân võ_sĩ cầu_thủ nghệ_sĩ nhạc_sĩ người_mẫu hoa_hậu á_hậu đạo_diễn tiền_vệ trung_vệ trung_phong
	tiền_đạo hậu_vệ thủ_môn nhà_thơ nhà_văn danh_hài hot_girl hot_boy nam_chính nữ_chính cha_nội cô_dâu chú_rể vận_động_viên
	nghệ_nhân nhân_vật tay_vợt kình_ngư hề vai`)

// surnames stand before a given name, with a capital.
var surnames = wordSet(`nguyễn trần phạm lê phan vũ võ đặng bùi đỗ hồ hoàng huỳnh trịnh đinh mai lương thị văn ngô dương lý đào đoàn
	cao hà lâm phùng tạ tô trương vương quách thái kiều chu châu la tống`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		set[viet.Key(strings.ReplaceAll(w, "_", " "))] = true
	}
	return set
}

// personBefore reports whether the word or two before a name make it a
// person's.
func personBefore(text string, tokens []phrase.Token, first int) bool {
	for n := 1; n <= 2 && n <= first; n++ {
		if tokens[first-n+1].Break || tokens[first-n+1].Comma {
			return false
		}
		written := text[tokens[first-n].Start:tokens[first-1].End]
		if strings.ContainsAny(text[tokens[first-1].End:tokens[first].Start], "-–/()") {
			return false
		}
		key := viet.Key(written)
		if persons[key] || n == 1 && surnames[key] && capital(written) && !shouting(written) {
			return true
		}
	}
	return false
}

// Said of a person, or of a foreign place, right after its name.
var (
	ofPersons = []string{"(tên thật", "(nghệ danh", "(tên khai sinh", "(biệt danh", "tên thật", "(sn ", "(sinh năm"}
	ofForeign = []string{"(trung quốc", ", trung quốc", "- trung quốc", "của trung quốc", "(hàn quốc", "(đài loan"}
)

// saidAfter reports whether the text goes on at i with one of the phrases.
func saidAfter(text string, i int, phrases []string) bool {
	rest := text[i:min(len(text), i+40)]
	for len(rest) > 0 && rest[len(rest)-1] >= 0x80 && !utf8.ValidString(rest) {
		rest = rest[:len(rest)-1]
	}
	rest = strings.ToLower(strings.TrimLeft(rest, " "))
	return slices.ContainsFunc(phrases, func(p string) bool { return strings.HasPrefix(rest, p) })
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
		if bare || accented(folded, written) {
			return l, first - n
		}
	}
	if personBefore(text, tokens, first) {
		return leadPerson, first
	}
	return leadNone, first
}

func accented(folded, written string) bool {
	want, listed := markedAs[folded]
	return !listed || viet.Key(written) == viet.Key(want)
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
