package desk

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/diembao/diembao/desk/digest"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/watch"
)

// MentionsInput is the query of GET /api/v1/mentions.
type MentionsInput struct {
	Q        string   `query:"q" doc:"Words, \"phrases\", -not, OR, field:value; see docs/search.md" example:"bảng giá đất nơi:\"Thanh Hóa\""`
	From     string   `query:"from" doc:"From this time on: RFC 3339, or yyyy-mm-dd for the start of a Vietnamese day"`
	To       string   `query:"to" doc:"Before this time: RFC 3339, or yyyy-mm-dd for the end of that day"`
	Policy   []string `query:"policy,explode" doc:"Policy ids of the registry; alternatives"`
	Tone     []string `query:"tone,explode" doc:"pos, neu, neg, or unsure; alternatives"`
	Kind     []string `query:"kind,explode" doc:"press, portal, social"`
	Outlet   []string `query:"outlet,explode"`
	Topic    []string `query:"topic,explode"`
	Act      []string `query:"act,explode"`
	Place    []string `query:"place,explode" doc:"Names of today's provinces"`
	Document []string `query:"doc,explode" doc:"Canonical document keys: 70/2025/NĐ-CP"`
	Relevant string   `query:"relevant" enum:"1,0" doc:"Only what is (1) or is not (0) about public policy"`
	Fold     bool     `query:"fold" doc:"One item a group of copies"`
	Sort     string   `query:"sort" enum:"time,relevance,oldest" default:"time"`
	Limit    int      `query:"limit" minimum:"1" maximum:"1000" default:"20"`
	Cursor   string   `query:"cursor" doc:"next of the page before"`
}

// MentionsBody is a page of mentions.
type MentionsBody struct {
	Total int           `json:"total" doc:"All that match, exact"`
	Items []MentionItem `json:"items"`
	Next  string        `json:"next" doc:"Cursor of the next page; empty at the end"`
}

// MentionItem is one mention as the API gives it.
type MentionItem struct {
	ID        mention.ID       `json:"id"`
	Title     string           `json:"title"`
	Outlet    string           `json:"outlet"`
	Name      string           `json:"outlet_name"`
	Kind      string           `json:"kind"`
	Channel   string           `json:"channel"`
	Published *time.Time       `json:"published" doc:"null where it is not known"`
	Found     time.Time        `json:"found"`
	URL       string           `json:"url"`
	Lead      string           `json:"lead"`
	Body      string           `json:"body"`
	Revision  int64            `json:"revision"`
	Removed   bool             `json:"removed"`
	Group     string           `json:"group" doc:"Names the group of copies"`
	Copies    int              `json:"copies"`
	Different bool             `json:"different" doc:"A copy whose figures differ from the first's"`
	Reading   *mention.Reading `json:"reading"`
}

type mentionsOutput struct{ Body MentionsBody }
type alertsOutput struct{ Body AlertsBody }
type digestOutput struct{ Body *digest.Digest }
type sourcesOutput struct{ Body SourcesBody }

// AlertsBody lists alerts, open ones first.
type AlertsBody struct {
	Total int           `json:"total"`
	Items []watch.Alert `json:"items"`
}

// SourcesBody lists the sources and their state.
type SourcesBody struct {
	Total int          `json:"total"`
	Items []SourceItem `json:"items"`
}

// SourceItem is the state of one source as the API gives it.
type SourceItem struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Outlet string     `json:"outlet"`
	Kind   string     `json:"kind"`
	Via    string     `json:"via"`
	State  string     `json:"state"`
	Since  *time.Time `json:"since"`
	Asked  *time.Time `json:"asked"`
	Heard  *time.Time `json:"heard"`
	Newest *time.Time `json:"newest"`
	Gap    int64      `json:"gap_seconds"`
	Error  string     `json:"error"`
}

// api adds the JSON API and its OpenAPI description at /api/openapi.json.
func (d *Desk) api(mux *http.ServeMux) {
	config := huma.DefaultConfig("diembao", "1")
	config.OpenAPIPath = "/api/openapi"
	config.DocsPath, config.SchemasPath = "", "/api/schemas"
	config.CreateHooks = nil // no $schema field in answers
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{"token": {Type: "http", Scheme: "bearer"}}
	config.Security = []map[string][]string{{"token": {}}}
	a := humago.New(mux, config)
	a.UseMiddleware(d.tokenOrPerson(a))
	huma.Get(a, "/api/v1/mentions", d.apiMentions)
	huma.Get(a, "/api/v1/alerts", d.apiAlerts)
	huma.Get(a, "/api/v1/digests/today", d.apiDigest)
	huma.Get(a, "/api/v1/sources", d.apiSources)
}

// tokenOrPerson lets a bearer token in, or whoever is signed in to the pages.
func (d *Desk) tokenOrPerson(a huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		r, _ := humago.Unwrap(ctx)
		if person(r) != nil || d.token(ctx.Header("Authorization")) {
			next(ctx)
			return
		}
		if err := huma.WriteErr(a, ctx, http.StatusUnauthorized, "want Authorization: Bearer TOKEN"); err != nil {
			d.Log.Warn("desk: api", "error", err)
		}
	}
}

func (d *Desk) token(header string) bool {
	given, ok := strings.CutPrefix(header, "Bearer ")
	for _, t := range d.Tokens {
		if ok && t != "" && subtle.ConstantTimeCompare([]byte(given), []byte(t)) == 1 {
			return true
		}
	}
	return false
}

func (d *Desk) apiMentions(ctx context.Context, in *MentionsInput) (*mentionsOutput, error) {
	req, err := in.request()
	if err != nil {
		return nil, huma.Error400BadRequest(err.Error())
	}
	page, err := d.Searcher.Search(ctx, req)
	if err != nil {
		return nil, d.apiError(err)
	}
	out := &mentionsOutput{Body: MentionsBody{Total: page.Total, Next: page.Next, Items: []MentionItem{}}}
	for _, h := range page.Hits {
		out.Body.Items = append(out.Body.Items, mentionItem(h))
	}
	return out, nil
}

func (in *MentionsInput) request() (query.Request, error) {
	req := query.Request{Text: in.Q, Sort: query.Sort(in.Sort), Limit: in.Limit, Cursor: in.Cursor, Fold: in.Fold,
		Filter: query.Filter{Policies: in.Policy, Tones: in.Tone, Kinds: in.Kind, Outlets: in.Outlet, Topics: in.Topic,
			Acts: in.Act, Places: in.Place, Documents: in.Document}}
	if in.Relevant != "" {
		about := in.Relevant == "1"
		req.Relevant = &about
	}
	var err error
	if req.From, err = instant(in.From, 0); err != nil {
		return req, errors.New("from: " + err.Error())
	}
	if req.To, err = instant(in.To, 1); err != nil {
		return req, errors.New("to: " + err.Error())
	}
	return req, nil
}

// instant reads RFC 3339, or a day, to which days are added.
func instant(s string, days int) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	if t := day(s); !t.IsZero() {
		return t.AddDate(0, 0, days), nil
	}
	return time.Time{}, errors.New("want RFC 3339 or yyyy-mm-dd")
}

// apiError tells the caller's mistakes apart from ours.
func (d *Desk) apiError(err error) error {
	var mistake *query.ParseError
	if errors.As(err, &mistake) {
		return huma.Error400BadRequest("q: " + mistake.Error())
	}
	if errors.Is(err, query.ErrCursor) {
		return huma.Error400BadRequest("cursor: " + err.Error())
	}
	d.Log.Error("desk: api", "error", err)
	return huma.Error500InternalServerError("the index did not answer")
}

func mentionItem(h query.Hit) MentionItem {
	m := h.Mention
	return MentionItem{ID: m.ID, Title: m.Text.Title, Outlet: m.Origin.Outlet, Name: m.Origin.OutletName,
		Kind: string(m.Origin.Kind), Channel: string(m.Origin.Channel), Published: timeOrNil(m.Text.Published),
		Found: m.Origin.Found, URL: m.Origin.URL, Lead: m.Text.Lead, Body: m.Text.Body, Revision: m.Revision,
		Removed: m.Origin.Removed, Group: h.Group, Copies: h.Copies, Different: h.Different, Reading: m.Reading}
}

// timeOrNil is nil for a time that is not known.
func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

func (d *Desk) apiAlerts(_ context.Context, _ *struct{}) (*alertsOutput, error) {
	items := d.alertsIn(watch.Open, watch.Acknowledged, watch.Closed)
	if items == nil {
		items = []watch.Alert{}
	}
	return &alertsOutput{Body: AlertsBody{Total: len(items), Items: items}}, nil
}

func (d *Desk) apiDigest(ctx context.Context, _ *struct{}) (*digestOutput, error) {
	made, err := digest.Compose(ctx, d.Searcher, d.Digest, d.Now())
	if err != nil {
		return nil, d.apiError(err)
	}
	return &digestOutput{Body: made}, nil
}

func (d *Desk) apiSources(ctx context.Context, _ *struct{}) (*sourcesOutput, error) {
	out := &sourcesOutput{Body: SourcesBody{Items: []SourceItem{}}}
	if d.Sources == nil {
		return out, nil
	}
	all, err := d.Sources(ctx)
	if err != nil {
		return nil, d.apiError(err)
	}
	for _, s := range all {
		out.Body.Items = append(out.Body.Items, SourceItem{ID: s.ID, Name: s.Name, Outlet: s.Outlet, Kind: s.Kind,
			Via: s.Via, State: s.State, Since: timeOrNil(s.Since), Asked: timeOrNil(s.Asked), Heard: timeOrNil(s.Heard),
			Newest: timeOrNil(s.Newest), Gap: int64(s.Gap / time.Second), Error: s.Error})
	}
	out.Body.Total = len(out.Body.Items)
	return out, nil
}
