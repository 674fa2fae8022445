package social

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/fetch"
	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// FacebookOptions are the credentials of the unit's own page.
type FacebookOptions struct {
	Page        string
	Token       string // page access token; "" reads no feed
	AppSecret   string // for X-Hub-Signature-256
	VerifyToken string // for the handshake
	Endpoint    string // "" is the Graph API
}

const graph = "https://graph.facebook.com/v21.0"

// Facebook hears one page: by webhook at once, by its feed for what a webhook
// missed.
type Facebook struct {
	blank intake.Item
	o     FacebookOptions
}

// NewFacebook hears a page; blank is an item of its source.
func NewFacebook(blank intake.Item, o FacebookOptions) *Facebook {
	if o.Endpoint == "" {
		o.Endpoint = graph
	}
	return &Facebook{blank, o}
}

// Look reads the newest posts of the page with their comments.
func (f *Facebook) Look(ctx context.Context, v intake.Visit) (intake.Finding, error) {
	if f.o.Token == "" {
		return intake.Finding{NotModified: true}, nil
	}
	query := url.Values{"limit": {"50"}, "fields": {"id,message,created_time,permalink_url,from,comments.limit(100){id,message,created_time,from,parent{id}}"}}
	page, err := v.Fetch.Get(ctx, fetch.Request{URL: strings.TrimSuffix(f.o.Endpoint, "/") + "/" + url.PathEscape(f.o.Page) + "/feed?" + query.Encode(), API: true,
		Header: http.Header{"Authorization": {"Bearer " + f.o.Token}}})
	if err != nil {
		return intake.Finding{}, err
	}
	var answer struct {
		Data  list `json:"data"`
		Error *struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.Unmarshal(page.Body, &answer); err != nil {
		return intake.Finding{}, fmt.Errorf("social: facebook: %w", err)
	}
	if answer.Error != nil {
		return intake.Finding{}, f.refused(page, answer.Error.Message)
	}
	if page.Status >= 300 {
		return intake.Finding{}, f.refused(page, "no reason given")
	}
	var out intake.Finding
	for _, raw := range answer.Data {
		f.post(&out, raw, v.Now)
	}
	return out, nil
}

func (f *Facebook) refused(page *fetch.Page, why string) error {
	return fmt.Errorf("social: facebook: %s: %w", why, &fetch.StatusError{URL: f.o.Endpoint, Code: max(page.Status, 400)})
}

// node is a post or a comment of the feed.
type node struct {
	ID        word          `json:"id"`
	Message   string        `json:"message"`
	Created   stamp         `json:"created_time"`
	Permalink string        `json:"permalink_url"`
	From      object[being] `json:"from"`
	Parent    object[being] `json:"parent"`
	Comments  object[struct {
		Data list `json:"data"`
	}] `json:"comments"`
}

// being is whoever or whatever has an id.
type being struct {
	ID word `json:"id"`
}

func (f *Facebook) post(out *intake.Finding, raw json.RawMessage, now time.Time) {
	var n node
	if json.Unmarshal(raw, &n) != nil || n.ID == "" {
		out.Bad++
		return
	}
	if n.Message != "" {
		it := f.item(string(n.ID), mention.Post, n.Message, string(n.From.V.ID), n.Created.past(now))
		it.URL = n.Permalink
		out.Items = append(out.Items, it)
	}
	for _, raw := range n.Comments.V.Data {
		var c node
		if json.Unmarshal(raw, &c) != nil || c.ID == "" {
			out.Bad++
			continue
		}
		if c.Message == "" {
			continue
		}
		it := f.item(string(c.ID), mention.Comment, c.Message, string(c.From.V.ID), c.Created.past(now))
		parent := string(n.ID)
		if c.Parent.V.ID != "" {
			parent = string(c.Parent.V.ID)
		}
		it.Parent = mention.NewID(it.Kind, it.Outlet, parent)
		it.Thread = (&mention.Text{Body: viet.Clean(n.Message)}).Beginning()
		out.Items = append(out.Items, it)
	}
}

func (f *Facebook) item(id string, channel mention.Channel, message, author string, published time.Time) intake.Item {
	it := f.blank
	it.PostID, it.Channel, it.Author, it.Via, it.Complete = id, channel, author, "facebook", true
	it.Text = mention.Text{Body: viet.Clean(message), Published: published}
	if !published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "facebook", 1
	}
	return it
}

// Handler answers the webhook of the page: the handshake (GET) and signed
// deliveries (POST).
func (f *Facebook) Handler(receive intake.Receive) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			f.handshake(w, r)
			return
		}
		body, ok := delivery(w, r)
		if !ok {
			return
		}
		if !Signed(body, r.Header.Get("X-Hub-Signature-256"), f.o.AppSecret) {
			http.Error(w, "wrong signature", http.StatusForbidden)
			return
		}
		items, err := f.Changes(body, time.Now())
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		hand(w, r, receive, f.blank.Source, items)
	})
}

func (f *Facebook) handshake(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	given := q.Get("hub.verify_token")
	if q.Get("hub.mode") != "subscribe" || f.o.VerifyToken == "" || subtle.ConstantTimeCompare([]byte(given), []byte(f.o.VerifyToken)) != 1 {
		http.Error(w, "wrong verify token", http.StatusForbidden)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	fmt.Fprint(w, q.Get("hub.challenge"))
}

// Signed checks X-Hub-Signature-256: "sha256=" and the HMAC of the raw body.
func Signed(body []byte, header, secret string) bool {
	given, ok := strings.CutPrefix(header, "sha256=")
	mac, err := hex.DecodeString(given)
	if !ok || err != nil || secret == "" {
		return false
	}
	h := hmac.New(sha256.New, []byte(secret))
	h.Write(body)
	return hmac.Equal(mac, h.Sum(nil))
}

// change is the value of one change of the field "feed".
type change struct {
	Item      string        `json:"item"`
	Verb      string        `json:"verb"`
	PostID    word          `json:"post_id"`
	CommentID word          `json:"comment_id"`
	ParentID  word          `json:"parent_id"`
	Message   string        `json:"message"`
	Created   stamp         `json:"created_time"`
	Permalink string        `json:"permalink_url"`
	Link      string        `json:"link"`
	From      object[being] `json:"from"`
}

// Changes reads a delivery: new, edited and removed posts and comments.
// Reactions, hidden comments and texts without words are left out.
func (f *Facebook) Changes(body []byte, now time.Time) ([]intake.Item, error) {
	var d struct {
		Object string `json:"object"`
		Entry  []struct {
			Time    stamp `json:"time"`
			Changes list  `json:"changes"`
		} `json:"entry"`
	}
	if err := json.Unmarshal(body, &d); err != nil {
		return nil, fmt.Errorf("not the expected JSON: %w", err)
	}
	if d.Object != "page" {
		return nil, errors.New("object: want page")
	}
	var items []intake.Item
	for _, entry := range d.Entry {
		for _, raw := range entry.Changes {
			var one struct {
				Field string         `json:"field"`
				Value object[change] `json:"value"`
			}
			if json.Unmarshal(raw, &one) != nil || one.Field != "feed" {
				continue // one that makes no sense holds up no other
			}
			if it, ok := f.changed(one.Value.V, entry.Time, now); ok {
				items = append(items, it)
			}
		}
	}
	return items, nil
}

func (f *Facebook) changed(c change, sent stamp, now time.Time) (intake.Item, bool) {
	id, channel := c.PostID, mention.Post
	switch c.Item {
	case "comment":
		id, channel = c.CommentID, mention.Comment
	case "post", "status", "photo", "video", "share", "link":
	default:
		return intake.Item{}, false
	}
	at := c.Created
	if at.IsZero() {
		at = sent
	}
	it := f.item(string(id), channel, c.Message, string(c.From.V.ID), at.past(now))
	if channel == mention.Comment {
		it.Under = string(c.PostID)
	}
	if channel == mention.Comment && c.ParentID != "" {
		it.Parent = mention.NewID(it.Kind, it.Outlet, string(c.ParentID))
	}
	it.URL = c.Permalink
	switch c.Verb {
	case "remove":
		it.Removed, it.Text = true, mention.Text{}
	case "add", "edit", "edited":
		if it.Text.Body == "" {
			return it, false
		}
		// What is delivered late must not undo an edit or a removal.
		it.Opening = c.Verb == "add"
	default:
		return it, false
	}
	return it, id != ""
}
