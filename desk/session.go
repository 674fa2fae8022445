package desk

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"
)

// sessionLife is how long a sign-in lasts: a working day and its evening.
const sessionLife = 12 * time.Hour

func newSessions(secure bool) *scs.SessionManager {
	s := scs.New()
	s.Lifetime = sessionLife
	s.Cookie.Name = "diembao"
	s.Cookie.HttpOnly = true
	s.Cookie.SameSite = http.SameSiteLaxMode
	s.Cookie.Secure = secure
	return s
}

// identify puts the person who is signed in into the request. The demo signs
// in whoever sits at this machine, and nobody else.
func (d *Desk) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.Demo {
			if loopback(r) {
				r = withPerson(r, demoPerson())
			}
		} else if name := d.sessions.GetString(r.Context(), "account"); name != "" {
			if p, ok := d.accounts.Lookup(name); ok {
				r = withPerson(r, p)
			}
		}
		next.ServeHTTP(w, r)
	})
}

// signedIn lets only people through whose role allows it.
func (d *Desk) signedIn(may func(*Person) bool, next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p := person(r)
		switch {
		case p == nil && d.Demo:
			d.refuse(w, r, http.StatusForbidden, "Bản trình diễn chỉ mở trên chính máy này (127.0.0.1).",
				"The demo opens on this very machine only (127.0.0.1).")
		case p == nil && r.Method == http.MethodGet:
			http.Redirect(w, r, "/signin?next="+url.QueryEscape(r.URL.RequestURI()), http.StatusSeeOther)
		case p == nil:
			http.Redirect(w, r, "/signin", http.StatusSeeOther)
		case !may(p):
			d.refuse(w, r, http.StatusForbidden, "Tài khoản này không có quyền làm việc đó.", "This account may not do that.")
		default:
			next(w, r)
		}
	}
}

type signinView struct {
	Frame
	Problem, Next string
}

// signinForm answers GET /signin.
func (d *Desk) signinForm(w http.ResponseWriter, r *http.Request) {
	v := signinView{Frame: d.frame(r, "", "Đăng nhập", "Sign in"), Next: localPath(r.URL.Query().Get("next"))}
	if d.accounts.Empty() {
		v.Problem = v.Lang.Say("Chưa có tài khoản nào. Tạo tài khoản đầu tiên bằng lệnh: diembao account add TÊN --role admin",
			"There is no account yet. Make the first one with: diembao account add NAME --role admin")
	}
	d.render(w, r, http.StatusOK, "signin", v)
}

// signin answers POST /signin.
func (d *Desk) signin(w http.ResponseWriter, r *http.Request) {
	v := signinView{Frame: d.frame(r, "", "Đăng nhập", "Sign in"), Next: localPath(r.PostFormValue("next"))}
	name := strings.TrimSpace(r.PostFormValue("name"))
	if !d.tries.allow(name) {
		v.Problem = v.Lang.Say("Thử quá nhiều lần. Đợi một phút rồi thử lại.", "Too many tries. Wait a minute and try again.")
		d.render(w, r, http.StatusTooManyRequests, "signin", v)
		return
	}
	p, err := d.accounts.Check(r.Context(), name, r.PostFormValue("password"))
	if errors.Is(err, ErrAccount) {
		v.Problem = v.Lang.Say("Tên hoặc mật khẩu không đúng.", "The name or the password is not right.")
		d.render(w, r, http.StatusUnauthorized, "signin", v)
		return
	}
	if err != nil {
		d.fail(w, r, err)
		return
	}
	if err := d.sessions.RenewToken(r.Context()); err != nil {
		d.fail(w, r, err)
		return
	}
	d.sessions.Put(r.Context(), "account", p.Account)
	http.Redirect(w, r, v.Next, http.StatusSeeOther)
}

// signout answers POST /signout.
func (d *Desk) signout(w http.ResponseWriter, r *http.Request) {
	if err := d.sessions.Destroy(r.Context()); err != nil {
		d.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/signin", http.StatusSeeOther)
}

// localPath keeps a redirect on this desk: "//elsewhere" and "/\elsewhere"
// are addresses of other hosts to a browser.
func localPath(s string) string {
	if !strings.HasPrefix(s, "/") || strings.HasPrefix(s, "//") || strings.ContainsAny(s, "\\\r\n\t") {
		return "/"
	}
	return s
}

// tries bounds how often the password of one name may be tried: five at once,
// then one every twelve seconds. At most a few thousand names are remembered.
type tries struct {
	mu sync.Mutex
	by map[string]*rate.Limiter
}

func (t *tries) allow(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.by == nil || len(t.by) > 4096 {
		t.by = map[string]*rate.Limiter{}
	}
	l := t.by[name]
	if l == nil {
		l = rate.NewLimiter(rate.Every(12*time.Second), 5)
		t.by[name] = l
	}
	return l.Allow()
}
