package place

import (
	"fmt"
	"strings"
	"time"

	"github.com/diembao/diembao/viet"
)

// Validate reports every problem with its path.
func (c Config) Validate(report func(path, message string)) {
	v := validator{report: report, names: map[string]string{}, codes: map[string]string{}}
	for i, p := range c.Provinces {
		v.province(fmt.Sprintf("provinces[%d].", i), p)
	}
	for i, z := range c.Zones {
		at := fmt.Sprintf("zones[%d].", i)
		v.named(at+"name", z.Name)
		v.known(at+"province", z.Province)
	}
	for i, d := range c.Districts {
		at := fmt.Sprintf("districts[%d].", i)
		v.known(at+"province", d.Province)
		v.districts(at, d)
	}
	for list, names := range map[string][]string{"common": c.Common, "common_bare": c.CommonBare} {
		for i, n := range names {
			v.known(fmt.Sprintf("%s[%d]", list, i), n)
		}
	}
	for list, names := range map[string][]string{"loose": c.Loose, "not": c.Not} {
		for i, n := range names {
			v.named(fmt.Sprintf("%s[%d]", list, i), n)
		}
	}
}

type validator struct {
	report func(path, message string)
	names  map[string]string // key of a province's name, now or then → where it stands
	codes  map[string]string
}

func (v *validator) province(at string, p Province) {
	v.named(at+"name", p.Name)
	v.unique(at+"code", "code "+p.Code, v.codes)
	if len(p.Code) != 2 || strings.Trim(p.Code, "0123456789") != "" {
		v.report(at+"code", fmt.Sprintf("%q: want two digits in quotation marks", p.Code))
	}
	v.day(at+"city_since", p.CitySince)
	v.unique(at+"name", viet.Key(p.Name), v.names)
	for _, s := range p.Spellings {
		v.names[viet.Key(s)] = at + "spellings"
	}
	for i, f := range p.Former {
		at := fmt.Sprintf("%sformer[%d].", at, i)
		v.named(at+"name", f.Name)
		v.day(at+"until", f.Until)
		if viet.Key(f.Name) != viet.Key(p.Name) {
			v.unique(at+"name", viet.Key(f.Name), v.names)
		}
		for _, s := range f.Spellings {
			v.names[viet.Key(s)] = at + "spellings"
		}
	}
}

func (v *validator) districts(at string, d DistrictGroup) {
	seen := map[string]bool{}
	for kind, names := range map[string][]string{"urban": d.Urban, "towns": d.Towns, "cities": d.Cities, "rural": d.Rural} {
		for i, n := range names {
			path := fmt.Sprintf("%s%s[%d]", at, kind, i)
			v.named(path, n)
			key := kind + viet.Key(n)
			if seen[key] {
				v.report(path, fmt.Sprintf("%q stands there twice", n))
			}
			seen[key] = true
		}
	}
}

func (v *validator) named(path, name string) {
	if len(viet.Tokens(name)) == 0 {
		v.report(path, "is missing")
	}
}

func (v *validator) unique(path, key string, in map[string]string) {
	if where, taken := in[key]; taken {
		v.report(path, fmt.Sprintf("%q stands already in %s", key, where))
	}
	in[key] = path
}

func (v *validator) known(path, province string) {
	if _, ok := v.names[viet.Key(province)]; !ok {
		v.report(path, fmt.Sprintf("%q is no province of the table, neither now nor before", province))
	}
}

func (v *validator) day(path, day string) {
	if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
		v.report(path, fmt.Sprintf("%q: want a day as yyyy-mm-dd", day))
	}
}
