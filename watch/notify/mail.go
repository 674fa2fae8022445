package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"

	"github.com/wneessen/go-mail"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/watch"
)

// Mail sends messages by SMTP, as text with an HTML form beside it.
type Mail struct {
	config MailConfig
	link   string
	client *mail.Client
}

// NewMail makes the channel of a sound configuration. It does not connect.
func NewMail(c MailConfig, link string) (*Mail, error) {
	options := []mail.Option{mail.WithPort(c.Port), mail.WithTimeout(patience)}
	switch c.TLS {
	case "tls":
		options = append(options, mail.WithSSL())
	case "none":
		options = append(options, mail.WithTLSPolicy(mail.NoTLS))
	default:
		options = append(options, mail.WithTLSPolicy(mail.TLSMandatory))
	}
	if c.User != "" {
		options = append(options, mail.WithSMTPAuth(mail.SMTPAuthAutoDiscover), mail.WithUsername(c.User), mail.WithPassword(c.Password))
	}
	client, err := mail.NewClient(c.Host, options...)
	if err != nil {
		return nil, fmt.Errorf("notify: mail %s: %w", c.Name, err)
	}
	return &Mail{config: c, link: link, client: client}, nil
}

// Name is the channel's.
func (c *Mail) Name() string { return c.config.Name }

// Send returns nil once the server has taken the mail for every recipient.
// What the server refuses for good (5xx) is permanent.
func (c *Mail) Send(ctx context.Context, m watch.Message) error {
	letter, err := c.compose(m)
	if err != nil {
		return stream.Permanent(err)
	}
	if err := c.client.DialAndSendWithContext(ctx, letter); err != nil {
		failed := fmt.Errorf("mail: send: %w", err)
		if refused := (*mail.SendError)(nil); errors.As(err, &refused) && refused.ErrorCode() >= 500 {
			return stream.Permanent(failed)
		}
		return failed
	}
	return nil
}

func (c *Mail) compose(m watch.Message) (*mail.Msg, error) {
	l, err := Write(m, c.link)
	if err != nil {
		return nil, err
	}
	letter := mail.NewMsg()
	if err := letter.From(c.config.From); err != nil {
		return nil, fmt.Errorf("mail: from: %w", err)
	}
	if err := letter.To(c.config.To...); err != nil {
		return nil, fmt.Errorf("mail: to: %w", err)
	}
	letter.Subject(l.Subject)
	letter.SetDate()
	letter.SetMessageIDWithValue(c.messageID(m.ID))
	letter.SetGenHeader("Auto-Submitted", "auto-generated")
	letter.SetBodyString(mail.TypeTextPlain, l.Text)
	letter.AddAlternativeString(mail.TypeTextHTML, l.HTML)
	return letter, nil
}

// messageID is the same at every try, so that mail programs show one mail.
func (c *Mail) messageID(id string) string {
	domain := "diembao.invalid"
	if from, err := netmail.ParseAddress(c.config.From); err == nil {
		domain = from.Address[strings.LastIndex(from.Address, "@")+1:]
	}
	sum := sha256.Sum256([]byte(c.config.Name + " " + id))
	return hex.EncodeToString(sum[:16]) + "@" + domain
}
