package notify

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"

	"github.com/diembao/diembao/mention"
)

// Config is the channels of the user's file.
type Config struct {
	// Link is where the desk is reached, for the links in messages.
	Link     string          `yaml:"link"`
	Webhooks []WebhookConfig `yaml:"webhooks"`
	Mails    []MailConfig    `yaml:"mails"`
	// Sources names the channels told of sources that fall silent, fail, shrink
	// or have a broken clock; empty: none.
	Sources []string `yaml:"sources"`
}

// WebhookConfig is one webhook. Its address is the operator's own choice and
// may lie inside the network.
type WebhookConfig struct {
	Name   string `yaml:"name"`
	URL    string `yaml:"url"`
	Secret string `yaml:"secret"` // at least 16 characters; the key of the signature
}

// MailConfig is one mailing list.
type MailConfig struct {
	Name     string   `yaml:"name"`
	Host     string   `yaml:"host"`
	Port     int      `yaml:"port"` // 587
	TLS      string   `yaml:"tls"`  // starttls (default), tls, none
	User     string   `yaml:"user"` // empty: no login
	Password string   `yaml:"password"`
	From     string   `yaml:"from"`
	To       []string `yaml:"to"`
}

// Validate reports every problem with its path.
func (c Config) Validate(report func(path, message string)) {
	names := map[string]bool{OutboxName: true}
	for i, w := range c.Webhooks {
		at := func(field string) string { return fmt.Sprintf("webhooks[%d].%s", i, field) }
		name(w.Name, at("name"), names, report)
		if u, err := url.Parse(w.URL); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			report(at("url"), fmt.Sprintf("%q: want an http or https address", w.URL))
		}
		if len(w.Secret) < 16 {
			report(at("secret"), "want at least 16 characters")
		}
	}
	for i, m := range c.Mails {
		at := func(field string) string { return fmt.Sprintf("mails[%d].%s", i, field) }
		name(m.Name, at("name"), names, report)
		m.validate(func(field, message string) { report(at(field), message) })
	}
	c.Named("sources", c.Sources, report)
}

// Named reports every name of a list that is no channel of the configuration.
// The outbox is none: only the demo tells it.
func (c Config) Named(path string, list []string, report func(path, message string)) {
	var known []string
	for _, w := range c.Webhooks {
		known = append(known, w.Name)
	}
	for _, m := range c.Mails {
		known = append(known, m.Name)
	}
	there := "there are " + strings.Join(known, ", ")
	if len(known) == 0 {
		there = "there are none: add notify.webhooks or notify.mails"
	}
	for i, channel := range list {
		if !slices.Contains(known, channel) {
			report(fmt.Sprintf("%s[%d]", path, i), fmt.Sprintf("%q: no channel is called so; %s", channel, there))
		}
	}
}

func name(name, path string, taken map[string]bool, report func(path, message string)) {
	switch {
	case !mention.Slug(name):
		report(path, fmt.Sprintf("%q: want [a-z0-9-]{1,64}", name))
	case taken[name]:
		report(path, fmt.Sprintf("%q is already the name of a channel", name))
	}
	taken[name] = true
}

func (m MailConfig) validate(report func(field, message string)) {
	if m.Host == "" {
		report("host", "missing")
	}
	if m.Port < 0 || m.Port > 65535 {
		report("port", fmt.Sprintf("%d: want 1…65535", m.Port))
	}
	if !slices.Contains([]string{"", "starttls", "tls", "none"}, m.TLS) {
		report("tls", fmt.Sprintf("%q: want starttls, tls or none", m.TLS))
	}
	if m.Password != "" && m.TLS == "none" {
		report("password", "would be sent unencrypted: choose starttls or tls")
	}
	address := func(field, value string) {
		if _, err := mail.ParseAddress(value); err != nil {
			report(field, fmt.Sprintf("%q is not a mail address", value))
		}
	}
	address("from", m.From)
	if len(m.To) == 0 {
		report("to", "nobody is told")
	}
	for i, to := range m.To {
		address(fmt.Sprintf("to[%d]", i), to)
	}
}

// Open makes the channels of a configuration that Validate finds sound.
func (c Config) Open() ([]Channel, error) {
	var channels []Channel
	for _, w := range c.Webhooks {
		channels = append(channels, NewWebhook(w, c.Link))
	}
	for _, m := range c.Mails {
		m.Port = cmp.Or(m.Port, 587)
		channel, err := NewMail(m, c.Link)
		if err != nil {
			return nil, err
		}
		channels = append(channels, channel)
	}
	return channels, nil
}
