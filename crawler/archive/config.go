package archive

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// When a new file is begun at the latest, where nothing else is said. Before a
// bucket the hour bounds what the loss of a machine costs.
const (
	DefaultAge       = 24 * time.Hour
	DefaultBucketAge = time.Hour
)

// Config is what the unit's file says about the archive of raw pages.
type Config struct {
	// Retention by kind (press, portal, social); a kind that is not named is
	// kept for ever.
	Retention map[string]time.Duration `yaml:"retention"`
	// Rotate is when a new file is begun at the latest; default 24 h, or 1 h
	// with a bucket.
	Rotate time.Duration `yaml:"rotate"`
	// Bucket takes the files; without it they stay in the data folder.
	Bucket *BucketConfig `yaml:"bucket"`
}

// BucketConfig names an S3-compatible bucket.
type BucketConfig struct {
	Endpoint string `yaml:"endpoint"` // https://s3.example:9000
	Name     string `yaml:"name"`
	Prefix   string `yaml:"prefix"` // before every object's name: "diembao/"
	Region   string `yaml:"region"` // default us-east-1, which servers of one's own take
	// AccessKey and SecretKeyFile are the account; without them the
	// environment's AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are.
	AccessKey     string `yaml:"access_key"`
	SecretKeyFile string `yaml:"secret_key_file"`
}

// Validate reports every mistake with its path.
func (c Config) Validate(report func(path, message string)) {
	for kind, keep := range c.Retention {
		if !mention.Kind(kind).Valid() {
			report("retention."+kind, "phải là press, portal hoặc social / want press, portal or social")
		}
		if keep < 24*time.Hour {
			report("retention."+kind, "phải từ 24h trở lên; muốn giữ mãi thì bỏ dòng này / want 24h or more; leave the line out to keep for ever")
		}
	}
	if c.Rotate != 0 && (c.Rotate < time.Minute || c.Rotate > 7*24*time.Hour) {
		report("rotate", "phải từ 1m đến 168h / want 1m to 168h")
	}
	if c.Bucket != nil {
		c.Bucket.validate(func(path, message string) { report("bucket."+path, message) })
	}
}

func (c BucketConfig) validate(report func(path, message string)) {
	u, err := url.Parse(c.Endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		report("endpoint", fmt.Sprintf("%q: phải là địa chỉ http(s) không kèm đường dẫn, như https://s3.example:9000 / want an http(s) address without a path", c.Endpoint))
	}
	if !regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`).MatchString(c.Name) {
		report("name", fmt.Sprintf("%q: tên bucket gồm 3–63 ký tự a–z, 0–9, dấu chấm, gạch ngang / want 3 to 63 of a-z 0-9 . -", c.Name))
	}
	if strings.HasPrefix(c.Prefix, "/") {
		report("prefix", "không bắt đầu bằng / / must not begin with a slash")
	}
	if (c.AccessKey == "") != (c.SecretKeyFile == "") {
		report("secret_key_file", "access_key và secret_key_file đi cùng nhau; bỏ cả hai thì lấy AWS_ACCESS_KEY_ID và AWS_SECRET_ACCESS_KEY của môi trường / access_key and secret_key_file go together; without both the environment's are used")
	}
}
