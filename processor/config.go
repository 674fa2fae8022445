package processor

import "fmt"

// Mode says which mentions wait for a careful reading.
type Mode string

// The modes of `processor.careful`.
const (
	CarefulOff    Mode = "off"    // none
	CarefulPolicy Mode = "policy" // citizens' texts, and relevant mentions that name a policy
	CarefulAll    Mode = "all"    // every mention in Vietnamese
)

// Config is the user's `processor:` section.
type Config struct {
	// Generation is raised by one when history is to be read again.
	Generation int64 `yaml:"generation"`
	// Careful is off, policy (the default) or all.
	Careful Mode `yaml:"careful"`
	// Batch is how many mentions the quick worker takes at once; 0 is 64.
	Batch int `yaml:"batch"`
	// CarefulBatch is how many the careful worker takes at once; 0 is 8. An
	// urgent mention waits for one such batch at most.
	CarefulBatch int `yaml:"careful_batch"`
	// Parallel is how many mentions are read at the same time; 0 is 2.
	Parallel int `yaml:"parallel"`
}

// Validate reports every problem with its path.
func (c Config) Validate(report func(path, message string)) {
	if c.Generation < 0 || c.Generation > maxGeneration {
		report("generation", fmt.Sprintf("%d: want 0…%d", c.Generation, maxGeneration))
	}
	switch c.Careful {
	case "", CarefulOff, CarefulPolicy, CarefulAll:
	default:
		report("careful", fmt.Sprintf("%q: want off, policy or all", c.Careful))
	}
	bound := func(path string, n, top int) {
		if n < 0 || n > top {
			report(path, fmt.Sprintf("%d: want 0 (the default) or 1…%d", n, top))
		}
	}
	bound("batch", c.Batch, 1024)
	bound("careful_batch", c.CarefulBatch, 64)
	bound("parallel", c.Parallel, 256)
}

// withDefaults fills in what the user left out.
func (c Config) withDefaults() Config {
	if c.Careful == "" {
		c.Careful = CarefulPolicy
	}
	or := func(n *int, value int) {
		if *n == 0 {
			*n = value
		}
	}
	or(&c.Batch, 64)
	or(&c.CarefulBatch, 8)
	or(&c.Parallel, 2)
	return c
}
