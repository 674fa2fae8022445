// Package place finds the administrative units that a text names and tells
// what they were on the day of the text and which province-level unit they
// belong to today: the 34 units since 1/7/2025, the 63 before, the districts
// that ended that day, the special zones, and the communes of a file that the
// user may supply.
//
// It reads Text and writes Reading.Places. A name counts by its capitals and
// by what stands beside it: "hòa bình" is peace, "tỉnh Hòa Bình" a province,
// "phường Hòa Bình" a ward, "Nguyễn Hòa Bình" a person. Names of several units
// are settled by the other places of the text, or left unresolved.
//
// Limit: in texts without accents or in capitals only unmistakable names
// count, unless a word like "tỉnh" or "ở" stands before.
package place

// Config is the table of places: provinces.yaml and districts.yaml together.
type Config struct {
	Provinces []Province      `yaml:"provinces"`
	Zones     []Zone          `yaml:"zones"`
	Districts []DistrictGroup `yaml:"districts"`
	Loose     []string        `yaml:"loose"` // district names that need a word or a province beside them
	// Common are province names that are ordinary words where capitals tell
	// nothing, CommonBare those that are where accents are missing too.
	Common     []string `yaml:"common"`
	CommonBare []string `yaml:"common_bare"`
	Not        []string `yaml:"not"` // phrases that hold a name and are no place
}

// Province is one of the units of today.
type Province struct {
	Code      string   `yaml:"code"` // of the statistics office
	Name      string   `yaml:"name"`
	CitySince string   `yaml:"city_since"` // first day as a centrally-run city; "" for provinces
	Unsure    bool     `yaml:"unsure"`     // the bare name is also something else
	Spellings []string `yaml:"spellings"`
	Former    []Former `yaml:"former"` // units of the 63 that went into it
}

// Former is a unit of the 63 before 1/7/2025.
type Former struct {
	Code      string   `yaml:"code"`
	Name      string   `yaml:"name"`
	Until     string   `yaml:"until"` // last day; "" is 30/6/2025
	Unsure    bool     `yaml:"unsure"`
	Spellings []string `yaml:"spellings"`
}

// Zone is a special zone (đặc khu).
type Zone struct {
	Name     string `yaml:"name"`
	Province string `yaml:"province"` // of today
}

// DistrictGroup holds the units below one province of the 63.
type DistrictGroup struct {
	Province string   `yaml:"province"`
	Urban    []string `yaml:"urban"`  // quận
	Towns    []string `yaml:"towns"`  // thị xã
	Cities   []string `yaml:"cities"` // thành phố thuộc tỉnh
	Rural    []string `yaml:"rural"`  // huyện
}

// Merger is the first day of the 34 units and of the end of the districts.
const Merger = "2025-07-01"

// Levels of a unit.
const (
	LevelProvince = "province"
	LevelDistrict = "district"
	LevelCommune  = "commune"
)

// unit is one administrative unit at one time.
type unit struct {
	name   string // without its level word: "Thanh Hóa"
	kind   string // tỉnh, thành phố, quận, thị xã, huyện, xã, phường, thị trấn, đặc khu
	level  string
	parent string    // province it belonged to, if it is none itself
	now    *Province // today's province-level unit
	from   string    // first day, "" since ever
	until  string    // last day, "" still there
	unsure bool      // needs a word beside it
}

// on gives what the unit was, or what had taken its place, on a day.
func (u *unit) on(day string) string {
	if day == "" {
		return ""
	}
	gone := u.until != "" && day > u.until
	if u.level != LevelProvince && !gone {
		return u.kind + " " + u.name + ", " + provinceOn(u, day)
	}
	return provinceOn(u, day)
}

// provinceOn is the province-level unit of u on a day, with its level word.
func provinceOn(u *unit, day string) string {
	if day >= Merger || u.parent == "" && u.until == "" {
		return u.now.title(u.now.Name, day)
	}
	name := u.parent
	if name == "" {
		name = u.name
		if u.until != "" && day > u.until { // Thừa Thiên Huế in the first half of 2025
			name = u.now.Name
		}
	}
	return u.now.title(name, day)
}

// title puts the level word before a name of the unit or of one it was
// formed from. Centrally-run cities before the merger kept their name.
func (p *Province) title(name, day string) string {
	if p.CitySince != "" && day >= p.CitySince && (name == p.Name || day >= Merger) {
		return "thành phố " + p.Name
	}
	if day >= Merger {
		return "tỉnh " + p.Name
	}
	return "tỉnh " + name
}
