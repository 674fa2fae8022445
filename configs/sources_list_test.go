package configs

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/mention"
)

// The shipped source lists are free of mistakes, honest about what was not
// tried, and every site has its kind.
func TestShippedSources(t *testing.T) {
	var c Config
	files, err := filepath.Glob("sources/*.yaml")
	if err != nil || len(files) < 4 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, name := range files {
		if problems := c.addSources(name); len(problems) > 0 {
			t.Errorf("%s: %v", name, problems)
		}
		if _, err := os.Stat(name); err != nil {
			t.Error(err)
		}
	}
	if len(c.Crawler.Sources) < 45 {
		t.Errorf("only %d sources", len(c.Crawler.Sources))
	}
	for _, s := range c.Crawler.Sources {
		if s.Verified && s.Via.Polled() {
			t.Errorf("%s is marked verified, but nobody has opened it", s.ID)
		}
		if s.Kind != mention.Social && s.SourceType == "" && crawler.HostType(s) == "" {
			t.Errorf("%s: the kind of site is neither given nor derived", s.ID)
		}
		if s.Kind == mention.Social && s.Basis == "" {
			t.Errorf("%s: citizens' texts without legal basis", s.ID)
		}
	}
}
