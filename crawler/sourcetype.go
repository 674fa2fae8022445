package crawler

import (
	"strings"

	"github.com/diembao/diembao/mention"
)

// The seven kinds of site of NĐ 147/2024/NĐ-CP.
const (
	TypeNewspaper  = "bao-dien-tu"   // báo điện tử
	TypeAggregator = "ttdt-tong-hop" // trang thông tin điện tử tổng hợp
	TypeInternal   = "ttdt-noi-bo"   // trang thông tin điện tử nội bộ
	TypePersonal   = "ttdt-ca-nhan"  // trang thông tin điện tử cá nhân
	TypeSpecial    = "chuyen-nganh"  // trang thông tin điện tử ứng dụng chuyên ngành
	TypeNetwork    = "mang-xa-hoi"   // mạng xã hội
	TypePortal     = "cong-ttdt"     // cổng thông tin điện tử của cơ quan nhà nước
)

// SourceTypes lists the seven.
func SourceTypes() []string {
	return []string{TypeNewspaper, TypeAggregator, TypeInternal, TypePersonal, TypeSpecial, TypeNetwork, TypePortal}
}

// TypeOf derives the kind of site from its host and the source's kind, as far
// as the domain grammar of NĐ 224/2026 (Điều 11.4) allows: what lies below
// .gov.vn is a portal of a state body, whatever its name. "" where the host
// does not tell.
func TypeOf(kind mention.Kind, host string) string {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	switch {
	case host == "hochiminhcity.gov.vn" || host == "gov.vn" || strings.HasSuffix(host, ".gov.vn"),
		strings.HasSuffix(host, ".chinhphu.vn") || host == "chinhphu.vn" || host == "quochoi.vn":
		return TypePortal
	case kind == mention.Press:
		return TypeNewspaper
	case kind == mention.Social && network(host):
		return TypeNetwork
	}
	return ""
}

func network(host string) bool {
	for _, domain := range []string{"facebook.com", "youtube.com", "zalo.me", "tiktok.com"} {
		if host == domain || strings.HasSuffix(host, "."+domain) {
			return true
		}
	}
	return false
}

// Level says whose portal a host of the grammar is: "bo" (ministry or branch),
// "tinh" (province), "coquan" (a body of either), "xa" cannot be told from
// "coquan" without the register, so both are "coquan"; "" for other hosts.
func Level(host string, provinces map[string]bool) string {
	name, ok := strings.CutSuffix(strings.TrimPrefix(strings.ToLower(host), "www."), ".gov.vn")
	switch labels := strings.Split(name, "."); {
	case !ok || name == "":
		return ""
	case len(labels) > 1:
		return "coquan"
	case provinces[labels[0]] || labels[0] == "hochiminhcity":
		return "tinh"
	}
	return "bo"
}

// HostType is the kind of site of a source as configured or derived.
func HostType(c SourceConfig) string {
	if c.SourceType != "" {
		return c.SourceType
	}
	return TypeOf(c.Kind, hostOf(c.URL))
}
