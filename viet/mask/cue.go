package mask

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// context is what stands before a number, folded, back to the end of the
// sentence before.
type context string

// reach is how far back a cue is looked for, in bytes.
const reach = 72

// cue gives the context of the number at text[at].
func cue(text string, at int) context {
	from := max(at-reach, 0)
	for from < at && !utf8.RuneStart(text[from]) {
		from++
	}
	s := text[from:at]
	if i := strings.LastIndexByte(s, '\n'); i >= 0 {
		s = s[i+1:]
	}
	if i := max(strings.LastIndex(s, ". "), strings.LastIndex(s, "; ")); i >= 0 && len(s)-i > 12 {
		s = s[i+2:]
	}
	return context(viet.Fold(s))
}

// cues are words that say what number follows, and the words that may stand
// between them and it.
type cues struct {
	words, between []string
}

var (
	between = strings.Fields("so la cua toi em e a c m t minh chau anh chi ong ba nha va : . , - ( vcb mb acb bidv tcb vib " +
		"vietcombank vietinbank techcombank agribank sacombank tpbank vpbank mbbank momo ngan hang nh tai bank the moi cu nguoi " +
		"me bo con vo chong dung ten sau nay day o lien he voi goi nhan tin qua zalo # * \" cap ngay dien thoai di dong ca nhan")
	identityCues = cues{strings.Fields("cccd cmnd cmt cmtnd can_cuoc chung_minh chung_minh_nhan_dan chung_minh_thu can_cuoc_cong_dan " +
		"dinh_danh dinh_danh_ca_nhan ma_dinh_danh ho_chieu passport ma_bhxh so_bhxh ma_so_bhxh so_the_bhyt ma_the_bhyt bao_hiem_xa_hoi the_can_cuoc mst_ca_nhan ma_so_thue_ca_nhan"), between}
	accountCues = cues{strings.Fields("stk so_tai_khoan tai_khoan tk so_tk so_the the_atm so_the_atm vcb mbbank vietcombank vietinbank " +
		"techcombank agribank sacombank bidv tpbank vpbank mb_bank momo_so ck_vao chuyen_khoan ngan_hang"), between}
	phoneCues = cues{strings.Fields("sdt dt dien_thoai so_dien_thoai zalo lh lien_he goi goi_so phone tel alo hotline ib sdt/zalo mobile di_dong lhe call"), between}
	// hotlineCues: offices publish these so that people call them.
	hotlineCues = cues{strings.Fields("duong_day_nong hotline tong_dai so_may_truc so_nong"), append(strings.Fields(
		"cong_an so bo ubnd tinh thanh_pho phuong xa huyen cuc chi phong phong_chong y te thanh tra tp quan"), between...)}
	plateCues    = cues{strings.Fields("bien_so bien_kiem_soat bks bien_xe bien bsx xe bs"), between}
	documentCues = cues{strings.Fields("mst ma_so_thue ma_ho_so ho_so_so van_ban_so cong_van_so quyet_dinh_so ma_don ma_van_don imei ma_vach ma_so"), between}
)

var moneyUnits = func() map[string]struct{} {
	set := map[string]struct{}{}
	for w := range strings.FieldsSeq("dong d vnd ngan nghin trieu ty ti k tr usd do dollar euro kg tan m m2 m3 ha nguoi luot ho suat cai con chiec can") {
		set[w] = struct{}{}
	}
	return set
}()

// ends tells whether one of the cues stands before the number with nothing
// but the words that may come between.
func (c context) ends(list cues) bool {
	s := strings.ReplaceAll(string(c), "\u00A0", " ")
	for range 8 {
		s = strings.TrimRight(s, " :.,-(#*\"“'–=>+")
		if hasCue(s, list.words) {
			return true
		}
		last := s[strings.LastIndexAny(s, " :.,-(#*\"“'–=>/")+1:]
		if last == "" || !contains(list.between, last) {
			return false
		}
		s = s[:len(s)-len(last)]
	}
	return false
}

func hasCue(s string, words []string) bool {
	for _, w := range words {
		w = strings.ReplaceAll(w, "_", " ")
		if rest, ok := strings.CutSuffix(s, w); ok {
			if r, n := utf8.DecodeLastRuneInString(rest); n == 0 || r < utf8.RuneSelf && !isASCIILetter(byte(r)) && !isDigit(byte(r)) {
				return true
			}
		}
	}
	return false
}

func contains(list []string, word string) bool {
	for _, w := range list {
		if w == word {
			return true
		}
	}
	return false
}
