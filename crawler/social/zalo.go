package social

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/diembao/diembao/crawler/intake"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// ZaloOptions are the credentials of the unit's own official account.
type ZaloOptions struct {
	AppID  string
	Secret string // OA secret key
}

// Zalo receives the messages of one official account.
type Zalo struct {
	blank intake.Item
	o     ZaloOptions
}

// NewZalo receives for an account; blank is an item of its source.
func NewZalo(blank intake.Item, o ZaloOptions) *Zalo { return &Zalo{blank, o} }

// event is a delivery.
type event struct {
	AppID     word          `json:"app_id"`
	UserByApp word          `json:"user_id_by_app"`
	Name      string        `json:"event_name"`
	Timestamp word          `json:"timestamp"` // milliseconds, as string or number
	Sender    object[being] `json:"sender"`
	Message   object[struct {
		Text  string `json:"text"`
		MsgID word   `json:"msg_id"`
		Quote word   `json:"quote_msg_id"`
	}] `json:"message"`
}

// Handler answers the webhook: signed deliveries only. Events that are no
// messages with words (follow, tags, pictures alone) are acknowledged.
func (z *Zalo) Handler(receive intake.Receive) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, ok := delivery(w, r)
		if !ok {
			return
		}
		var e event
		if err := json.Unmarshal(body, &e); err != nil {
			http.Error(w, fmt.Sprintf("not the expected JSON: %v", err), http.StatusBadRequest)
			return
		}
		if string(e.AppID) != z.o.AppID || !z.signed(body, string(e.Timestamp), r.Header.Get("X-ZEvent-Signature")) {
			http.Error(w, "wrong signature", http.StatusForbidden)
			return
		}
		var items []intake.Item
		if it, ok := z.item(e, time.Now()); ok {
			items = append(items, it)
		}
		hand(w, r, receive, z.blank.Source, items)
	})
}

// Mac is the plain SHA-256 over app id, raw body, timestamp and secret, as the
// platform computes it.
func Mac(appID string, body []byte, timestamp, secret string) string {
	sum := sha256.Sum256([]byte(appID + string(body) + timestamp + secret))
	return hex.EncodeToString(sum[:])
}

func (z *Zalo) signed(body []byte, timestamp, header string) bool {
	given, ok := strings.CutPrefix(header, "mac=")
	want := Mac(z.o.AppID, body, timestamp, z.o.Secret)
	return ok && z.o.Secret != "" && subtle.ConstantTimeCompare([]byte(strings.ToLower(given)), []byte(want)) == 1
}

func (z *Zalo) item(e event, now time.Time) (intake.Item, bool) {
	it := z.blank
	if !strings.HasPrefix(e.Name, "user_send_") && !strings.HasPrefix(e.Name, "oa_send_") || e.Message.V.MsgID == "" {
		return it, false
	}
	it.PostID, it.Channel, it.Via, it.Complete = string(e.Message.V.MsgID), mention.Message, "zalo", true
	it.Author = string(e.Sender.V.ID)
	if e.UserByApp != "" && strings.HasPrefix(e.Name, "user_") {
		it.Author = string(e.UserByApp)
	}
	if e.Message.V.Quote != "" {
		it.Under = string(e.Message.V.Quote)
		it.Parent = mention.NewID(it.Kind, it.Outlet, string(e.Message.V.Quote))
	}
	it.Text.Body = viet.Clean(e.Message.V.Text)
	var at stamp
	_ = at.UnmarshalJSON([]byte(e.Timestamp)) // never fails
	if it.Text.Published = at.past(now); !it.Text.Published.IsZero() {
		it.Text.PublishedFrom, it.Text.PublishedConfidence = "zalo", 1
	}
	return it, it.Text.Body != ""
}
