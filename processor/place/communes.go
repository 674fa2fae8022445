package place

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/diembao/diembao/viet"
)

// Commune is a unit of the third level.
type Commune struct {
	Code     string // of the statistics office
	Name     string // without its level word
	Kind     string // xã, phường, thị trấn, đặc khu
	Province string // province-level unit of its time
	From     string // first day, yyyy-mm-dd, "" since ever
	Until    string // last day, "" still there
}

// ReadCommunes reads a file of communes that the user supplies: CSV in UTF-8
// with a head line and the columns code, name, kind, province and, where they
// matter, from and until, in any order; further columns are ignored. kind may
// be left out where name begins with it ("Phường Hạc Thành"). Lines that say
// too little or are no CSV are reported, with their number, and left out; the
// error is that of r, or of a head line that lacks a column.
func ReadCommunes(r io.Reader, report func(line int, message string)) ([]Commune, error) {
	rows := csv.NewReader(bufio.NewReader(r))
	rows.FieldsPerRecord = -1
	head, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("place: communes: head line: %w", err)
	}
	column := map[string]int{}
	for i, h := range head {
		column[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\uFEFF")))] = i
	}
	for _, need := range [...]string{"name", "province"} {
		if _, ok := column[need]; !ok {
			return nil, fmt.Errorf("place: communes: head line %q has no column %q", strings.Join(head, ","), need)
		}
	}
	var out []Commune
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if bad := new(csv.ParseError); errors.As(err, &bad) {
			report(bad.StartLine, bad.Error())
			continue
		}
		if err != nil {
			return out, fmt.Errorf("place: communes: %w", err)
		}
		line, _ := rows.FieldPos(0)
		c := commune(func(name string) string {
			if i, ok := column[name]; ok && i < len(row) {
				return strings.TrimSpace(viet.NFC(row[i]))
			}
			return ""
		})
		if c.Name == "" || c.Kind == "" || c.Province == "" {
			report(line, fmt.Sprintf("%q: want a name with its kind, and a province", strings.Join(row, ",")))
			continue
		}
		out = append(out, c)
	}
}

func commune(cell func(string) string) Commune {
	c := Commune{Code: cell("code"), Name: cell("name"), Kind: strings.ToLower(cell("kind")), Province: cell("province"),
		From: cell("from"), Until: cell("until")}
	for _, kind := range [...]string{"xã", "phường", "thị trấn", "đặc khu"} {
		if rest, ok := cutKind(c.Name, kind); ok {
			c.Name, c.Kind = rest, kind
		}
	}
	for _, kind := range [...]string{"tỉnh", "thành phố"} {
		if rest, ok := cutKind(c.Province, kind); ok {
			c.Province = rest
		}
	}
	return c
}

// cutKind takes a level word off the front of a name.
func cutKind(name, kind string) (rest string, ok bool) {
	n := len(kind)
	if len(name) <= n || !strings.EqualFold(name[:n], kind) || name[n] != ' ' {
		return name, false
	}
	return strings.TrimSpace(name[n:]), true
}

// communes adds the user's communes; they always need their level word, for
// they are named after everything.
func (b *builder) communes(list []Commune, byName map[string]*Province) {
	for _, c := range list {
		p := byName[viet.Key(c.Province)]
		if p == nil {
			continue
		}
		b.add(&unit{name: c.Name, kind: c.Kind, level: LevelCommune, parent: c.Province, now: p,
			from: c.From, until: c.Until, unsure: true}, c.Name)
	}
}
