package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/cobra"

	"github.com/diembao/diembao/configs"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/processor/train"
	"github.com/diembao/diembao/viet"
)

// textIn is a line that `diembao read` takes. A whole text without parts may
// stand in text: its first line is the title where it looks like one. Without
// a kind, a text with a channel of citizens ("facebook") is social.
type textIn struct {
	ID        string          `json:"id"`
	Title     string          `json:"title"`
	Lead      string          `json:"lead"`
	Body      string          `json:"body"`
	Text      string          `json:"text"`
	Published string          `json:"published"`
	Kind      mention.Kind    `json:"kind"`
	Channel   mention.Channel `json:"channel"`
	Outlet    string          `json:"outlet"`
	Thread    string          `json:"thread"` // beginning of the text it is written under
}

// textOut is a line that it prints.
type textOut struct {
	ID      string           `json:"id"`
	Reading *mention.Reading `json:"reading,omitempty"`
	Error   string           `json:"error,omitempty"`
}

func newRead() *cobra.Command {
	var quick bool
	var config string
	c := &cobra.Command{
		Use: "read [FILE]", Args: cobra.MaximumNArgs(1),
		Short: `texts in ({"id","title","body","published","kind",…} a line) → their reading out, all steps, no server`,
		Long: `Reads JSON lines from FILE or standard input and prints {"id","reading"} a line,
in the same order. It reads carefully; --quick shows the quick reading alone. A
line that is no JSON, or a text that must not be read (it is marked secret),
gives {"id","error"} and the exit code 2; the others are read all the same.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name := "-"
			if len(args) > 0 {
				name = args[0]
			}
			return readTexts(cmd, name, config, quick)
		},
	}
	c.Flags().BoolVar(&quick, "quick", false, "the quick reading only")
	c.Flags().StringVar(&config, "config", "", "configuration whose registry is used; without it, the one that ships")
	return c
}

// readChunk is how many texts are read together: the careful steps gather
// texts of like length.
const readChunk = 64

func readTexts(cmd *cobra.Command, name, config string, quick bool) error {
	r, err := offlineReaders(config, quick, slog.New(slog.NewTextHandler(cmd.ErrOrStderr(), nil)))
	if err != nil {
		return err
	}
	in, err := openInput(name, cmd.InOrStdin())
	if err != nil {
		return usage(err)
	}
	t := &texts{ctx: cmd.Context(), readers: r, out: bufio.NewWriter(cmd.OutOrStdout())}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, maxLine)
	for lines.Scan() {
		if err := t.add(lines.Bytes()); err != nil {
			return err
		}
	}
	cut := lines.Err()
	if errors.Is(cut, bufio.ErrTooLong) {
		cut = usage(fmt.Errorf("read: the text after number %d: a line longer than %d MiB", t.count, maxLine>>20))
	}
	if err := errors.Join(cut, t.flush(), t.out.Flush()); err != nil {
		return err
	}
	if t.bad > 0 {
		return usage(fmt.Errorf("read: %d of %d texts could not be read", t.bad, t.count))
	}
	return nil
}

// maxLine bounds a line of `diembao read`, in bytes.
const maxLine = 16 << 20

func offlineReaders(config string, quick bool, log *slog.Logger) (*readers, error) {
	var files configs.RegistryFiles
	base := ""
	mode := processor.Config{Careful: processor.CarefulAll}
	if config != "" {
		c, err := configs.Load(config)
		if err != nil {
			return nil, usage(err)
		}
		files, base, mode.Outside = c.Registry, c.Base, c.Processor.Outside
	}
	if quick {
		mode.Careful = processor.CarefulOff
	}
	return loadReaders(files, mode, base, log)
}

// texts gathers lines into chunks and prints their readings in order.
type texts struct {
	ctx        context.Context
	readers    *readers
	out        *bufio.Writer
	ids        []string
	mentions   []*mention.Mention // nil where the line was no text
	errors     []error
	count, bad int
}

func (t *texts) add(line []byte) error {
	if line = bytes.TrimSpace(line); len(line) == 0 {
		return nil
	}
	t.count++
	var in textIn
	err := json.Unmarshal(line, &in)
	var m *mention.Mention
	if err == nil {
		m, err = in.mention()
	} else {
		err = fmt.Errorf("line %d: %w", t.count, err)
	}
	t.ids, t.mentions, t.errors = append(t.ids, in.ID), append(t.mentions, m), append(t.errors, err)
	if len(t.ids) >= readChunk {
		return t.flush()
	}
	return nil
}

func (t *texts) flush() error {
	var sound []*mention.Mention
	var at []int
	for i, m := range t.mentions {
		if m != nil {
			sound, at = append(sound, m), append(at, i)
		}
	}
	for k, err := range t.readers.read(t.ctx, sound) {
		t.errors[at[k]] = err
	}
	for i, id := range t.ids {
		line := textOut{ID: id}
		if t.errors[i] != nil {
			line.Error = t.errors[i].Error()
			t.bad++
		} else {
			line.Reading = t.mentions[i].Reading
		}
		if err := printJSON(t.out, line); err != nil {
			return err
		}
	}
	t.ids, t.mentions, t.errors = nil, nil, nil
	return t.ctx.Err()
}

// read reads quickly and, where the readers have it, carefully.
func (r *readers) read(ctx context.Context, ms []*mention.Mention) []error {
	errs := r.quick.ReadAll(ctx, ms)
	if r.careful == nil {
		return errs
	}
	var again []*mention.Mention
	var at []int
	for i, m := range ms {
		if errs[i] == nil {
			again, at = append(again, m), append(at, i)
		}
	}
	for k, err := range r.careful.ReadAll(ctx, again) {
		errs[at[k]] = err
	}
	return errs
}

// mention makes the record that the crawler would have made of the text.
func (in textIn) mention() (*mention.Mention, error) {
	if in.Kind != "" && !in.Kind.Valid() {
		return nil, fmt.Errorf("kind %q: want press, portal or social", in.Kind)
	}
	o := in.origin()
	m := &mention.Mention{Schema: mention.Schema, ID: mention.NewID(o.Kind, o.Outlet, in.ID), Revision: o.Found.Unix(), Origin: o}
	m.Text = mention.Text{Title: viet.Clean(in.Title), Lead: viet.Clean(in.Lead), Body: viet.Clean(in.Body)}
	switch text := viet.Clean(in.Text); {
	case m.Text.Body != "":
	case m.Text.Title != "":
		m.Text.Body = text
	default:
		m.Text.Title, m.Text.Body = train.Split(text, o.Kind)
	}
	if in.Published != "" {
		at, err := parseTime(in.Published)
		if err != nil {
			return nil, fmt.Errorf("published %q: want RFC 3339 or yyyy-mm-dd", in.Published)
		}
		m.Text.Published = at
	}
	return m, nil
}

// origin says where the text stood; a text of a citizen is a comment unless it
// says otherwise.
func (in textIn) origin() mention.Origin {
	o := train.Origin(in.Kind, in.Channel, in.Outlet)
	if o.Kind == mention.Social && o.Channel == mention.Article {
		o.Channel = mention.Comment
	}
	if !mention.Slug(o.Outlet) {
		o.Outlet = "text"
	}
	thread := mention.Text{Body: viet.Clean(in.Thread)}
	o.Thread = thread.Beginning()
	o.Via, o.Found = "read", time.Now()
	o.Fetched = o.Found
	return o
}

// parseTime reads RFC 3339, or a day in Viet Nam.
func parseTime(s string) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t, nil
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02", "02/01/2006"} {
		if t, err := time.ParseInLocation(layout, s, viet.Zone()); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fmt.Errorf("time %q", s)
}

// openInput gives standard input as it comes, or a file.
func openInput(name string, stdin io.Reader) (io.Reader, error) {
	if name == "-" {
		return stdin, nil
	}
	data, err := readInput(name, nil, maxInput)
	return bytes.NewReader(data), err
}
