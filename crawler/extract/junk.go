package extract

import "strings"

// isRelatedHeading reports whether a block is one of the lines that stand
// above links to other pages, readers' words and buttons.
func (b *block) isRelatedHeading() bool {
	if b.runes > 60 {
		return false
	}
	switch s := strings.Trim(dropCount(b.folded()), " :.…»>-–|*"); s {
	case "tin lien quan", "bai lien quan", "bai viet lien quan", "tin bai lien quan", "tin khac", "cac tin khac", "tin bai khac", "bai viet khac", "xem them",
		"doc them", "doc tiep", "tin moi", "tin moi nhat", "tin cung chuyen muc", "cung chuyen muc", "tin noi bat", "co the ban quan tam", "ban co the quan tam",
		"binh luan", "nhan xet", "muc luc", "table of contents", "noi dung chinh", "y kien ban doc", "y kien", "gui binh luan", "tin cu hon", "cac tin cu hon", "cac tin da dua", "tin da dua", "nhung tin moi hon", "nhung tin cu hon",
		"thu vien hinh anh", "tham do y kien", "chia se", "tu khoa", "the", "tags", "tag", "chu de", "lien ket", "doc nhieu", "xem nhieu", "tin doc nhieu",
		"related", "related articles", "related stories", "related news", "related posts", "related links", "related content", "related topics", "related coverage",
		"read more", "read next", "more stories", "more news", "more from", "recommended", "recommended for you", "you may also like", "you might also like", "see also", "see more",
		"also read", "also on", "popular", "most popular", "most read", "trending", "trending now", "latest news", "top stories", "share", "share this", "share this article",
		"share this story", "comments", "leave a comment", "leave a reply", "leave a comment cancel reply", "join the conversation", "view comments", "post navigation", "like this",
		"filed under", "topics", "follow us", "sign up", "newsletter", "advertisement", "about the author", "up next", "what to read next", "don't miss", "editor's picks",
		"lire aussi", "a lire aussi", "articles lies", "mehr zum thema", "das konnte sie auch interessieren", "lesen sie auch", "noticias relacionadas", "articulos relacionados",
		"leia tambem", "leia mais", "veja tambem", "relacionadas", "articoli correlati", "leggi anche", "lees ook", "baca juga", "artikel terkait", "compartilhe", "comentarios",
		"compartir", "voce pode gostar", "voce tambem pode gostar", "te puede interesar", "puede interesarte", "отзывы", "комментарии", "похожие статьи", "читайте также", "関連記事", "相关阅读", "相关新闻":
		return true
	}
	return false
}

// headsComments reports whether a related heading stands above what readers
// wrote.
func (b *block) headsComments() bool {
	for _, word := range [...]string{"binh luan", "y kien", "comment", "nhan xet", "комментарии", "отзывы", "leave a reply", "conversation"} {
		if strings.Contains(b.folded(), word) {
			return true
		}
	}
	return false
}

// dropCount takes the number off a heading such as "Bình luận (6)" or
// "12 comments".
func dropCount(s string) string {
	const figures = "0123456789.,()[] "
	if rest := strings.Trim(s, figures); rest != "" {
		return rest
	}
	return s
}

// isJunkLine reports whether a line is of the page and not of the text:
// counters, buttons, players, file names.
func (b *block) isJunkLine() bool {
	if b.runes > 120 || endsSentence(b.text) && b.runes > 60 {
		return false
	}
	s := strings.Trim(b.folded(), " \u00a0:.…»>-–—|*[]()•·/,\"'")
	if s == "" {
		return true
	}
	return isJunkWord(s) || hasJunkStart(s) || isCounter(s) || isFileName(s) || isPictureCount(s) || isCredit(s)
}

func isJunkWord(s string) bool {
	switch s {
	case "in bai viet", "in trang", "in", "ban in", "gui bai viet", "gui email", "gui cho ban be", "top", "len dau trang", "quay lai", "tro ve", "dong cua so", "dong", "close window", "in trang nay", "tro lai", "content", "email",
		"dang truc tuyen", "xem chi tiet", "xem chi tiet icon", "chi tiet", "xem them", "doc tiep", "thich", "chia se", "luu bai viet", "luu", "nghe doc bai", "nghe bai viet",
		"facebook", "twitter", "zalo", "linkedin", "pinterest", "whatsapp", "telegram", "reddit", "google", "google+", "copy link", "sao chep lien ket", "a a", "aa", "a+ a-",
		"skip ribbon commands", "skip to main content", "skip to content", "share", "tweet", "print", "pin it", "like", "comment", "comments", "reply", "advertisement",
		"advertising", "ad", "sponsored", "sponsored content", "continue reading", "continue reading below", "read more", "story continues below", "loading", "close", "menu", "search",
		"share this", "share on facebook", "share on twitter", "click to share", "sign up", "subscribe", "play video", "video", "watch video", "image", "photo", "getty images", "reuters",
		"article continues below", "story continues below advertisement", "text size", "font size", "back to top", "view gallery", "enlarge", "toggle caption", "hide caption", "publicidade", "anzeige", "publicite", "werbung", "publicidad", "0", "anh", "tac gia":
		return true
	}
	return false
}

// hasJunkStart reports whether a short line opens as counters, calls to follow
// and offers do.
func hasJunkStart(s string) bool {
	for _, start := range []string{
		"luot xem", "so luot xem", "luot truy cap", "so luot truy cap", "dang truc tuyen", "tong luot truy cap", "da xem", "so lan xem", "lan xem",
		"url bai viet", "duong dan bai viet", "link bai viet", "link goc", "theo doi chung toi", "moi ban doc theo doi", "theo ban, ", "binh chon", "danh gia bai viet", "click de danh gia",
		"follow us on", "follow @", "share this:", "click here to ", "sign up for ", "subscribe to ", "photo by ", "image credit", "read more:", "read also:", "also read:", "read next:",
		"related:", "see also:", "more:", "xem them:", "doc them:", "loading", "order reprints", "print article", "like this story?", "copyright ", "© ", "all rights reserved", "advertisement",
	} {
		if strings.HasPrefix(s, start) {
			return true
		}
	}
	return false
}

// isCounter recognises players' clocks ("0:00 / 0:00") and bare figures.
func isCounter(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case r == ':' || r == '/' || r == ' ' || r == '%' || r == '|':
		default:
			return false
		}
	}
	return digits > 0 && strings.Contains(s, ":")
}

// isCredit recognises the credit of a picture, "Ảnh: VGP": a few words and no
// sentence.
func isCredit(s string) bool {
	for _, start := range []string{"anh:", "anh minh hoa", "nguon anh:", "photo:", "video:", "clip:"} {
		if strings.HasPrefix(s, start) {
			return len(strings.Fields(s)) <= 6
		}
	}
	return false
}

// isPictureCount recognises "Image 2 of 5", "Ảnh 2/5".
func isPictureCount(s string) bool {
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	switch words[0] {
	case "image", "photo", "slide", "picture", "anh", "hinh":
		return strings.Trim(strings.Join(words[1:], ""), "0123456789of/") == ""
	}
	return false
}

func isFileName(s string) bool {
	if strings.ContainsAny(s, " ") || len(s) > 60 {
		return false
	}
	for _, ending := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp"} {
		if strings.HasSuffix(s, ending) {
			return true
		}
	}
	return false
}
