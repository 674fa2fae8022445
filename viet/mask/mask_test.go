package mask

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// A case marks what is to be found: [kind|text].
var cases = strings.Split(strings.TrimSpace(`
Gọi [phone|0912345678] nhé
Gọi [phone|0912.345.678] nhé
Gọi [phone|0912 345 678].
sđt [phone|0912-345-678]
[phone|+84 912 345 678]
[phone|(+84) 912 345 678]
[phone|+84912345678] là số chị
[phone|84912345678]
[phone|0084912345678]
[phone|09 12 34 56 78] alo
[phone|0 912 345 678]
Liên hệ [phone|0987654321] - [phone|0901234567]
Liên hệ [phone|0987654321], [phone|0901234567]
Liên hệ [phone|0987654321]/[phone|0901234567]
[phone|024 3998 5765] số nhà riêng
[phone|(024) 3998 5765]
[phone|(028)38221234]
[phone|0243.998.5765]
[phone|0203.3825.123]
zalo [phone|0356789012] cho e
zalo.me/[phone|0356789012]
lh 0k, sdt e [phone|912345678]
Zalo: [phone|981 234 567]
số cũ [phone|01234567890]
điện thoại [phone|04.38253535]
inbox [phone|0900 111 222]
mẹ tôi [phone|0389-123-456] mất máy
SĐT:[phone|0772345678]
[phone|+1 202 555 0143] gọi lừa đảo
[phone|0912345678] chuyển 500.000 đồng
CCCD [identity|001085012345]
số căn cước [identity|079 200 012 345]
căn cước công dân số [identity|036.099.001.234]
số của tôi [identity|001085012345] bị lộ
CMND [identity|012345678]
CMND số: [identity|241234567]
chứng minh nhân dân [identity|168 234 567]
CMND cũ [identity|123456789]
cmt của em là [identity|187654321]
số định danh cá nhân: [identity|001203004567]
mã số BHXH [identity|7912345678]
mã định danh [identity|025312345678]
STK [account|19034567890123]
STK: [account|0123456789] Vietcombank
số tài khoản [account|1234 5678 9012]
tk [account|123456789] vcb
tài khoản Vietcombank [account|0071001234567]
ck vào số [account|9876543210] giúp
thẻ [account|9704 3612 3456 7890]
số tài khoản ngân hàng: [account|109876543210]
Vietinbank [account|108765432109] nha
stk momo [account|0912345678]
biển số [plate|29A-123.45]
xe [plate|30F1 234.56] chạy
xe [plate|51G12345] vượt đèn
xe [plate|51G-123.45]
[plate|59X1-12345] lấn làn
[plate|59-X1 123.45]
[plate|29-C1 123.45]
biển kiểm soát [plate|43A 567.89]
xe tải [plate|61C-4567]
biển số [plate|36B 1234]
BKS [plate|15A-678.90].
biển [plate|29a12345]
xe [plate|80B-123.45]
[plate|29AA-123.45]
mail [email|lan.nguyen@gmail.com]
[email|a_b+c@mail.example.com.vn], cảm ơn
Email: [email|hoa1990@yahoo.com].
gửi congan@hanoi.gov.vn nhé
vanthu@mic.gov.vn
@nguyenvana ơi
giá 5@3
a@b không phải
trú tại [address|số nhà 12, ngõ 34 đường Láng], quận Đống Đa
[address|số nhà 12] bị ngập
nhà em ở [address|số 45 Lê Lợi], phường Bến Nghé
nhà tôi ở [address|ngõ 12/5 Trần Phú]
ngụ tại [address|hẻm 45/12 đường Nguyễn Trãi], phường 3
địa chỉ: [address|12/3 Nguyễn Huệ], quận 1
hộ khẩu thường trú: [address|tổ 5, khu phố 3], phường Tân Phong
ĐC: [address|45 Trần Phú]
thường trú [address|thôn 3], xã Ea Tu
tạm trú [address|phòng 302, tòa B], chung cư
[address|Nhà số 7 ngách 15/2] cháy
Ngõ 34 đường Láng bị ngập
đường 30/4 kẹt xe
hẻm 45 tối om
trụ sở UBND tại số 12 đường Hùng Vương
quốc lộ 1A đoạn qua xã
số 12 trong danh sách
Tổ 5 họp dân
Bà [denouncer|Nguyễn Thị Hoa] (người tố cáo) cho biết
ông [denouncer|Trần Văn Nam], người tố cáo, nói
ông [denouncer|Lê Văn Tám] đã gửi đơn tố cáo chủ tịch xã
theo tố cáo của bà [denouncer|Phạm Thị Lan], dự án sai phép
người tố cáo là anh [denouncer|Vũ Đức Minh]
đơn tố cáo của chị [denouncer|Mai] nêu rõ
anh [denouncer|Hải] tố giác nhóm lừa đảo
Chị [denouncer|Ngô Thu Hà] tố cáo cán bộ. Chiều nay, chị [denouncer|Hà] được mời làm việc. [denouncer|Ngô Thu Hà] mong giữ kín.
Ông Nguyễn Văn A bị tố cáo nhận tiền
tố cáo ông Nguyễn Văn B chiếm đất
Bà Lan cho biết sẽ xử lý đơn tố cáo
ông Nam tiếp dân về việc tố cáo
135.000.000 đồng
phạt 135000000 đồng
chi 1.234.567.890 đồng
2.417 báo cáo viên
tài khoản bị trừ 1.200.000 đồng
chuyển khoản 500.000.000 đồng
tài khoản còn 3500000 đ
Nghị định 09/2017/NĐ-CP
Quyết định 3430/KH-UBND ngày 08/9/2023
số 837 ngày 9/3/2022
Luật 126/2025/QH15
ngày 27/11/2026 lúc 09:41
27-11-2026 09:41
03-08-2026 09 giờ
03.08.2026 10.30
gọi 1022
gọi 113 hoặc 114
19001234
1900 1234
1800 6132
tổng đài 18001091
đường dây nóng 0692.345.678
đường dây nóng Sở Y tế 024 3998 5765
năm 2025, 2026, 2027
giai đoạn 2021-2025
2020 2021 2022 2023
08 15 22 31 40 47
08/08 huyện, thứ 10/63
dân số 98.504.000 người
98504000 lượt
diện tích 331.212 km²
tỷ lệ 12,5%
https://vnexpress.net/bai-0912345678.html
https://a.vn/p?id=0912345678
www.tuoitre.vn/x-20261127090912345.htm
MST 0312345678
mã số thuế: 0101234567
mã hồ sơ 000.00.12.H29-260101-0001
số 12345678
VN-Index 1234.56
từ 6h30 đến 18h00
5G phủ 63/63 tỉnh
12A 2026
tầng 27 toà S2.05
tọa độ 21.028511, 105.804817
TCVN 5574:2018
covid19
số báo danh 01012345
1.000.000 liều
00:12:34
lúc 5 [plate|29A-123.45] vượt đèn
Nhà tôi ở ngõ 2,5 m
làm tạm trú 3 phút là xong
miễn thị thực tạm trú 15 ngày
ngụ tại [address|ngõ 172 đường Lạc Long Quân], phường Bưởi
căn [address|nhà số 207 Lý Thái Tổ] (quận 10)
trú tại [address|5/5 đường 30.4], phường Xuân Khánh
đường dây nóng tại số điện thoại 0511.3821755
anh [denouncer|N.T.A] đã làm đơn tố cáo Hứa Anh
giá 130.000 - 145.000 đồng một kg
năm học 2026 - 2027
nha toi o [address|12/5 Tran Phu], phuong 3
so tai khoan [account|0123456789]
can cuoc cong dan [identity|001085012345]
`), "\n")

func parse(t *testing.T, line string) (text string, want []string) {
	t.Helper()
	var b strings.Builder
	for line != "" {
		open := strings.IndexByte(line, '[')
		if open < 0 {
			b.WriteString(line)
			break
		}
		end := strings.IndexByte(line, ']')
		kind, hidden, _ := strings.Cut(line[open+1:end], "|")
		b.WriteString(line[:open])
		want = append(want, fmt.Sprintf("%s %d %s", kind, b.Len(), hidden))
		b.WriteString(hidden)
		line = line[end+1:]
	}
	return b.String(), want
}

func TestFind(t *testing.T) {
	for _, line := range cases {
		text, want := parse(t, line)
		var got []string
		for _, s := range Find(text) {
			got = append(got, fmt.Sprintf("%s %d %s", s.Kind, s.Start, text[s.Start:s.End]))
		}
		if strings.Join(got, "; ") != strings.Join(want, "; ") {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
	t.Logf("%d cases", len(cases))
}

func TestApplyRevealsNothing(t *testing.T) {
	for _, line := range cases {
		text, want := parse(t, line)
		spans := Find(text)
		hidden := Apply(text, spans)
		if strings.Count(hidden, "•••") < len(want) {
			t.Errorf("%q hides less than %d pieces: %q", text, len(want), hidden)
		}
		for _, s := range spans {
			if piece := text[s.Start:s.End]; len(piece) > 6 && strings.Contains(hidden, piece) {
				t.Errorf("%q still shows %q", hidden, piece)
			}
		}
	}
}

func TestApplyKeepsTheRest(t *testing.T) {
	text := "Gọi 0912345678 hoặc lan@gmail.com, số nhà 12 ngõ 34 đường Láng."
	if got, want := Apply(text, Find(text)), "Gọi •••••• hoặc ••••••, •••••••••."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestApplyBadSpans(t *testing.T) {
	text := "đường Láng"
	for _, spans := range [][]Span{
		{{Start: -5, End: 2}}, {{Start: 1, End: 1}}, {{Start: 50, End: 90}}, {{Start: 3, End: 900}}, {{Start: 0, End: 4}, {Start: 2, End: 6}}, {{Start: 6, End: 2}},
	} {
		if got := Apply(text, spans); !utf8.ValidString(got) {
			t.Errorf("Apply(%v) = %q", spans, got)
		}
	}
}

// TestNearbyTextDoesNotMatter holds Find to the same answer wherever the
// passage stands in a longer text.
func TestNearbyTextDoesNotMatter(t *testing.T) {
	const before, after = "Sáng nay trời nắng đẹp, bà con ra đồng.\n", "\nChiều mưa."
	for _, line := range cases {
		text, _ := parse(t, line)
		alone, within := Find(text), Find(before+text+after)
		if len(alone) != len(within) {
			t.Errorf("%q: %d spans alone, %d within a text", text, len(alone), len(within))
			continue
		}
		for i, s := range within {
			if s.Start-len(before) != alone[i].Start || s.Kind != alone[i].Kind {
				t.Errorf("%q: %v alone, %v within a text", text, alone[i], s)
			}
		}
	}
}
