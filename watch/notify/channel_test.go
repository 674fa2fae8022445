package notify_test

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net"
	"net/http"
	"net/http/httptest"
	netmail "net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch/notify"
	"github.com/diembao/diembao/watch/notify/channeltest"
)

func TestOutbox(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Side {
		bucket, err := stream.NewMemory().Bucket(t.Context(), stream.BucketState)
		if err != nil {
			t.Fatal(err)
		}
		o := notify.NewOutbox(bucket, "")
		return channeltest.Side{Channel: o, Received: func() (all []channeltest.Received) {
			list, err := o.List(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list {
				all = append(all, channeltest.Received{ID: s.ID, Subject: s.Message.Subject, Text: s.Message.Text, HTML: s.Message.HTML})
			}
			return all
		}}
	})
}

func TestOutboxIsBounded(t *testing.T) {
	bucket, err := stream.NewMemory().Bucket(t.Context(), stream.BucketState)
	if err != nil {
		t.Fatal(err)
	}
	o := notify.NewOutbox(bucket, "")
	for i := range 105 {
		m := channeltest.Sample()
		m.ID = fmt.Sprint("a:", i)
		if err := o.Send(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := o.List(t.Context()); err != nil || len(list) != 100 || list[0].ID != "a:104" {
		t.Errorf("%d messages, newest %q, %v; want 100 and a:104", len(list), list[0].ID, err)
	}
}

const secret = "mot-khoa-bi-mat-dai"

func TestWebhook(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Side {
		r := &receiver{t: t}
		server := httptest.NewServer(r)
		t.Cleanup(server.Close)
		return channeltest.Side{
			Channel:  notify.NewWebhook(notify.WebhookConfig{Name: "soc", URL: server.URL, Secret: secret}, ""),
			Received: r.list, Behave: r.behave,
		}
	})
}

// receiver is the other side of a webhook: it checks the signature itself.
type receiver struct {
	t    *testing.T
	mu   sync.Mutex
	got  []channeltest.Received
	mode channeltest.Mode
}

func (r *receiver) list() []channeltest.Received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]channeltest.Received(nil), r.got...)
}

func (r *receiver) behave(m channeltest.Mode) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.mode = m
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.mode != channeltest.Taking {
		w.WriteHeader(map[channeltest.Mode]int{channeltest.Busy: 503, channeltest.Refusing: 403}[r.mode])
		return
	}
	body, err := io.ReadAll(q.Body)
	if err != nil {
		r.t.Error(err)
	}
	timestamp := q.Header.Get(notify.HeaderTimestamp)
	if want := "v1=" + notify.Sign(secret, timestamp, body); q.Header.Get(notify.HeaderSignature) != want {
		r.t.Errorf("signature %q, want %q", q.Header.Get(notify.HeaderSignature), want)
	}
	var m struct{ ID, Subject, Text string }
	if err := json.Unmarshal(body, &m); err != nil {
		r.t.Error(err)
	}
	if id := q.Header.Get(notify.HeaderID); id != m.ID {
		r.t.Errorf("%s: %q, the body says %q", notify.HeaderID, id, m.ID)
	}
	r.got = append(r.got, channeltest.Received{ID: m.ID, Subject: m.Subject, Text: m.Text})
}

func TestSign(t *testing.T) {
	// echo -n '1758153600.{}' | openssl dgst -sha256 -hmac key
	const want = "657c0777692fe6cf13edcc2733fefb406eda53846f446177c9f29da090dc7c1e"
	got := notify.Sign("key", "1758153600", []byte("{}"))
	if len(got) != 64 {
		t.Errorf("%q is not the hexadecimal of 32 bytes", got)
	}
	if got == notify.Sign("key", "1758153601", []byte("{}")) || got == notify.Sign("other", "1758153600", []byte("{}")) {
		t.Error("time or key do not matter")
	}
	if got != want {
		t.Errorf("Sign = %s, want %s", got, want)
	}
}

func TestWebhookFollowsNoRedirect(t *testing.T) {
	var reached bool
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached = true }))
	defer inside.Close()
	server := httptest.NewServer(http.RedirectHandler(inside.URL, http.StatusTemporaryRedirect))
	defer server.Close()
	w := notify.NewWebhook(notify.WebhookConfig{Name: "soc", URL: server.URL, Secret: secret}, "")
	if err := w.Send(t.Context(), channeltest.Sample()); !stream.IsPermanent(err) || reached {
		t.Errorf("error %v, reached %v; want a refusal and nobody reached", err, reached)
	}
}

func TestMail(t *testing.T) {
	channeltest.Run(t, func(t *testing.T) channeltest.Side {
		s := newSMTP(t)
		c, err := notify.NewMail(notify.MailConfig{
			Name: "lanh-dao", Host: "127.0.0.1", Port: s.port, TLS: "none",
			From: "Điểm báo <diembao@so.example>", To: []string{"Lan <lan@so.example>", "minh@so.example"},
		}, "https://desk.example/")
		if err != nil {
			t.Fatal(err)
		}
		return channeltest.Side{Channel: c, Received: s.list, Behave: s.behave}
	})
}

// smtp is a mail server that keeps what it is given.
type smtp struct {
	t    *testing.T
	port int
	mu   sync.Mutex
	got  []channeltest.Received
	mode channeltest.Mode
	all  sync.WaitGroup
}

func newSMTP(t *testing.T) *smtp {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &smtp{t: t, port: listener.Addr().(*net.TCPAddr).Port}
	s.all.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			s.all.Go(func() { s.serve(conn) })
		}
	})
	t.Cleanup(func() { _ = listener.Close(); s.all.Wait() })
	return s
}

func (s *smtp) list() []channeltest.Received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]channeltest.Received(nil), s.got...)
}

func (s *smtp) behave(m channeltest.Mode) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mode = m
}

func (s *smtp) serve(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	in := bufio.NewReader(conn)
	say := func(line string) { _, _ = io.WriteString(conn, line+"\r\n") }
	say("220 thu.example ESMTP")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		switch verb := strings.ToUpper(strings.Fields(line + " .")[0]); verb {
		case "EHLO":
			say("250-thu.example\r\n250 8BITMIME")
		case "RCPT":
			s.mu.Lock()
			mode := s.mode
			s.mu.Unlock()
			say(map[channeltest.Mode]string{channeltest.Taking: "250 ok", channeltest.Busy: "451 try later", channeltest.Refusing: "550 no such user"}[mode])
		case "DATA":
			say("354 go on")
			s.take(in)
			say("250 taken")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

// take reads one mail to its final dot.
func (s *smtp) take(in *bufio.Reader) {
	var raw strings.Builder
	for {
		line, err := in.ReadString('\n')
		if err != nil || line == ".\r\n" {
			break
		}
		raw.WriteString(strings.TrimPrefix(line, "."))
	}
	m, err := netmail.ReadMessage(strings.NewReader(raw.String()))
	if err != nil {
		s.t.Error(err)
		return
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject"))
	if err != nil || m.Header.Get("Bcc") != "" {
		s.t.Errorf("subject %q (%v), Bcc %q", subject, err, m.Header.Get("Bcc"))
	}
	text, html := s.parts(m)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.got = append(s.got, channeltest.Received{ID: m.Header.Get("Message-ID"), Subject: subject, Text: text, HTML: html})
}

func (s *smtp) parts(m *netmail.Message) (text, html string) {
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil {
		s.t.Error(err)
		return "", ""
	}
	for parts := multipart.NewReader(m.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err != nil {
			return text, html
		}
		var body io.Reader = part
		switch part.Header.Get("Content-Transfer-Encoding") {
		case "quoted-printable":
			body = quotedprintable.NewReader(part)
		case "base64":
			body = base64.NewDecoder(base64.StdEncoding, part)
		}
		content, _ := io.ReadAll(body)
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			html = string(content)
		} else {
			text = strings.ReplaceAll(string(content), "\r\n", "\n")
		}
	}
}
