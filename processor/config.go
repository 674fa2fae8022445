package processor

import (
	"fmt"
	"net/url"
	"time"
)

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
	// Outside names a model server to be asked after the careful reading.
	Outside OutsideConfig `yaml:"outside"`
}

// What is asked of an outside model server.
const (
	AskUnsure = "unsure" // labels that the reading is not sure of
	AskAll    = "all"    // every label
)

// OutsideConfig is the user's `processor.outside:` section; without a URL
// nobody is asked.
type OutsideConfig struct {
	URL string `yaml:"url"`
	// TokenFile holds the bearer token that is sent.
	TokenFile string `yaml:"token_file"`
	// Ask is unsure (the default) or all.
	Ask string `yaml:"ask"`
	// Sure is the least probability that makes an answered label sure; 0 is 0.9.
	Sure float64 `yaml:"sure"`
	// Timeout is how long an answer is waited for; 0 is 20 s.
	Timeout time.Duration `yaml:"timeout"`
}

// WithDefaults fills in what the user left out.
func (c OutsideConfig) WithDefaults() OutsideConfig {
	if c.Ask == "" {
		c.Ask = AskUnsure
	}
	if c.Sure == 0 {
		c.Sure = 0.9
	}
	if c.Timeout == 0 {
		c.Timeout = 20 * time.Second
	}
	return c
}

// Validate reports every problem with its path.
func (c OutsideConfig) Validate(report func(path, message string)) {
	u, err := url.Parse(c.URL)
	if c.URL != "" && (err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "") {
		report("outside.url", fmt.Sprintf("%q: want http(s)://host/…", c.URL))
	}
	switch c.Ask {
	case "", AskUnsure, AskAll:
	default:
		report("outside.ask", fmt.Sprintf("%q: want unsure or all", c.Ask))
	}
	if c.Sure < 0 || c.Sure > 1 {
		report("outside.sure", fmt.Sprintf("%v: want a probability, 0…1", c.Sure))
	}
	if c.Timeout < 0 || c.Timeout > time.Minute {
		report("outside.timeout", fmt.Sprintf("%v: want at most a minute", c.Timeout))
	}
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
	c.Outside.Validate(report)
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
