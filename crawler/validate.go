package crawler

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
)

// Validate reports every mistake with its path, such as "sources[3].url".
func (c Config) Validate(report func(path, message string)) {
	if c.Contact == "" {
		report("contact", "phải có địa chỉ liên hệ (trang web hoặc thư điện tử) / a contact is required")
	}
	for path, d := range map[string]time.Duration{"delay": c.Delay} {
		if d < 0 {
			report(path, "không được âm / must not be negative")
		}
	}
	if c.PublicURL != "" && !webAddress(c.PublicURL) {
		report("public_url", notAnAddress(c.PublicURL))
	}
	c.Archive.Validate(func(path, message string) { report("archive."+path, message) })
	seen := map[string]int{}
	for i, s := range c.Sources {
		at := fmt.Sprintf("sources[%d]", i)
		s.Validate(func(path, message string) { report(at+"."+path, message) })
		if first, ok := seen[s.ID]; ok && s.ID != "" {
			report(at+".id", fmt.Sprintf("trùng với sources[%d] / same id as sources[%d]", first, first))
			continue
		}
		seen[s.ID] = i
	}
}

// Validate reports every mistake of one source.
func (s SourceConfig) Validate(report func(path, message string)) {
	if !mention.Slug(s.ID) {
		report("id", fmt.Sprintf("%q: chỉ gồm a–z, 0–9 và dấu gạch ngang, tối đa 64 / want [a-z0-9-]{1,64}", s.ID))
	}
	if !mention.Slug(s.Outlet) {
		report("outlet", fmt.Sprintf("%q: chỉ gồm a–z, 0–9 và dấu gạch ngang, tối đa 64 / want [a-z0-9-]{1,64}", s.Outlet))
	}
	if !s.Kind.Valid() {
		report("kind", fmt.Sprintf("%q: phải là press, portal hoặc social / want press, portal or social", s.Kind))
	}
	if !slices.Contains(Vias(), s.Via) {
		report("via", fmt.Sprintf("%q: không có cách thu thập này / want one of %v", s.Via, Vias()))
	}
	if s.SourceType != "" && !slices.Contains(SourceTypes(), s.SourceType) {
		report("source_type", fmt.Sprintf("%q: phải là một trong bảy loại / want one of %v", s.SourceType, SourceTypes()))
	}
	if s.Importance < 0 || s.Importance > 5 {
		report("importance", "phải từ 1 đến 5 / want 1 to 5")
	}
	if s.Every != 0 && (s.Every < time.Minute || s.Every > 24*time.Hour) {
		report("every", "phải từ 1m đến 24h / want 1m to 24h")
	}
	if s.Rules != nil {
		s.Rules.Validate(func(path, message string) { report("rules."+path, message) })
	}
	s.validateWay(report)
}

// validateWay checks what each way of hearing needs.
func (s SourceConfig) validateWay(report func(path, message string)) {
	switch s.Via {
	case ViaFeed, ViaSitemap, ViaListing, ViaJSON, ViaWebSub:
		if !webAddress(s.URL) {
			report("url", notAnAddress(s.URL))
		}
	}
	missing := func(path string, value string) {
		if value == "" {
			report(path, "phải có / is required")
		}
	}
	switch s.Via {
	case ViaListing:
		if s.Listing == nil || s.Listing.Links == "" {
			report("listing.links", "phải có bộ chọn CSS của các liên kết / a CSS selector of the links is required")
			break
		}
		checkSelector(report, "listing.links", s.Listing.Links)
		checkSelector(report, "listing.next", s.Listing.Next)
	case ViaJSON:
		if s.JSON == nil || s.JSON.URL == "" && s.JSON.ID == "" {
			report("json.url", "phải có url hoặc id / url or id is required")
		}
	case ViaYouTube:
		if y := s.YouTube; y == nil || len(y.Channels)+len(y.Videos)+len(y.Searches) == 0 {
			report("youtube", "phải có channels, videos hoặc searches / channels, videos or searches are required")
		} else {
			missing("youtube.key", y.Key)
		}
	case ViaFacebook:
		if s.Facebook == nil {
			report("facebook", "phải có page, token và app_secret / page, token and app_secret are required")
		} else {
			missing("facebook.page", s.Facebook.Page)
			missing("facebook.app_secret", s.Facebook.AppSecret)
			missing("facebook.verify_token", s.Facebook.VerifyToken)
		}
	case ViaZalo:
		if s.Zalo == nil {
			report("zalo", "phải có app_id và secret / app_id and secret are required")
		} else {
			missing("zalo.app_id", s.Zalo.AppID)
			missing("zalo.secret", s.Zalo.Secret)
		}
	}
}

func webAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Hostname() != "" && !strings.ContainsAny(s, " \t\n")
}

func notAnAddress(s string) string {
	return fmt.Sprintf("%q: phải là địa chỉ http(s) / want an http(s) address", s)
}
