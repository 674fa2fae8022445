package mask

import (
	"strings"

	"github.com/diembao/diembao/viet"
)

// take accumulates groups until the number can go no further, and accepts a
// length between lo and hi.
func (n number) take(lo, hi int) (used int) {
	total := 0
	for i, g := range n.groups {
		size := g.end - g.start
		if total+size > hi || i > 0 && total >= lo && !sameStyle(n.groups, i) {
			break
		}
		total += size
		used = i + 1
		if total >= lo && g.sep != "" && strings.Contains(g.sep, " ") && strings.Trim(g.sep, " ") != "" {
			break // " - ": another number begins
		}
	}
	if total < lo {
		return 0
	}
	return used
}

// sameStyle tells whether group i is separated as the one before it was.
func sameStyle(groups []group, i int) bool {
	return i < 2 || groups[i-1].sep == groups[i-2].sep
}

// exactly accumulates groups to a number of so many digits.
func (n number) exactly(size int) (used int) {
	total := 0
	for i, g := range n.groups {
		total += g.end - g.start
		if total == size {
			return i + 1
		}
		if total > size || g.sep != " " && g.sep != "." && g.sep != "-" {
			return 0
		}
	}
	return 0
}

// isCitizenNumber tells the form of a CCCD: province 001–096, century and sex
// 0–3.
func (n number) isCitizenNumber() bool {
	d := n.digits
	return d[0] == '0' && atMost(string(d[:3]), 96) && string(d[:3]) != "000" && d[3] <= '3'
}

// amount tells how many groups are one amount with dots between the
// thousands and a unit after it: 84.300.000.000 đồng.
func (n number) amount() (used int) {
	first := n.groups[0]
	if first.end-first.start > 3 || n.text[first.start] == '0' {
		return 0
	}
	used = 1
	for used < len(n.groups) && n.groups[used-1].sep == "." && n.groups[used].end-n.groups[used].start == 3 {
		used++
	}
	if used == 1 || !n.money(used) {
		return 0
	}
	return used
}

// money tells whether the first used groups are an amount: a unit follows.
func (n number) money(used int) bool {
	rest := strings.TrimLeft(n.text[n.groups[used-1].end:], " \u00A0")
	for t := range viet.EachToken(rest[:min(len(rest), 32)]) {
		return t.Start == 0 && moneyUnits[viet.Fold(t.Text)]
	}
	return false
}

// moneyUnits follow amounts and counts, folded.
var moneyUnits = newWordSet(`dong d vnd ngan nghin trieu ty ti k tr usd do dollar euro kg tan m m2 m3 ha nguoi luot ho suat cai con
	chiec can`)

func newWordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}
