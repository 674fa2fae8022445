package configs

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"github.com/diembao/diembao/crawler"
)

// Load reads a configuration and everything it names. Mistakes of the person
// who edits the files come back as Problems, all of them at once; beside them
// comes what could be read, nil where nothing could, for looking further for
// mistakes and for nothing else.
func Load(file string) (*Config, error) {
	var c Config
	data, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if err != nil {
		return nil, Problems{{File: file, Message: "cannot be read: " + cause(err)}}
	}
	d, problems := open(file, data)
	if d == nil {
		return nil, problems
	}
	problems = append(problems, d.decode(&c)...)
	c.withDefaults(file)
	c.Validate(d.report(&problems))
	problems = append(problems, c.loadSources(d, file)...)
	if len(problems) > 0 {
		return &c, problems.sorted()
	}
	return &c, nil
}

// sourceFile is a further list of sources.
type sourceFile struct {
	Sources []crawler.SourceConfig `yaml:"sources"`
}

// loadSources reads the further lists and joins them to the crawler's.
func (c *Config) loadSources(d *source, file string) Problems {
	var problems Problems
	report := d.report(&problems)
	for i, pattern := range c.SourceFiles {
		if !filepath.IsAbs(pattern) {
			pattern = filepath.Join(filepath.Dir(file), pattern)
		}
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			report(index("source_files", i), "no file matches "+pattern)
			continue
		}
		for _, name := range found {
			problems = append(problems, c.addSources(name)...)
		}
	}
	return problems
}

// addSources reads one list. It is validated together with the sources that
// are there already, so that an id used twice is found; only problems of the
// new ones are kept.
func (c *Config) addSources(name string) Problems {
	data, err := os.ReadFile(name) //nolint:gosec // the user names the file
	if err != nil {
		return Problems{{File: name, Message: "cannot be read: " + cause(err)}}
	}
	d, problems := open(name, data)
	if d == nil {
		return problems
	}
	var list sourceFile
	problems = append(problems, d.decode(&list)...)
	before := len(c.Crawler.Sources)
	c.Crawler.Sources = append(c.Crawler.Sources, list.Sources...)
	report := d.report(&problems)
	c.Crawler.Validate(func(path, message string) {
		var i int
		var rest string
		if n, _ := fmt.Sscanf(path, "sources[%d]", &i); n == 1 && i >= before {
			rest = path[len(index("sources", i)):]
			report(index("sources", i-before)+rest, message)
		}
	})
	return problems
}

func index(name string, i int) string { return name + "[" + strconv.Itoa(i) + "]" }

// cause words an error of the file system without the path, which the problem
// has already.
func cause(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
