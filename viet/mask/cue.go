package mask

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// cues is a set of what the words before a number say that it is.
type cues uint8

const (
	saysIdentity cues = 1 << iota
	saysAccount
	saysPhone
	saysHotline // offices publish these so that people call them
	saysPlate
	saysDocument // a number of the file, the firm, the parcel: no person's
	saysAny      = saysIdentity | saysAccount | saysPhone | saysHotline | saysPlate | saysDocument
)

// cueWords lists the cues, folded, "_" for the space inside one.
var cueWords = newCueTable(map[cues]string{
	saysIdentity: `cccd cmnd cmt cmtnd can_cuoc chung_minh chung_minh_nhan_dan chung_minh_thu can_cuoc_cong_dan the_can_cuoc
		dinh_danh dinh_danh_ca_nhan ma_dinh_danh ho_chieu passport bhxh so_bhxh ma_bhxh so_the_bhyt ma_the_bhyt
		bao_hiem_xa_hoi mst_ca_nhan ma_so_thue_ca_nhan`,
	saysAccount: `stk so_tai_khoan tai_khoan tk so_tk so_the the_atm vcb mbbank vietcombank vietinbank techcombank agribank
		sacombank bidv tpbank vpbank mb_bank momo ck_vao chuyen_khoan ngan_hang`,
	saysPhone:   `sdt dt dien_thoai so_dien_thoai zalo lh lien_he goi goi_so phone tel alo hotline ib mobile di_dong lhe call`,
	saysHotline: `duong_day_nong hotline tong_dai so_may_truc so_nong`,
	saysPlate:   `bien_so bien_kiem_soat bks bien_xe bien bsx xe bs`,
	saysDocument: `mst ma_so_thue ma_ho_so ho_so_so van_ban_so cong_van_so quyet_dinh_so ma_don ma_van_don imei ma_vach ma_so
		so_seri so_hieu ma_dinh_danh_thua_dat`,
})

// betweenWords may stand between a cue and its number.
var betweenWords = newCueTable(map[cues]string{
	saysAny:                                `so la cua toi em e a c m t minh chau anh chi ong ba nha va cu moi nguoi me bo con vo chong dung ten sau nay day o`,
	saysIdentity | saysAccount | saysPlate: `the cap ngay ca nhan`,
	saysAccount: `vcb mb acb bidv tcb vib vietcombank vietinbank techcombank agribank sacombank tpbank vpbank mbbank momo
		ngan hang nh tai bank the`,
	saysPhone:   `lien he voi goi nhan tin qua zalo dien thoai di dong ca nhan`,
	saysHotline: `cong an so bo ubnd tinh thanh pho phuong xa huyen cuc chi phong chong y te thanh tra tp quan dien thoai qua tai`,
})

func newCueTable(words map[cues]string) map[string]cues {
	table := map[string]cues{}
	for says, list := range words {
		for w := range strings.FieldsSeq(list) {
			table[strings.ReplaceAll(w, "_", " ")] |= says
		}
	}
	return table
}

// reach is how far back a cue is looked for, in bytes.
const reach = 72

// context gives what stands before the number at text[at], folded, back to
// the end of the line or sentence before.
func context(text string, at int) string {
	s := tail(text[:at], reach)
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		s = s[i+1:]
	}
	if i := max(strings.LastIndex(s, ". "), strings.LastIndex(s, "; ")); i >= 0 && len(s)-i > 12 {
		s = s[i+2:]
	}
	return viet.Fold(s)
}

// Bounds of the walk back from a number: words passed over, words in a cue.
const (
	maxBetween  = 8
	maxCueWords = 5
)

// cuesOf walks back from the end of the context: a cue counts as long as only
// words that may stand between it and the number were passed over.
func cuesOf(context string) (found cues) {
	open := saysAny
	s := trimJoints(context)
	for range maxBetween {
		found |= cuesAt(s) & open
		last := lastWord(s)
		open &= betweenWords[last]
		if last == "" || open == 0 {
			break
		}
		s = trimJoints(s[:len(s)-len(last)])
	}
	return found
}

// cuesAt looks up the last one to five words of s.
func cuesAt(s string) (found cues) {
	start := len(s)
	for range maxCueWords {
		word := lastWord(s[:start])
		if word == "" {
			break
		}
		start -= len(word)
		found |= cueWords[s[start:]]
		if start == 0 || s[start-1] != ' ' {
			break
		}
		start--
	}
	return found
}

func lastWord(s string) string {
	i := len(s)
	for i > 0 && (isASCIILetter(s[i-1]) || isDigit(s[i-1]) || s[i-1] >= utf8.RuneSelf) {
		i--
	}
	return s[i:]
}

// trimJoints drops the marks that may join a cue and its number.
func trimJoints(s string) string {
	return strings.TrimRight(s, " :.,-(#*\"“'–=>+/\u00A0")
}
