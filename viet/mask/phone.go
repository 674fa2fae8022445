package mask

import "strings"

// phone accumulates groups to a phone number; used is 0 where they are none.
//
// Forms: mobile 0[35789] and eight more; landline 02 and nine more; the
// numbers of before 2018 (01 and nine, 04 or 08 and eight); 84, +84 or 0084
// in place of 0; nine digits without the 0 after a cue.
func (n number) phone(before cues) (used int) {
	if before&saysHotline != 0 && !n.isMobile() || n.isHotline() {
		return 0
	}
	plus := n.groups[0].start > 0 && n.text[n.groups[0].start-1] == '+'
	total := 0
	for i, g := range n.groups {
		total += g.end - g.start
		if total > 13 {
			return 0
		}
		if n.isPhone(n.digits[:total], plus, before) && n.plausible(i+1) {
			return i + 1
		}
	}
	return 0
}

func (n number) isMobile() bool {
	d := strings.TrimPrefix(strings.TrimPrefix(string(n.digits), "0"), "84")
	return d != "" && strings.Contains("35789", d[:1])
}

// isHotline tells the numbers that belong to services: 1800, 1900 and what
// the police and the army dial (069).
func (n number) isHotline() bool {
	d := string(n.digits)
	return strings.HasPrefix(d, "1900") || strings.HasPrefix(d, "1800") || strings.HasPrefix(d, "069")
}

func (n number) isPhone(d []byte, plus bool, before cues) bool {
	s := string(d)
	if rest, ok := strings.CutPrefix(s, "0084"); ok {
		return isNational(rest)
	}
	if rest, ok := strings.CutPrefix(s, "84"); ok && (plus || len(s) == 11) {
		return isNational(strings.TrimPrefix(rest, "0"))
	}
	if plus {
		return len(s) >= 10 && s[0] != '0'
	}
	if rest, ok := strings.CutPrefix(s, "0"); ok {
		return isNational(rest) || len(rest) == 9 && rest[0] == '4' && before&saysPhone != 0
	}
	return len(s) == 9 && isNational(s) && s[0] != '2' && before&saysPhone != 0
}

// isNational judges a number without its 0.
func isNational(s string) bool {
	if s == "" {
		return false
	}
	switch s[0] {
	case '3', '5', '7', '8', '9':
		return len(s) == 9
	case '2':
		return len(s) == 10
	case '1':
		return len(s) == 10 && strings.Contains("2689", s[1:2])
	}
	return false
}

// plausible refuses what only adds up by chance: lottery draws, times and
// scores in twos, numbers with many kinds of separators, and what goes on in
// the same style.
func (n number) plausible(used int) bool {
	seps := map[string]struct{}{}
	small := 0
	for i, g := range n.groups[:used] {
		if i < used-1 {
			seps[g.sep] = struct{}{}
		}
		if g.end-g.start <= 2 {
			small++
		}
	}
	if len(seps) > 2 || small >= 4 && len(seps) > 1 {
		return false
	}
	last := n.groups[used-1]
	if used < len(n.groups) && small >= 4 && last.sep == n.groups[0].sep {
		next := n.groups[used]
		return next.end-next.start != last.end-last.start
	}
	return true
}

// phoneStart takes "+", "(" and "(+" into the span.
func phoneStart(text string, at int) int {
	for _, lead := range [...]string{"(+", "+", "("} {
		if strings.HasSuffix(text[:at], lead) {
			return at - len(lead)
		}
	}
	return at
}
