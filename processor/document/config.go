package document

import (
	"fmt"
	"strings"
	"time"
)

// Config is the file of documents that texts cite by their bare number.
type Config struct {
	Documents []Entry `yaml:"documents"`
}

// Entry is one of them.
type Entry struct {
	Number string `yaml:"number"` // as usually written: "117/2025/NĐ-CP"
	Type   string `yaml:"type"`   // NĐ, NQ, TT …; "L" for laws
	Issued string `yaml:"issued"` // yyyy-mm-dd
	Until  string `yaml:"until"`  // last day in force
	Title  string `yaml:"title"`
}

// Validate reports every problem with its path.
func (c Config) Validate(report func(path, message string)) {
	seen := map[string]int{}
	for i, e := range c.Documents {
		at := fmt.Sprintf("documents[%d].", i)
		key := Canonical(e.Number)
		if key == "" {
			report(at+"number", fmt.Sprintf("%q is not a document number", e.Number))
		} else if first, twice := seen[key+e.Issued]; twice {
			report(at+"number", fmt.Sprintf("%s stands already in documents[%d]", e.Number, first))
		}
		seen[key+e.Issued] = i
		if _, ok := kinds.exact[strings.ToUpper(e.Type)]; !ok {
			report(at+"type", fmt.Sprintf("%q: want NĐ, NQ, QĐ, TT, CT, L or another symbol of NĐ 30/2020", e.Type))
		}
		for path, day := range map[string]string{"issued": e.Issued, "until": e.Until} {
			if _, err := time.Parse(time.DateOnly, day); day != "" && err != nil {
				report(at+path, fmt.Sprintf("%q: want a day as yyyy-mm-dd", day))
			}
		}
		if e.Issued == "" {
			report(at+"issued", "is missing")
		}
	}
}

// Known lists the entries for a register.
func (c Config) Known() []Known {
	out := make([]Known, len(c.Documents))
	for i, e := range c.Documents {
		out[i] = Known{Number: e.Number, Type: e.Type, Issued: e.Issued, Until: e.Until, Main: true}
	}
	return out
}
