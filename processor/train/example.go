package train

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Example is one labelled text.
type Example struct {
	ID     string
	Origin mention.Origin
	Text   mention.Text
	Gold   Gold
	// Source is the base name of the file: "press_dev".
	Source string
	// Story groups texts that report the same thing and must not be split
	// between training and testing; "" where the text stands alone.
	Story string
	// Answers is the ID of the question that the text answers.
	Answers string
	// Parent is the ID of the text that it was written under.
	Parent string
}

// written tells whether the passage was written for this project in the manner
// of today's press.
func (e Example) written() bool { return strings.HasPrefix(e.Source, "press_written") }

// ofOurDays tells whether a text of the press is of 2025 and after, and not a
// newspaper's of twenty years ago.
func (e Example) ofOurDays() bool { return e.Source == "items" || e.written() }

// Gold is what a careful officer recorded, in the words of the labelling guide.
type Gold struct {
	Relevant, Tone, Act, Topic string
	Targets                    []Target
	// Documents are the numbers of legal documents that the text names; nil
	// where nobody recorded them.
	Documents []string
}

// Target is the stance toward one thing: a policy of the registry, or the
// words of the text that name it.
type Target struct {
	Policy   string `json:"policy"`
	Words    string `json:"words"`
	Stance   string `json:"stance"`
	Evidence string `json:"evidence"`
}

// line is one line of a labelled file: a short text with its labels beside it,
// or an item with its labels in gold.
type line struct {
	ID       string          `json:"id"`
	Kind     mention.Kind    `json:"kind"`
	Channel  mention.Channel `json:"channel"`
	Text     string          `json:"text"`
	Title    string          `json:"title"`
	Lead     string          `json:"lead"`
	Body     string          `json:"body"`
	Rel      *int            `json:"rel"`
	Tone     string          `json:"tone"`
	Target   string          `json:"target"`
	Stance   string          `json:"stance"`
	Act      string          `json:"act"`
	Topic    string          `json:"topic"`
	Targets  []Target        `json:"targets"`
	Outlet   string          `json:"outlet"`
	Author   string          `json:"author"`
	Story    string          `json:"story"`
	Answers  string          `json:"answers"`
	Parent   string          `json:"parent"`
	At       *int            `json:"at"` // minutes since firstDay, in the fixture press
	GoldPart *struct {
		Rel     int      `json:"rel"`
		Tone    string   `json:"tone"`
		Act     string   `json:"act"`
		Topic   string   `json:"topic"`
		Targets []Target `json:"targets"`
		Docs    []string `json:"docs"`
	} `json:"gold"`
}

// ErrLabels says that a labelled file cannot be used; what wraps it says where
// and why.
var ErrLabels = errors.New("labelled file cannot be used")

// Load reads labelled files (JSON lines). It names file and line of the first
// line it cannot use, and fails with ErrLabels where there is one, or no text.
func Load(files ...string) ([]Example, error) {
	var all []Example
	for _, name := range files {
		file, err := os.Open(name)
		if err != nil {
			return nil, fmt.Errorf("train: opening labelled texts: %w", err)
		}
		examples, err := read(file, strings.TrimSuffix(filepath.Base(name), ".jsonl"), name)
		file.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, examples...)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("train: %w: no text in %s", ErrLabels, strings.Join(files, ", "))
	}
	return all, nil
}

// Read reads labelled texts from r; source names them.
func Read(r io.Reader, source string) ([]Example, error) { return read(r, source, source) }

// maxLine bounds a line, in bytes.
const maxLine = 8 << 20

// read names what is wrong by the place, which is a file or the source.
func read(r io.Reader, source, place string) ([]Example, error) {
	var all []Example
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	n := 1
	for ; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return nil, fmt.Errorf("train: %w: %s:%d: %w", ErrLabels, place, n, err)
		}
		e := l.example(source)
		if err := e.check(); err != nil {
			return nil, fmt.Errorf("train: %w: %s:%d: %s: %w", ErrLabels, place, n, l.ID, err)
		}
		all = append(all, e)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("train: %w: %s:%d: %w", ErrLabels, place, n, err)
	}
	return all, nil
}

func (l *line) example(source string) Example {
	e := Example{ID: l.ID, Source: source, Story: l.Story, Answers: l.Answers, Parent: l.Parent}
	e.Origin = Origin(l.Kind, l.Channel, l.Outlet)
	e.Text = mention.Text{Title: viet.Clean(l.Title), Lead: viet.Clean(l.Lead), Body: viet.Clean(l.Body), Author: l.Author}
	if l.Text != "" {
		e.Text.Title, e.Text.Body = Split(viet.Clean(l.Text), e.Origin.Kind)
	}
	if l.At != nil {
		e.Text.Published = firstDay().Add(time.Duration(*l.At) * time.Minute)
	}
	e.Gold = l.gold()
	return e
}

// firstDay is day 0 of the fixture press.
func firstDay() time.Time { return time.Date(2026, 9, 14, 0, 0, 0, 0, viet.Zone()) }

// Origin is where a text stood, from what a line of a labelled file says: press
// unless it came through a channel of citizens ("facebook", "hotline_note"…),
// whose names beyond those of the record are all comments.
func Origin(kind mention.Kind, channel mention.Channel, outlet string) mention.Origin {
	o := mention.Origin{Kind: kind, Channel: channel, Outlet: outlet}
	if !kind.Valid() {
		o.Kind = mention.Press
		if channel != "" && channel != mention.Article {
			o.Kind = mention.Social
		}
	}
	switch channel {
	case mention.Article, mention.Post, mention.Comment, mention.Message, mention.VideoComment, mention.Thread:
	case "":
		o.Channel = mention.Article
	default:
		o.Channel = mention.Comment
	}
	return o
}

// longestTitle is the length of a first line, in bytes, that can be a headline.
const longestTitle = 200

// Split takes a press passage's first line for its title where it looks like
// one: short, followed by more, without a full stop.
func Split(text string, kind mention.Kind) (title, body string) {
	first, rest, ok := strings.Cut(text, "\n")
	if !ok || kind == mention.Social || len(first) > longestTitle || strings.HasSuffix(first, ".") {
		return "", text
	}
	return first, rest
}

func (l *line) gold() Gold {
	if g := l.GoldPart; g != nil {
		return Gold{Relevant: fmt.Sprint(g.Rel), Tone: g.Tone, Act: g.Act, Topic: g.Topic, Targets: g.Targets, Documents: g.Docs}
	}
	g := Gold{Tone: l.Tone, Act: l.Act, Topic: l.Topic, Targets: l.Targets}
	if l.Rel != nil {
		g.Relevant = fmt.Sprint(*l.Rel)
	}
	if l.Stance != "" && len(g.Targets) == 0 {
		g.Targets = []Target{{Words: l.Target, Stance: l.Stance}}
	}
	return g
}

// check refuses labels that the guide does not know. Labels may be missing:
// a correction mends some of them.
func (e Example) check() error {
	if e.Text.Title == "" && e.Text.Body == "" && e.Text.Lead == "" {
		return fmt.Errorf("no text")
	}
	for _, label := range []struct{ task, value string }{
		{"rel", e.Gold.Relevant}, {"tone", e.Gold.Tone}, {"act", e.Gold.Act}, {"topic", e.Gold.Topic},
	} {
		if err := known(label.task, label.value); err != nil {
			return err
		}
	}
	for _, target := range e.Gold.Targets {
		if err := known("stance", target.Stance); err != nil {
			return err
		}
	}
	return nil
}
