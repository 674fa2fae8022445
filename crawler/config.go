package crawler

import (
	"time"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/crawler/extract"
	"github.com/diembao/diembao/mention"
)

// Config is what the unit's file says about collecting.
type Config struct {
	// Contact is a page or mail address that site owners can turn to; it is
	// sent in the user agent.
	Contact string `yaml:"contact"`
	// Delay is the least time between two requests of one host; default 2 s. A
	// longer Crawl-delay of the host is kept.
	Delay time.Duration `yaml:"delay"`
	// Allow lists hosts (names, ".suffixes") and networks (10.1.0.0/16) of the
	// unit's own network that may be visited.
	Allow []string `yaml:"allow"`
	// Parallel is how many hosts are visited at a time; default 64.
	Parallel int `yaml:"parallel"`
	// PagesPerVisit bounds what one look at a source fetches; default 40.
	PagesPerVisit int `yaml:"pages_per_visit"`
	// Archive says where raw pages are kept, and how long.
	Archive archive.Config `yaml:"archive"`
	// AuthorKeyFile holds the secret under which citizens' names are hashed.
	// Crawlers on several machines must have the same; without it the
	// environment's DIEMBAO_AUTHOR_KEY is used, or one made in the data folder.
	AuthorKeyFile string `yaml:"author_key_file"`
	// PublicURL is the address under which platforms reach this server:
	// webhooks and WebSub need it.
	PublicURL string `yaml:"public_url"`
	// PushToken is the bearer token of POST /v1/mentions.
	PushToken string `yaml:"push_token"`
	// Sources is the list.
	Sources []SourceConfig `yaml:"sources"`
}

// LeastAuthorKey is how many bytes the secret of AuthorKeyFile must have.
const LeastAuthorKey = 16

// Via is the way in which a source is heard.
type Via string

// The ways.
const (
	ViaFeed     Via = "feed"     // RSS, Atom, RDF, JSON Feed
	ViaSitemap  Via = "sitemap"  // sitemap, news sitemap, index of them
	ViaListing  Via = "listing"  // pages that list links
	ViaJSON     Via = "jsonapi"  // a JSON API, by mapping
	ViaWebSub   Via = "websub"   // a feed whose hub calls us
	ViaPush     Via = "push"     // POST /v1/mentions
	ViaImport   Via = "import"   // files and pasted links
	ViaYouTube  Via = "youtube"  // YouTube Data API v3
	ViaFacebook Via = "facebook" // webhooks and feed of the unit's own page
	ViaZalo     Via = "zalo"     // webhooks of the unit's own Zalo OA
)

// Vias lists the ways, in the order of the documentation.
func Vias() []Via {
	return []Via{ViaFeed, ViaSitemap, ViaListing, ViaJSON, ViaWebSub, ViaPush, ViaImport, ViaYouTube, ViaFacebook, ViaZalo}
}

// Polled reports whether the crawler goes and looks; the others come to us.
func (v Via) Polled() bool {
	switch v {
	case ViaFeed, ViaSitemap, ViaListing, ViaJSON, ViaWebSub, ViaYouTube, ViaFacebook:
		return true
	}
	return false
}

// SourceConfig is one source of the list.
type SourceConfig struct {
	ID     string       `yaml:"id"`     // [a-z0-9-]{1,64}, unique
	Outlet string       `yaml:"outlet"` // slug of the outlet; several sources may share one
	Name   string       `yaml:"name"`   // of the outlet, as people know it
	Kind   mention.Kind `yaml:"kind"`   // press, portal, social
	Via    Via          `yaml:"via"`
	URL    string       `yaml:"url"`
	// SourceType is one of the seven kinds of site of NĐ 147/2024; derived from
	// the host where it is empty and the grammar of NĐ 224/2026 allows.
	SourceType string `yaml:"source_type"`
	// Channel of what is found; default article (press, portal) or post.
	Channel mention.Channel `yaml:"channel"`
	// Importance from 1 to 5; 0 is 3. An important source is polled more often.
	Importance int `yaml:"importance"`
	// Every fixes the polling interval; 0 leaves it to the learned rhythm,
	// between 1 and 60 minutes.
	Every time.Duration `yaml:"every"`
	// Aliases are hosts the outlet used to have: links to them are its own.
	Aliases []string `yaml:"aliases"`
	// FullText says that the feed carries whole articles: no page is fetched.
	FullText bool `yaml:"full_text"`
	// Rules pick the parts of a page; without them the parts are found.
	Rules    *extract.Rules  `yaml:"rules"`
	Listing  *ListingConfig  `yaml:"listing"`
	JSON     *JSONConfig     `yaml:"json"`
	YouTube  *YouTubeConfig  `yaml:"youtube"`
	Facebook *FacebookConfig `yaml:"facebook"`
	Zalo     *ZaloConfig     `yaml:"zalo"`
	// Basis is the legal basis and purpose of collecting citizens' texts.
	Basis string `yaml:"basis"`
	// Verified says that `sources check` has passed.
	Verified bool `yaml:"verified"`
	// Off keeps a source in the list without visiting it.
	Off bool `yaml:"off"`
}

// ListingConfig tells how to walk pages that list links.
type ListingConfig struct {
	Links string `yaml:"links"` // CSS selector of the links to items
	Next  string `yaml:"next"`  // of the link to the next page; "" reads one page
	Pages int    `yaml:"pages"` // most pages a visit; default 1, or 5 with Next
}

// JSONConfig maps a JSON API. Paths are dotted: "data.items".
type JSONConfig struct {
	Items     string `yaml:"items"`     // path of the array; "" if the answer is one
	URL       string `yaml:"url"`       // field of the address, or a template with {field}
	ID        string `yaml:"id"`        // field of a post id; then no page is fetched
	Title     string `yaml:"title"`     //
	Lead      string `yaml:"lead"`      //
	Body      string `yaml:"body"`      // if set, no page is fetched
	Author    string `yaml:"author"`    //
	Published string `yaml:"published"` // Unix seconds or milliseconds (number or string), RFC 3339 or a Vietnamese form
}

// YouTubeConfig watches comments by the YouTube Data API v3.
type YouTubeConfig struct {
	Key      string   `yaml:"key"`
	Channels []string `yaml:"channels"` // channel ids whose videos are watched
	Videos   []string `yaml:"videos"`   // video ids
	Searches []string `yaml:"searches"` // search phrases; 100 searches a day for all
}

// FacebookConfig watches a page of the unit's own.
type FacebookConfig struct {
	Page        string `yaml:"page"`         // page id
	Token       string `yaml:"token"`        // page access token, for the feed
	AppSecret   string `yaml:"app_secret"`   // for X-Hub-Signature-256
	VerifyToken string `yaml:"verify_token"` // for the handshake
}

// ZaloConfig receives the messages sent to the unit's own Zalo OA.
type ZaloConfig struct {
	AppID  string `yaml:"app_id"`
	Secret string `yaml:"secret"` // OA secret key, for the mac header
}
