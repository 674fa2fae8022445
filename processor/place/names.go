package place

import (
	"slices"
	"strings"

	"github.com/diembao/diembao/processor/phrase"
	"github.com/diembao/diembao/viet"
)

// Gazetteer is the compiled table. It is immutable and safe for concurrent
// use.
type Gazetteer struct {
	marked *phrase.Set
	bare   *phrase.Set
	names  []names // by phrase of marked
	plain  []names // by phrase of bare
}

// names are the units of one name, and how it is written.
type names struct {
	units    []*unit
	capitals []bool // which tokens have a capital in the table
	common   bool   // an ordinary word where capitals tell nothing
	not      bool   // no place at all
}

// builder collects the names of units.
type builder struct {
	marked, bare phrase.Builder
	g            *Gazetteer
}

// NewGazetteer compiles the table and the communes, which may be none.
func NewGazetteer(c Config, communes []Commune) *Gazetteer {
	b := &builder{bare: phrase.Builder{Folded: true}, g: &Gazetteer{}}
	byName := map[string]*Province{}
	for i := range c.Provinces {
		b.province(&c.Provinces[i], byName)
	}
	for _, z := range c.Zones {
		if p := byName[viet.Key(z.Province)]; p != nil {
			b.add(&unit{name: z.Name, kind: "đặc khu", level: LevelCommune, now: p, from: Merger, unsure: true}, z.Name)
		}
	}
	loose := map[string]bool{}
	for _, n := range c.Loose {
		loose[viet.Key(n)] = true
	}
	for _, d := range c.Districts {
		if p := byName[viet.Key(d.Province)]; p != nil {
			b.districts(d, p, loose)
		}
	}
	b.communes(communes, byName)
	b.mark(c)
	b.g.marked, b.g.bare = b.marked.Build(), b.bare.Build()
	return b.g
}

// province adds today's unit and those it was formed from.
func (b *builder) province(p *Province, byName map[string]*Province) {
	byName[viet.Key(p.Name)] = p
	today := &unit{name: p.Name, kind: "tỉnh", level: LevelProvince, now: p, unsure: p.Unsure}
	b.add(today, p.Name)
	b.spell(today, p.Spellings)
	for i := range p.Former {
		f := &p.Former[i]
		byName[viet.Key(f.Name)] = p
		if viet.Key(f.Name) == viet.Key(p.Name) {
			continue // the unit of today kept the name
		}
		until := f.Until
		if until == "" {
			until = "2025-06-30"
		}
		u := &unit{name: f.Name, kind: "tỉnh", level: LevelProvince, now: p, until: until, unsure: f.Unsure}
		b.add(u, f.Name)
		b.spell(u, f.Spellings)
	}
}

// spell adds other spellings of a unit, which are sure.
func (b *builder) spell(u *unit, spellings []string) {
	sure := *u
	sure.unsure = false
	for _, s := range spellings {
		b.add(&sure, s)
	}
}

// add adds one name, also with its syllables run together ("LaiChâu").
func (b *builder) add(u *unit, name string) {
	b.put(u, name)
	if glued := strings.ReplaceAll(name, " ", ""); glued != name && !strings.ContainsAny(name, ".-–") {
		b.put(u, glued)
	}
	for _, dak := range [...]string{"Đắk", "Đăk", "Đak", "Đắc"} { // one name, written as each paper likes
		if strings.HasPrefix(name, dak+" ") {
			for _, other := range [...]string{"Đắk", "Đăk", "Đak", "Đắc"} {
				b.put(u, other+name[len(dak):])
			}
			break
		}
	}
}

func (b *builder) put(u *unit, name string) {
	if n := b.entry(&b.marked, &b.g.names, name); n != nil && !slices.Contains(n.units, u) {
		n.units = append(n.units, u)
	}
	if u.level != LevelProvince {
		return // without accents the names of smaller units are anything
	}
	if n := b.entry(&b.bare, &b.g.plain, name); n != nil && !slices.Contains(n.units, u) {
		n.units = append(n.units, u)
	}
}

// entry is the place of a name in a list, made when it is not there yet.
func (b *builder) entry(set *phrase.Builder, list *[]names, name string) *names {
	id, ok := set.Add(name)
	if !ok {
		return nil
	}
	for int(id) >= len(*list) {
		*list = append(*list, names{})
	}
	n := &(*list)[id]
	if n.capitals == nil {
		for _, t := range viet.Tokens(name) {
			n.capitals = append(n.capitals, capital(t.Text))
		}
	}
	return n
}

// mark sets a flag of the listed names.
func (b *builder) mark(c Config) {
	flag := func(set *phrase.Builder, list *[]names, listed []string, raise func(*names)) {
		for _, name := range listed {
			if n := b.entry(set, list, name); n != nil {
				raise(n)
			}
		}
	}
	common := func(n *names) { n.common = true }
	flag(&b.marked, &b.g.names, c.Not, func(n *names) { n.not = true })
	flag(&b.marked, &b.g.names, c.Common, common)
	flag(&b.bare, &b.g.plain, c.Common, common)
	flag(&b.bare, &b.g.plain, c.CommonBare, common)
}

// districts adds the units below one province of the 63.
func (b *builder) districts(d DistrictGroup, p *Province, loose map[string]bool) {
	for _, g := range [...]struct {
		kind  string
		names []string
		rural bool
	}{{"quận", d.Urban, false}, {"thị xã", d.Towns, false}, {"thành phố", d.Cities, false}, {"huyện", d.Rural, true}} {
		for _, n := range g.names {
			u := &unit{name: n, kind: g.kind, level: LevelDistrict, parent: d.Province, now: p, until: "2025-06-30"}
			u.unsure = g.rural || loose[viet.Key(n)]
			if rest, ok := strings.CutPrefix(n, "Quận "); ok {
				u.name = rest
			}
			b.add(u, strings.Replace(n, "Quận ", "quận ", 1)) // its own level word, in any case
		}
	}
}
