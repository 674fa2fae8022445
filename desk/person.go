package desk

import (
	"context"
	"net"
	"net/http"

	"github.com/diembao/diembao/desk/words"
)

// Role is what an account may do. Each role may do what the one before it may.
type Role string

// The roles: reads; edits digests, corrects readings, takes and closes alerts;
// approves digests; manages accounts.
const (
	Reader   Role = "reader"
	Editor   Role = "editor"
	Approver Role = "approver"
	Admin    Role = "admin"
)

// rank orders the roles; an unknown role ranks below all and may do nothing.
func (r Role) rank() int {
	switch r {
	case Reader:
		return 1
	case Editor:
		return 2
	case Approver:
		return 3
	case Admin:
		return 4
	}
	return 0
}

// Valid reports whether r is one of the four roles.
func (r Role) Valid() bool { return r.rank() > 0 }

// Person is who looks at a page.
type Person struct {
	Account string // what the ledger records
	Name    string // what pages show
	Role    Role
}

// RoleName names the role for people.
func (p *Person) RoleName(l words.Lang) string {
	switch p.Role {
	case Reader:
		return l.Say("người xem", "reader")
	case Editor:
		return l.Say("biên tập", "editor")
	case Approver:
		return l.Say("người duyệt", "approver")
	case Admin:
		return l.Say("quản trị", "administrator")
	}
	return string(p.Role)
}

// MayEdit reports whether the person edits digests and corrects readings.
func (p *Person) MayEdit() bool { return p != nil && p.Role.rank() >= Editor.rank() }

// MayDecide reports whether the person takes and closes alerts.
func (p *Person) MayDecide() bool { return p.MayEdit() }

type personKey struct{}

// person is who the request was signed in as, or nil.
func person(r *http.Request) *Person {
	p, _ := r.Context().Value(personKey{}).(*Person)
	return p
}

func withPerson(r *http.Request, p *Person) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), personKey{}, p))
}

// demoPerson is who the demo signs in; only from this machine.
func demoPerson() *Person { return &Person{Account: "lan", Name: "Lan", Role: Approver} }

// loopback reports whether the request comes from this machine and was meant
// for it: a page elsewhere that makes the browser ask 127.0.0.1 under its own
// name is refused.
func loopback(r *http.Request) bool {
	return loopbackHost(r.RemoteAddr) && loopbackHost(r.Host) && r.Header.Get("X-Forwarded-For") == ""
}

func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = hostport
	}
	if host == "localhost" {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
