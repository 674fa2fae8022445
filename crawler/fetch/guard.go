package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// guard knows which targets may be reached.
type guard struct {
	hosts    map[string]string // name → dial address
	names    map[string]bool
	suffixes []string
	prefixes []netip.Prefix
}

func newGuard(hosts map[string]string, allow []string) (*guard, error) {
	g := &guard{hosts: map[string]string{}, names: map[string]bool{}}
	for name, address := range hosts {
		g.hosts[strings.ToLower(name)] = address
	}
	for _, entry := range allow {
		entry = strings.ToLower(strings.TrimSpace(entry))
		switch prefix, err := netip.ParsePrefix(entry); {
		case err == nil:
			g.prefixes = append(g.prefixes, prefix)
		case strings.ContainsAny(entry, "/ ") || entry == "" || entry == ".":
			return nil, fmt.Errorf("fetch: allow %q: want a host name, a .suffix or a prefix such as 10.1.0.0/16", entry)
		case strings.HasPrefix(entry, "."):
			g.suffixes = append(g.suffixes, entry)
		default:
			g.names[entry] = true
		}
	}
	return g, nil
}

// named reports whether the list of hosts or names makes the host reachable.
func (g *guard) named(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if _, ok := g.hosts[host]; ok || g.names[host] {
		return true
	}
	for _, s := range g.suffixes {
		if strings.HasSuffix(host, s) {
			return true
		}
	}
	return false
}

// check judges an address before anything is asked of it: what can be seen
// without DNS. The rest is judged when the connection is made.
func (g *guard) check(u *url.URL) error {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	switch {
	case u.Scheme != "http" && u.Scheme != "https", host == "", u.User != nil:
		return fmt.Errorf("%w: %s", ErrTarget, u.Redacted())
	case g.named(host):
		return nil
	}
	if ip, err := netip.ParseAddr(host); err == nil {
		return g.checkIP(ip)
	}
	if !strings.Contains(host, ".") || insideName(host) || looksNumeric(host) {
		return fmt.Errorf("%w: %s", ErrTarget, host)
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" && port != "8080" && port != "8443" {
		return fmt.Errorf("%w: port %s of %s", ErrTarget, port, host)
	}
	return nil
}

func insideName(host string) bool {
	for _, suffix := range []string{".localhost", ".local", ".internal", ".lan", ".home.arpa"} {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// looksNumeric catches spellings of addresses that resolvers accept: 127.1,
// 0x7f.0.0.1, 2130706433.
func looksNumeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	return last != "" && (last[0] >= '0' && last[0] <= '9')
}

// closed are the ranges that netip's own predicates do not name.
var closed = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"), netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("192.88.99.0/24"), netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"), netip.MustParsePrefix("203.0.113.0/24"), netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("64:ff9b:1::/48"), netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/32"), netip.MustParsePrefix("2001:db8::/32"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("fec0::/10"),
}

func (g *guard) checkIP(ip netip.Addr) error {
	ip = ip.WithZone("").Unmap()
	for _, p := range g.prefixes {
		if p.Contains(ip) {
			return nil
		}
	}
	bad := !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast()
	for _, p := range closed {
		bad = bad || p.Contains(ip)
	}
	if bad {
		return fmt.Errorf("%w: %s", ErrTarget, ip)
	}
	return nil
}

// transport dials by the rules. It knows no proxy: one would resolve names out
// of the guard's sight.
func (g *guard) transport() *http.Transport {
	strict := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: g.control}
	free := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			host, _, err := net.SplitHostPort(address)
			if err != nil {
				return nil, err
			}
			if mapped, ok := g.hosts[strings.ToLower(host)]; ok {
				return free.DialContext(ctx, network, mapped)
			}
			if g.named(host) {
				return free.DialContext(ctx, network, address)
			}
			return strict.DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           256,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
	}
}

// control sees the address that DNS gave, just before the connection.
func (g *guard) control(_, address string, _ syscall.RawConn) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	return g.checkIP(ip)
}
