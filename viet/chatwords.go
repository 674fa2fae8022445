package viet

import "strings"

// chatSpellings are the chat spellings with one reading, written for this
// project: the standard spelling, then how people type it.
const chatSpellings = `
không: ko kô khg hok hông hem hổng khum hơm hôg khôg hôk
không biết: kbiet kbiết kbít
không được: kđc kođc kodc
không có: kcó
được: đc đuọc đưọc đựoc đựơc dươc
với: vs zới dzới
gì: j jì jề
mọi người: mn mng
như thế nào: ntn nthn
như vậy: nvậy
chưa: chx
cũng: cx cũg cug
rồi: r rùi òi roài
vậy: z zậy zị zãy dzậy
vào: zô zào
vợ: vk
nói: ns
làm: lm
làm sao: lsao
thời gian: tgian
trước: trc trk
người: ng ngừi ngừoi ngừơi
biết: bít bik bjt bíc
thích: thik thíc
thôi: thui
luôn: lun
nhiều: nhìu
nhiêu: nhiu
siêu: siu
yêu: iu
quá: wá
bao nhiêu: bnhiêu bnhiu
anh em: ae
anh chị em: ace
nữa: nx
đang: đag
đi: đj
số điện thoại: sđt sdt
ví dụ: vd
bây giờ: bjo bgio
giờ: jờ
nói chuyện: nch
nhắn tin: ib inbox
công ty: cty
cảm ơn: camon cmon tks thks thanks
phải không: pk
à: ak
ừ: uk uh ukm uhm
giáo viên: gv
quản lý: qly
trả lời: tloi rep
trường: trg
mình: mik mìh mjnh
phòng: phg
bệnh viện: bv
sinh viên: sv
trời: trùi
ơi: ưi
dữ: zữ
vui: zui dzui
vẫn: zẫn
xong: xog
trong: trog
nhé: nhoé nhóe
`

var chatWords = newChatWords()

func newChatWords() map[string]string {
	words := map[string]string{}
	for line := range strings.Lines(chatSpellings) {
		plain, typed, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			continue
		}
		for t := range strings.FieldsSeq(typed) {
			words[t] = plain
		}
	}
	return words
}

// doubtfulSpellings have several readings; the rules of decide choose.
const doubtfulSpellings = `
k: không|nghìn
kh: không|khách hàng
0: không
h: giờ
e: em
đk: điều kiện|đăng ký|được
dk: điều kiện|đăng ký|được
dc: được|địa chỉ
bt: bình thường|biết|bài tập
bth: bình thường
ck: chồng|chuyển khoản
hk: không|học kỳ
kb: không biết|kết bạn
tt: thanh toán|thông tin|trực tiếp
bn: bao nhiêu|bạn|bệnh nhân
bh: bây giờ|bao giờ|bảo hiểm
hs: học sinh|hồ sơ
nv: nhân viên|nguyện vọng
ms: mới|mã số
cmt: bình luận|chứng minh thư
thg: tháng|thương
đt: điện thoại|đối tượng
dt: điện thoại|diện tích
nc: nước|nói chuyện
đg: đang|đường
gd: giáo dục|gia đình|giám đốc
gđ: gia đình|giám đốc
tn: tin nhắn|thế nào|tai nạn
v: vậy
mk: mình|mật khẩu
t: tôi|tao
m: mày|mình
b: bạn
c: chị
a: anh
`

var doubtful = newDoubtful()

func newDoubtful() map[string][]string {
	words := map[string][]string{}
	for line := range strings.Lines(doubtfulSpellings) {
		if typed, readings, ok := strings.Cut(strings.TrimSpace(line), ": "); ok {
			words[typed] = strings.Split(readings, "|")
		}
	}
	return words
}
