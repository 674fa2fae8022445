package main

import (
	"encoding/json"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/indexer/estest"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/stream"
)

// natsServer is a NATS server of its own on loopback, with its address and the
// file of its token.
func natsServer(t *testing.T) (url, tokenFile string) {
	t.Helper()
	dir := t.TempDir()
	server, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	var a struct{ URL, Token string }
	data, err := os.ReadFile(filepath.Join(dir, "holder.json"))
	if err == nil {
		err = json.Unmarshal(data, &a)
	}
	if err != nil {
		t.Fatal(err)
	}
	if a.URL == "" {
		t.Fatal("the embedded server's address is not in its folder")
	}
	return a.URL, file(t, "token", a.Token+"\n")
}

// Two processes of each stage share the work against one NATS server and one
// Elasticsearch: everything arrives once, and one alert opens an alarm, not two.
func TestStagesInSeveralProcesses(t *testing.T) {
	if testing.Short() {
		t.Skip("stages: runs without -short only")
	}
	elastic := estest.Start(t)
	url, token := natsServer(t)
	press, err := openPress(t.Context(), t.TempDir(), time.Hour)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(press.close)
	stage := func(only ...string) *app {
		t.Helper()
		c := demoConfig(t.TempDir(), "127.0.0.1:0")
		c.Processor.Careful = processor.CarefulOff
		c.NATS = configs.NATSConfig{URL: url, TokenFile: token}
		c.Index = configs.Index{URL: elastic, Name: "cluster-test"}
		a, err := newApp(t.Context(), appOptions{Config: c, Only: only, Demo: press, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := a.Stop(); err != nil {
				t.Error(err)
			}
		})
		return a
	}
	var last *app
	for range 2 {
		stage("crawler")
		stage("processor")
		stage("indexer")
		stage("watch")
		last = stage("desk")
	}
	all := press.there(time.Now())
	eventually(t, 4*time.Minute, "every item is in Elasticsearch once", func() bool { return last.indexed(t) == all })
	var alerts desk.AlertsBody
	eventually(t, 2*time.Minute, "an alert", func() bool { last.get(t, "/api/v1/alerts", &alerts); return alerts.Total > 0 })
	seen := map[string]bool{}
	for _, a := range alerts.Items {
		if seen[a.Policy] {
			t.Errorf("two alerts about %s", a.Policy)
		}
		seen[a.Policy] = true
	}
}
