package document

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readContext reads the date and the issuer that stand after a citation, in
// any order, and the issuer that stands before it.
func readContext(text string, r *Ref) {
	i := r.End
	for range 4 {
		next := skipGlue(text, i)
		if date, end := readDate(text, next); date != "" && r.Date == "" {
			r.Date, i = date, end
			continue
		}
		if name, body, end := readIssuer(text, next); name != "" && r.Issuer == "" {
			r.Issuer, i = name, end
			r.takeBody(body)
			continue
		}
		break
	}
	if r.Issuer == "" && (r.Body == "UBND" || r.Body == "HĐND" || strings.HasPrefix(r.Body, "UBND-")) {
		r.Issuer = issuerBefore(text, r.Start, r.Body)
	}
}

// takeBody gives a bare citation the body of the issuer named beside it.
func (r *Ref) takeBody(body string) {
	if r.bare && r.Body == "" {
		r.Body = body
	}
}

// skipGlue passes over what may stand between a number, its date and its
// issuer: spaces, a comma, a bracket, "ký", "ban hành", "của".
func skipGlue(text string, i int) int {
	for range 6 {
		i = skipSpace(text, i)
		if i < len(text) && (text[i] == ',' || text[i] == '(') {
			i++
			continue
		}
		moved := false
		for _, w := range [...]string{"duoc", "do", "ky", "ban hanh", "cua", "de", "ban", "truong", "chu tich", "pho chu tich", "bo truong"} {
			if end, ok := startsWithWord(text, i, w); ok {
				i, moved = end, true
				break
			}
		}
		if !moved {
			return i
		}
	}
	return i
}

// readDate reads "ngày 9/3/2022", "ngày 09 tháng 02 năm 2017", "9-3-2022" or
// "năm 2024" at text[i]; "" is none.
func readDate(text string, i int) (date string, end int) {
	if after, ok := startsWithWord(text, i, "nam"); ok {
		if year, end := scanYear(text, skipSpace(text, after)); year != 0 {
			return strconv.Itoa(year), end
		}
		return "", i
	}
	if after, ok := startsWithWord(text, i, "ngay"); ok {
		i = skipSpace(text, after)
	}
	day, at := scanSmall(text, i)
	month, at := afterMark(text, at, "thang")
	year, at := afterMark(text, at, "nam")
	if day < 1 || day > 31 || month < 1 || month > 12 || year < 1945 || year > 2099 {
		return "", i
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day), at
}

// scanSmall reads a number of one to four digits; -1 is none.
func scanSmall(text string, i int) (n, end int) {
	end = i
	for end < len(text) && end-i < 4 && text[end]-'0' < 10 {
		n = n*10 + int(text[end]-'0')
		end++
	}
	if end == i || end < len(text) && text[end]-'0' < 10 {
		return -1, end
	}
	return n, end
}

// afterMark reads the number after "/", "-", "." or the given word.
func afterMark(text string, i int, word string) (n, end int) {
	if end, ok := startsWithWord(text, skipSpace(text, i), word); ok {
		return scanSmall(text, skipSpace(text, end))
	}
	if i < len(text) && strings.IndexByte("/-.", text[i]) >= 0 {
		return scanSmall(text, i+1)
	}
	return -1, i
}

// issuerWords are issuers as texts name them, folded, longest first where one
// begins another, with the symbol that their numbers carry.
var issuerWords = []struct{ text, body, name string }{
	{"thu tuong chinh phu", "TTg", "Thủ tướng Chính phủ"},
	{"thu tuong", "TTg", "Thủ tướng Chính phủ"},
	{"chinh phu", "CP", "Chính phủ"},
	{"uy ban thuong vu quoc hoi", "UBTVQH", "Ủy ban Thường vụ Quốc hội"},
	{"ubtvqh", "UBTVQH", "Ủy ban Thường vụ Quốc hội"},
	{"quoc hoi", "QH", "Quốc hội"},
	{"bo chinh tri", "TW", "Bộ Chính trị"},
	{"ban bi thu", "TW", "Ban Bí thư"},
	{"ban chap hanh trung uong", "TW", "Ban Chấp hành Trung ương"},
	{"trung uong", "TW", "Trung ương Đảng"},
	{"van phong chinh phu", "VPCP", "Văn phòng Chính phủ"},
	{"ngan hang nha nuoc", "NHNN", "Ngân hàng Nhà nước Việt Nam"},
	{"thanh tra chinh phu", "TTCP", "Thanh tra Chính phủ"},
	{"bo cong an", "BCA", "Bộ Công an"},
	{"bo quoc phong", "BQP", "Bộ Quốc phòng"},
	{"bo tai chinh", "BTC", "Bộ Tài chính"},
	{"bo y te", "BYT", "Bộ Y tế"},
	{"bo noi vu", "BNV", "Bộ Nội vụ"},
	{"bo tu phap", "BTP", "Bộ Tư pháp"},
	{"bo xay dung", "BXD", "Bộ Xây dựng"},
	{"bo cong thuong", "BCT", "Bộ Công Thương"},
	{"bo ngoai giao", "BNG", "Bộ Ngoại giao"},
	{"bo giao duc va dao tao", "BGDĐT", "Bộ Giáo dục và Đào tạo"},
	{"bo gd&dt", "BGDĐT", "Bộ Giáo dục và Đào tạo"},
	{"bo gd-dt", "BGDĐT", "Bộ Giáo dục và Đào tạo"},
	{"bo giao duc", "BGDĐT", "Bộ Giáo dục và Đào tạo"},
	{"bo khoa hoc va cong nghe", "BKHCN", "Bộ Khoa học và Công nghệ"},
	{"bo kh&cn", "BKHCN", "Bộ Khoa học và Công nghệ"},
	{"bo nong nghiep va moi truong", "BNNMT", "Bộ Nông nghiệp và Môi trường"},
	{"bo nn&mt", "BNNMT", "Bộ Nông nghiệp và Môi trường"},
	{"bo nong nghiep va phat trien nong thon", "BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"},
	{"bo nn&ptnt", "BNNPTNT", "Bộ Nông nghiệp và Phát triển nông thôn"},
	{"bo tai nguyen va moi truong", "BTNMT", "Bộ Tài nguyên và Môi trường"},
	{"bo tn&mt", "BTNMT", "Bộ Tài nguyên và Môi trường"},
	{"bo giao thong van tai", "BGTVT", "Bộ Giao thông vận tải"},
	{"bo gtvt", "BGTVT", "Bộ Giao thông vận tải"},
	{"bo ke hoach va dau tu", "BKHĐT", "Bộ Kế hoạch và Đầu tư"},
	{"bo kh&dt", "BKHĐT", "Bộ Kế hoạch và Đầu tư"},
	{"bo thong tin va truyen thong", "BTTTT", "Bộ Thông tin và Truyền thông"},
	{"bo tt&tt", "BTTTT", "Bộ Thông tin và Truyền thông"},
	{"bo lao dong", "BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"},
	{"bo ld-tb&xh", "BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"},
	{"bo ldtb&xh", "BLĐTBXH", "Bộ Lao động - Thương binh và Xã hội"},
	{"bo van hoa", "BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"},
	{"bo vhttdl", "BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"},
	{"bo vh-tt-dl", "BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"},
	{"bo dan toc va ton giao", "BDTTG", "Bộ Dân tộc và Tôn giáo"},
	{"uy ban dan toc", "UBDT", "Ủy ban Dân tộc"},
}

// readIssuer reads an issuer at text[i]: a central one of the list, or UBND,
// HĐND, Tỉnh ủy, Thành ủy or Sở with their place.
func readIssuer(text string, i int) (name, body string, end int) {
	for _, w := range issuerWords {
		if end, ok := startsWithWord(text, i, w.text); ok {
			return w.name, w.body, end
		}
	}
	for _, local := range [...]struct{ text, body string }{
		{"ubnd", "UBND"}, {"uy ban nhan dan", "UBND"}, {"hdnd", "HĐND"}, {"hoi dong nhan dan", "HĐND"},
		{"tinh uy", "TU"}, {"thanh uy", "TU"},
	} {
		if after, ok := startsWithWord(text, i, local.text); ok {
			place, end := readPlace(text, after)
			return strings.TrimSpace(text[i:after] + " " + place), local.body, end
		}
	}
	return "", "", i
}

// readPlace reads "tỉnh Lai Châu", "TP.HCM" or "phường Hạc Thành" after an
// authority: a level word and syllables with capitals.
func readPlace(text string, i int) (place string, end int) {
	start := skipSpace(text, i)
	end = start
	for _, level := range [...]string{"tinh", "thanh pho", "tp.", "tp", "quan", "huyen", "thi xa", "phuong", "xa", "dac khu"} {
		if after, ok := startsWithWord(text, start, strings.TrimSuffix(level, ".")); ok {
			end = after
			if strings.HasPrefix(text[end:], ".") {
				end++
			}
			break
		}
	}
	for range 5 {
		at := skipSpace(text, end)
		word := at
		for word < len(text) {
			r, n := utf8.DecodeRuneInString(text[word:])
			if !unicode.IsLetter(r) && (r != '-' || word == at) {
				break
			}
			word += n
		}
		r, _ := utf8.DecodeRuneInString(text[at:])
		if word == at || !unicode.IsUpper(r) || strings.Contains(text[end:at], "\n") {
			break
		}
		end = word
	}
	return strings.TrimSpace(text[start:end]), end
}

// issuerBefore looks back within the sentence for the authority that issued
// what stands at text[at]: "Chủ tịch UBND tỉnh Thanh Hóa ký Quyết định số …".
func issuerBefore(text string, at int, body string) string {
	from := max(0, at-200)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	if nl := strings.LastIndexByte(text[from:at], '\n'); nl >= 0 {
		from += nl + 1
	}
	name := ""
	for i := from; i < at; i++ {
		if !utf8.RuneStart(text[i]) || i > 0 && isLetterDigit(text[i-1]) {
			continue
		}
		n, b, end := readIssuer(text, i)
		if b != "" && strings.HasPrefix(body, b) && end < at {
			name = n
		}
	}
	return name
}
