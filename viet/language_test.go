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

func TestHeadCutsBetweenWords(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{{"một hai ba", 100, "một hai ba"}, {"một hai ba", 8, "một"}, {"một hai", 4, ""}, {"abc def", 3, "abc"}, {"abc def", 5, "abc"}, {"", 3, ""}} {
		got := head(c.s, c.n)
		if got != c.want {
			t.Errorf("head(%q, %d) = %q, want %q", c.s, c.n, got, c.want)
		}
	}
}

// TestCountTellsTheWordsApart: each word speaks for one side at most.
func TestCountTellsTheWordsApart(t *testing.T) {
	for in, want := range map[string]counts{
		"":                 {},
		"2026 5G 12%":      {},
		"zalo app":         {}, // said in every language
		"người dân":        {words: 2, marked: 2, bare: 2, accented: 2},
		"nguoi dan":        {words: 2, bare: 2, viet: 2},
		"which government": {words: 2, english: 2},
		"ko ntn":           {words: 2, bare: 2},
		"für":              {words: 1, other: 1, accented: 1},
	} {
		got := count(in)
		if got != want {
			t.Errorf("count(%q) = %+v, want %+v", in, got, want)
		}
	}
}

func TestNothingToReadIsNoLanguage(t *testing.T) {
	for _, s := range []string{"zalo facebook", "5G", "\xFF\xFE", strings.Repeat("…", 5000)} {
		if code, score := Language(s); code != OtherLanguage || score != 0 {
			t.Errorf("%.20q is %s (%v)", s, code, score)
		}
	}
	if clip("một hai", 3) != "" || clip("hai", 3) != "hai" || !hasDigit("a1") || hasDigit("ế") {
		t.Error("clip or hasDigit errs")
	}
	if clamp(-1) != 0 || clamp(2) != 1 || clamp(0.5) != 0.5 {
		t.Error("clamp errs")
	}
}

// TestLetterCaseIsNoLanguage: a headline in capitals is in the same language.
func TestLetterCaseIsNoLanguage(t *testing.T) {
	for want, lines := range languageCases {
		for line := range strings.Lines(lines) {
			if got, _ := Language(strings.ToUpper(line)); got != want && !strings.ContainsAny(line, "ßı") {
				t.Errorf("%q in capitals is %s, want %s", strings.TrimSpace(line), got, want)
			}
		}
	}
}
