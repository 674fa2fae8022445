package desk

import (
	"net/http"
	"strings"

	"github.com/diembao/diembao/desk/page"
)

// maxForm bounds what a form may send, in bytes.
const maxForm = 64 << 10

// open prepares what a desk holds beside its options.
func (d *Desk) open() error {
	accounts, err := OpenAccounts(d.Ledger)
	if err != nil {
		return err
	}
	d.accounts = accounts
	d.fixes = newFixes(d.Ledger)
	d.sessions = newSessions(d.Secure)
	return nil
}

// Handler serves the whole desk: pages, API, static files, health, and the
// handlers of other areas that share the port.
func (d *Desk) Handler() http.Handler {
	mux := http.NewServeMux()
	d.routes(mux)
	d.api(mux)
	for pattern, h := range d.Extra {
		mux.Handle(pattern, h)
	}
	pages := d.sessions.LoadAndSave(d.identify(mux))
	root := http.NewServeMux()
	root.Handle("/", http.NewCrossOriginProtection().Handler(d.guard(pages)))
	// Live events stay open for hours: no session is loaded or saved for them
	// beyond what the stream needs, and nothing is buffered.
	root.Handle("GET /events", d.guard(d.live()))
	return root
}

func (d *Desk) routes(mux *http.ServeMux) {
	anyone := func(*Person) bool { return true }
	page := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, d.signedIn(anyone, h)) }
	page("GET /{$}", d.today)
	page("GET /search", d.search)
	page("GET /mention/{id}", d.mentionPage)
	page("GET /alerts", d.alertsPage)
	page("GET /alerts/{id}", d.alertPage)
	page("GET /digest", d.digestPage)
	page("GET /sources", d.sourcesPage)
	page("GET /outbox", d.outbox)
	page("/", func(w http.ResponseWriter, r *http.Request) {
		d.refuse(w, r, http.StatusNotFound, "Không có trang này.", "There is no such page.")
	})
	decide := func(pattern string, h http.HandlerFunc) { mux.Handle(pattern, d.signedIn((*Person).MayDecide, h)) }
	decide("POST /alerts/{id}/acknowledge", d.acknowledge)
	decide("POST /alerts/{id}/close", d.closeAlert)
	decide("POST /alerts/{id}/reopen", d.reopen)
	decide("POST /mention/{id}/correct", d.correct)
	mux.HandleFunc("GET /signin", d.signinForm)
	mux.HandleFunc("POST /signin", d.signin)
	mux.HandleFunc("POST /signout", d.signout)
	mux.Handle("GET /static/", static())
	mux.HandleFunc("GET /healthz", d.healthz)
}

// guard sets what every answer carries: nothing may be framed, loaded from
// elsewhere, or sniffed; forms post to this desk only. It bounds request
// bodies and remembers a chosen language.
func (d *Desk) guard(next http.Handler) http.Handler {
	const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		if r.Method == http.MethodPost && !strings.HasPrefix(r.URL.Path, "/v1/") && !strings.HasPrefix(r.URL.Path, "/hooks/") {
			r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		}
		keepLanguage(w, r, d.Secure)
		next.ServeHTTP(w, r)
	})
}

// live is the event stream behind the same sign-in as the pages.
func (d *Desk) live() http.Handler {
	anyone := func(*Person) bool { return true }
	stream := d.identify(d.signedIn(anyone, d.events))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token := ""
		if c, err := r.Cookie(d.sessions.Cookie.Name); err == nil {
			token = c.Value
		}
		ctx, err := d.sessions.Load(r.Context(), token)
		if err != nil {
			http.Error(w, "session", http.StatusInternalServerError)
			return
		}
		stream.ServeHTTP(w, r.WithContext(ctx))
	})
}

// healthz answers whether the desk can do its work: the index answers.
func (d *Desk) healthz(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	if err := d.Searcher.Ready(r.Context()); err != nil {
		d.Log.Warn("desk: health", "error", err)
		w.WriteHeader(http.StatusServiceUnavailable)
		w.Write([]byte(`{"status":"unavailable","index":"not answering"}` + "\n"))
		return
	}
	w.Write([]byte(`{"status":"ok"}` + "\n"))
}

func static() http.Handler { return page.Static() }
