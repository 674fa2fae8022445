package viet

import (
	"strings"
	"testing"
)

var languageCases = map[string]string{
	Vietnamese: `Người dân phản ánh tình trạng ngập nước kéo dài
Khám NVQS huhu, sợ quá
Kiểm tra speed 5G ở Hà Nội bằng app iPhone
ok, tốt lắm
mn ơi cho e hỏi đk online vneid đc k ạ
Ủy ban nhân dân tỉnh Đắk Lắk
bộ GD&ĐT: file PDF đề thi leak trên Facebook là fake`,
	VietnameseBare: `nguoi dan phan anh tinh trang ngap nuoc
cho em hoi bao gio co ket qua a
ko biet bao gio moi xong
so hong hay so do vay chi
cao toc lam xong tu que ra ha noi con 2 tieng
bau cu roi do
mn oi vneid loi hoai ko dang nhap dc
sop oi ao nay con size L ko`,
	English: `The people of the city reported flooding again
The Ministry of Health said on Friday that the new rules would apply
Great job, thank you so much!
I think this policy is good for us
Hi all! my name is Kenji, I love Vietnam very much
Vietnam's economy grew 7.5 percent in the third quarter
How can I renew my visa in Hanoi?
Vietnam Airlines will resume flights to Moscow in January`,
	OtherLanguage: `Les habitants de la ville ont signalé une inondation
Le gouvernement a annoncé des mesures pour aider les familles
Warga kota melaporkan banjir yang terjadi di jalan itu
Pemerintah akan memberikan bantuan kepada masyarakat yang terdampak
Los vecinos de la ciudad denuncian que no hay agua
Die Regierung hat neue Maßnahmen für die Wirtschaft angekündigt
A informação não está disponível para os cidadãos
Ang mga tao sa lungsod ay nag-ulat ng baha
日本語のニュース
Правительство объявило о новых мерах
รัฐบาลประกาศมาตรการใหม่
정부는 새로운 조치를 발표했다`,
}

func TestLanguage(t *testing.T) {
	for want, lines := range languageCases {
		for line := range strings.Lines(lines) {
			if got, score := Language(line); got != want || score <= 0 || score > 1 {
				t.Errorf("%q is %s (%.2f), want %s", strings.TrimSpace(line), got, score, want)
			}
		}
	}
	for _, s := range []string{"", "12.345 %", "👍👍", "…"} {
		if got, score := Language(s); got != OtherLanguage || score != 0 {
			t.Errorf("%q is %s (%v)", s, got, score)
		}
	}
}

func TestScoreGrowsWithEvidence(t *testing.T) {
	_, short := Language("không rõ")
	_, long := Language("không rõ bao giờ thì con đường này mới được sửa xong cho dân đi")
	if short >= long {
		t.Errorf("two words score %.2f, fourteen %.2f", short, long)
	}
}

// TestLanguageOfTheCorpus holds the measured shares: as written, and folded.
func TestLanguageOfTheCorpus(t *testing.T) {
	texts := corpus(t, "comments*.jsonl")
	wrong, wrongFolded := 0, 0
	for _, s := range texts {
		want := Vietnamese
		if count(s).marked == 0 {
			want = VietnameseBare
		}
		if got, _ := Language(s); got != want {
			wrong++
		}
		if got, _ := Language(Fold(s)); got != VietnameseBare {
			wrongFolded++
		}
	}
	t.Logf("%d texts: %d wrong as written, %d folded", len(texts), wrong, wrongFolded)
	if limit := len(texts) / 200; wrong > limit || wrongFolded > limit {
		t.Errorf("more than %d wrong", limit)
	}
}
