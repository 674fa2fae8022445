// Package body finds the authorities that a text names, by their names of
// today and of the past, and tells which body answers for them today.
//
// It reads Text and writes Reading.Bodies. The registry is data a unit edits
// (configs/bodies.yaml); Validate is its linter. Longer names win over
// shorter ones ("Văn phòng Chính phủ" is not "Chính phủ"), and a name that
// several bodies have had goes to the one that had it on the day of the text.
//
// Limit: a bare abbreviation counts only where the registry lists it as a
// press name; provincial departments are named without their province.
package body

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/viet"
)

// Registry is the file of bodies.
type Registry struct {
	Bodies []Body `yaml:"bodies"`
}

// Body is one authority. Days are yyyy-mm-dd.
type Body struct {
	ID         string      `yaml:"id"`
	Name       string      `yaml:"name"`
	Kind       string      `yaml:"kind"` // see Kinds
	Parent     string      `yaml:"parent"`
	Since      string      `yaml:"since"` // first day of this name and mandate
	Until      string      `yaml:"until"` // last day, for bodies that ended
	Press      []string    `yaml:"press"` // short names in running text
	Abbr       []string    `yaml:"abbr"`  // symbols in document numbers
	Former     []Former    `yaml:"former"`
	Successors []Successor `yaml:"successors"`
	Fields     []string    `yaml:"fields"`
	Not        []string    `yaml:"not"`
	Confidence string      `yaml:"confidence"`
}

// Former is an older name of the same line.
type Former struct {
	Name  string `yaml:"name"`
	ID    string `yaml:"id"` // the old body's own entry, if it has one
	Until string `yaml:"until"`
}

// Successor took over from a body that ended.
type Successor struct {
	ID   string `yaml:"id"`
	What string `yaml:"what"`
}

// Kinds lists the kinds of bodies.
func Kinds() []string {
	return []string{"ministry", "ministerial-agency", "government-agency", "unit", "party", "legislature", "judiciary", "state",
		"front", "enterprise", "province-dept", "province-unit", "commune-unit", "former"}
}

// Validate reports every problem with its path.
func (r Registry) Validate(report func(path, message string)) {
	ids := map[string]int{}
	for i, b := range r.Bodies {
		if first, twice := ids[b.ID]; twice {
			report(fmt.Sprintf("bodies[%d].id", i), fmt.Sprintf("%q stands already in bodies[%d]", b.ID, first))
		}
		ids[b.ID] = i
	}
	names := map[string]int{}
	for i, b := range r.Bodies {
		at := func(path string) string { return fmt.Sprintf("bodies[%d].%s", i, path) }
		b.validate(ids, func(path, message string) { report(at(path), message) })
		for _, n := range append([]string{b.Name}, b.Press...) {
			key := viet.Key(n)
			if j, taken := names[key]; taken && j != i && overlap(b, r.Bodies[j]) {
				report(at("press"), fmt.Sprintf("%q is also a name of %q at the same time", n, r.Bodies[j].ID))
			}
			names[key] = i
		}
	}
}

// overlap reports whether two bodies existed at the same time.
func overlap(a, b Body) bool {
	before := func(a, b Body) bool { return a.Until != "" && b.Since != "" && a.Until < b.Since }
	return !before(a, b) && !before(b, a)
}

func (b Body) validate(ids map[string]int, report func(path, message string)) {
	if !slug(b.ID) {
		report("id", fmt.Sprintf("%q: want small letters, digits and hyphens", b.ID))
	}
	if len(viet.Tokens(b.Name)) == 0 {
		report("name", "is missing")
	}
	if !slices.Contains(Kinds(), b.Kind) {
		report("kind", fmt.Sprintf("%q: want one of %s", b.Kind, strings.Join(Kinds(), ", ")))
	}
	refer := func(path, id string) {
		if _, ok := ids[id]; id != "" && !ok {
			report(path, fmt.Sprintf("%q is not in the registry", id))
		}
	}
	refer("parent", b.Parent)
	day := func(path, s string) {
		if _, err := time.Parse(time.DateOnly, s); s != "" && err != nil {
			report(path, fmt.Sprintf("%q: want a day as yyyy-mm-dd", s))
		}
	}
	day("since", b.Since)
	day("until", b.Until)
	if b.Since != "" && b.Until != "" && b.Until < b.Since {
		report("until", "is before since")
	}
	for i, f := range b.Former {
		refer(fmt.Sprintf("former[%d].id", i), f.ID)
		day(fmt.Sprintf("former[%d].until", i), f.Until)
	}
	for i, s := range b.Successors {
		refer(fmt.Sprintf("successors[%d].id", i), s.ID)
	}
	if b.Kind == "former" && len(b.Successors) == 0 {
		report("successors", "an ended body needs one, or its mentions reach nobody")
	}
}

func slug(s string) bool {
	return s != "" && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
