package dateline

// monthAt reads a month's name at token i: "tháng 1", "Th1", "thg Giêng",
// "Nov.", "novembre". It returns 0 where there is none.
func (l *line) monthAt(i int) (month, next int) {
	switch l.word(i) {
	case "thang", "thg", "th", "t":
		return l.vietnameseMonth(i + 1)
	}
	month = monthName(l.word(i))
	if month == 0 {
		return 0, i
	}
	if l.sign(i+1) == '.' || l.sign(i+1) == '-' {
		return month, i + 2
	}
	return month, i + 1
}

// vietnameseMonth reads what follows "tháng": a figure or a word. "mười một"
// and "mười hai" are two words.
func (l *line) vietnameseMonth(i int) (month, next int) {
	if l.sign(i) == '.' {
		i++
	}
	if t := l.at(i); t.isNum() && t.digits <= 2 {
		return t.num, i + 1
	}
	if l.word(i) == "muoi" {
		switch l.word(i + 1) {
		case "mot":
			return 11, i + 2
		case "hai":
			return 12, i + 2
		}
	}
	if m := countWord(l.word(i)); m != 0 {
		return m, i + 1
	}
	return 0, i
}

func countWord(w string) int {
	switch w {
	case "gieng", "mot":
		return 1
	case "hai":
		return 2
	case "ba":
		return 3
	case "tu", "bon":
		return 4
	case "nam":
		return 5
	case "sau":
		return 6
	case "bay":
		return 7
	case "tam":
		return 8
	case "chin":
		return 9
	case "muoi":
		return 10
	case "chap":
		return 12
	}
	return 0
}

// monthName knows the months of the languages whose pages and feeds are
// watched beside Vietnamese, in full and cut to three letters.
func monthName(w string) int {
	switch w {
	case "january", "jan", "janvier", "januar", "enero", "janeiro", "gennaio", "januari", "ene", "gen":
		return 1
	case "february", "feb", "fevrier", "februar", "febrero", "fevereiro", "febbraio", "februari", "fev":
		return 2
	case "march", "mar", "mars", "marz", "marzo", "marco", "maart", "maret":
		return 3
	case "april", "apr", "avril", "abril", "aprile", "abr", "avr":
		return 4
	case "may", "mai", "mayo", "maio", "maggio", "mei":
		return 5
	case "june", "jun", "juin", "juni", "junio", "junho", "giugno":
		return 6
	case "july", "jul", "juillet", "juli", "julio", "julho", "luglio":
		return 7
	case "august", "aug", "aout", "agosto", "augustus", "agustus", "ago":
		return 8
	case "september", "sep", "sept", "septembre", "septiembre", "setembro", "settembre", "set":
		return 9
	case "october", "oct", "octobre", "oktober", "octubre", "outubro", "ottobre", "okt", "out":
		return 10
	case "november", "nov", "novembre", "noviembre", "novembro":
		return 11
	case "december", "dec", "decembre", "dezember", "diciembre", "dezembro", "dicembre", "desember", "dez", "dic", "des": //nolint:misspell // French
		return 12
	}
	return foreignMonth(w)
}

// foreignMonth knows the months that are not written in Latin letters: Russian
// in the genitive and cut short, Arabic.
func foreignMonth(w string) int {
	switch w {
	case "января", "янв", "يناير":
		return 1
	case "февраля", "фев", "فبراير":
		return 2
	case "марта", "мар", "مارس":
		return 3
	case "апреля", "апр", "أبريل":
		return 4
	case "мая", "مايو":
		return 5
	case "июня", "июн", "يونيو":
		return 6
	case "июля", "июл", "يوليو":
		return 7
	case "августа", "авг", "أغسطس":
		return 8
	case "сентября", "сен", "سبتمبر":
		return 9
	case "октября", "окт", "أكتوبر":
		return 10
	case "ноября", "ноя", "نوفمبر":
		return 11
	case "декабря", "дек", "ديسمبر":
		return 12
	}
	return 0
}
