package configs

import (
	"net"
	"net/url"
	"path/filepath"

	"github.com/diembao/diembao/crawler"
	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/notify"
)

// Config is the whole of diembao.yaml.
type Config struct {
	// Unit is the name of the unit as pages and mail show it.
	Unit string `yaml:"unit"`
	// Data is the folder for everything that is kept: log, index, archive.
	Data string `yaml:"data"`
	// Listen is the address of the desk: host:port.
	Listen string `yaml:"listen"`
	// Secure sends cookies over HTTPS only: set it behind a TLS proxy.
	Secure bool       `yaml:"secure"`
	NATS   NATSConfig `yaml:"nats"`
	Index  Index      `yaml:"index"`
	// SourceFiles are further lists of sources, as patterns relative to the
	// file: "sources/*.yaml". Each holds `sources:`.
	SourceFiles []string           `yaml:"source_files"`
	Crawler     crawler.Config     `yaml:"crawler"`
	Processor   processor.Config   `yaml:"processor"`
	Registry    RegistryFiles      `yaml:"registry"`
	Rules       []watch.RuleConfig `yaml:"rules"`
	Notify      notify.Config      `yaml:"notify"`
	Digest      digest.Config      `yaml:"digest"`
	// Base is the folder of the file: relative names are relative to it.
	Base string `yaml:"-"`
	// APITokens is a file of bearer tokens that may read the API, one a line.
	APITokens string `yaml:"api_tokens_file"`
}

// NATSConfig says which NATS servers carry the log; without URL an embedded
// server in the data folder does.
type NATSConfig struct {
	URL       string `yaml:"url"`
	TokenFile string `yaml:"token_file"`
	CredsFile string `yaml:"creds_file"`
	CAFile    string `yaml:"ca_file"`
	Replicas  int    `yaml:"replicas"` // of every stream; a cluster of three wants 3
}

// Index says which engine keeps the mentions; without URL it is SQLite in the
// data folder.
type Index struct {
	URL          string `yaml:"url"` // of Elasticsearch 8 or 9
	User         string `yaml:"user"`
	PasswordFile string `yaml:"password_file"`
	APIKeyFile   string `yaml:"api_key_file"`
	Name         string `yaml:"name"`   // prefix of the indices; diembao
	Shards       int    `yaml:"shards"` // 1
	Replicas     int    `yaml:"replicas"`
	// Keep is how long mentions are kept; a kind that is not named is kept for
	// ever.
	Keep []indexer.Keep `yaml:"keep"`
}

// RegistryFiles replace the lists that ship with the program.
type RegistryFiles struct {
	Policies  string `yaml:"policies"`
	Documents string `yaml:"documents"`
	Bodies    string `yaml:"bodies"`
	// Communes is a file of communes, in the format of docs/places.md; without
	// it places are known down to provinces and the districts before 1/7/2025.
	Communes string `yaml:"communes"`
}

// Defaults for what a file leaves out.
const (
	DefaultData   = "data"
	DefaultListen = "127.0.0.1:8080"
)

func (c *Config) withDefaults(file string) {
	c.Base = filepath.Dir(file)
	if c.Data == "" {
		c.Data = DefaultData
	}
	if !filepath.IsAbs(c.Data) {
		c.Data = filepath.Join(filepath.Dir(file), c.Data)
	}
	if c.Listen == "" {
		c.Listen = DefaultListen
	}
	if len(c.Rules) == 0 {
		c.Rules = []watch.RuleConfig{{ID: "unfavourable"}}
	}
	for i := range c.Rules {
		c.Rules[i] = c.Rules[i].WithDefaults()
	}
	c.Digest = c.Digest.WithDefaults()
}

// Validate reports every problem of the sections with its path. Sources from
// further files are checked with those files.
func (c *Config) Validate(report func(path, message string)) {
	if _, _, err := net.SplitHostPort(c.Listen); c.Listen != "" && err != nil {
		report("listen", "want host:port, such as 127.0.0.1:8080")
	}
	address(report, "nats.url", c.NATS.URL, "nats", "tls", "ws", "wss")
	address(report, "index.url", c.Index.URL, "http", "https")
	if c.NATS.Replicas < 0 || c.NATS.Replicas > 5 {
		report("nats.replicas", "want 1 to 5")
	}
	for i, k := range c.Index.Keep {
		k.Validate(under(report, index("index.keep", i)))
	}
	c.Crawler.Validate(under(report, "crawler"))
	c.Processor.Validate(under(report, "processor"))
	c.Notify.Validate(under(report, "notify"))
	c.Digest.Validate(under(report, "digest"))
	for i, r := range c.Rules {
		r.Validate(under(report, index("rules", i)))
		c.Notify.Named(index("rules", i)+".channels", r.Channels, report)
	}
}

// under puts a prefix before the paths that a section reports.
func under(report func(path, message string), prefix string) func(path, message string) {
	return func(path, message string) { report(join(prefix, path), message) }
}

func address(report func(path, message string), path, s string, schemes ...string) {
	if s == "" {
		return
	}
	u, err := url.Parse(s)
	if err == nil && u.Host != "" {
		for _, scheme := range schemes {
			if u.Scheme == scheme {
				return
			}
		}
	}
	report(path, "want an address such as "+schemes[0]+"://host:port")
}
