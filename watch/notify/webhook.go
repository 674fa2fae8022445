package notify

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// The headers of a webhook request.
const (
	HeaderID        = "Diembao-Id"        // the same at every retry
	HeaderTimestamp = "Diembao-Timestamp" // Unix seconds of this try
	HeaderSignature = "Diembao-Signature" // "v1=" and what Sign gives
)

// Webhook posts messages as JSON to one address.
type Webhook struct {
	config WebhookConfig
	link   string
	client *http.Client
}

// NewWebhook makes the channel of a sound configuration. Redirects are not
// followed: the signature is for the address that was configured.
func NewWebhook(c WebhookConfig, link string) *Webhook {
	client := &http.Client{
		Timeout:       20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return &Webhook{config: c, link: link, client: client}
}

// Name is the channel's.
func (w *Webhook) Name() string { return w.config.Name }

// Sign is the hexadecimal HMAC-SHA256 over timestamp, "." and body. A receiver
// computes it too, compares in constant time and refuses old timestamps.
func Sign(secret, timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// Send posts the message and wants a 2xx answer. What the receiver refuses as
// such (4xx, a redirect) is permanent; 408, 425, 429 and 5xx are tried again.
func (w *Webhook) Send(ctx context.Context, m watch.Message) error {
	l, err := Write(m, w.link)
	if err != nil {
		return stream.Permanent(err)
	}
	body, err := json.Marshal(struct {
		watch.Message
		Letter
	}{m, Letter{Subject: l.Subject, Text: l.Text}})
	if err != nil {
		return stream.Permanent(err)
	}
	request, err := w.request(ctx, m.ID, body)
	if err != nil {
		return stream.Permanent(err)
	}
	response, err := w.client.Do(request)
	if err != nil {
		return fmt.Errorf("webhook: post: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 64<<10))
	return answer(response.StatusCode)
}

func (w *Webhook) request(ctx context.Context, id string, body []byte) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, w.config.URL, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("webhook: %w", err)
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	request.Header.Set("Content-Type", "application/json; charset=utf-8")
	request.Header.Set("User-Agent", "diembao-webhook/1")
	request.Header.Set(HeaderID, id)
	request.Header.Set(HeaderTimestamp, timestamp)
	request.Header.Set(HeaderSignature, "v1="+Sign(w.config.Secret, timestamp, body))
	return request, nil
}

func answer(status int) error {
	switch {
	case status >= 200 && status < 300:
		return nil
	case status >= 500, status == http.StatusRequestTimeout, status == http.StatusTooEarly, status == http.StatusTooManyRequests:
		return fmt.Errorf("webhook: answered %d", status)
	}
	return stream.Permanent(fmt.Errorf("webhook: answered %d", status))
}
