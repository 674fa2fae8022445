package elastic

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
)

// States of what the index holds.
const (
	live  = "live"  // a mention in its newest version
	older = "older" // an older text of one, named "<id>@<revision>"
	gone  = "gone"  // the name of one that was forgotten
)

// stored is a document as Elasticsearch has it; template.json says how it is
// indexed, and which fields are not given back.
type stored struct {
	ID        mention.ID `json:"id"`
	State     string     `json:"state"`
	Writer    string     `json:"writer,omitempty"` // the connection that wrote it last, and when
	Written   int64      `json:"written,omitempty"`
	Version   int64      `json:"version,omitempty"`
	Revision  int64      `json:"revision,omitempty"`
	At        int64      `json:"at"`
	Story     mention.ID `json:"story,omitempty"`
	Many      bool       `json:"many"`
	Different bool       `json:"different"`
	TitleKey  string     `json:"title_key,omitempty"`
	TextKey   string     `json:"text_key,omitempty"`
	TitleFold string     `json:"title_fold,omitempty"`
	TextFold  string     `json:"text_fold,omitempty"`
	Tags      []string   `json:"tags,omitempty"`
	Bands     []string   `json:"bands,omitempty"`
	Kind      []string   `json:"kind,omitempty"`
	Outlet    []string   `json:"outlet,omitempty"`
	Policy    []string   `json:"policy,omitempty"`
	Topic     []string   `json:"topic,omitempty"`
	Tone      []string   `json:"tone,omitempty"`
	Act       []string   `json:"act,omitempty"`
	Place     []string   `json:"place,omitempty"`
	Body      []string   `json:"body,omitempty"`
	Copy      *print     `json:"copy,omitempty"`
	Record    string     `json:"record,omitempty"`
}

// print is what grouping compares.
type print struct {
	Minima  []byte   `json:"minima"`
	Bands   []string `json:"bands"`
	Figures string   `json:"figures"`
}

func newStored(d *indexer.Document, s indexer.Standing) *stored {
	out := &stored{
		ID: d.ID, State: live, Version: d.Version, Revision: d.Revision, At: d.When,
		Story: s.Group, Many: s.Many, Different: s.Different,
		TitleKey: d.TitleKeys, TextKey: d.TextKeys, TitleFold: d.TitleFolds, TextFold: d.TextFolds,
		Tags: d.Tags, Record: string(d.Record),
		Kind: d.Values[query.FieldKind], Outlet: d.Values[query.FieldOutlet], Policy: d.Values[query.FieldPolicy],
		Topic: d.Values[query.FieldTopic], Tone: d.Values[query.FieldTone], Act: d.Values[query.FieldAct],
		Place: d.Values[query.FieldPlace], Body: d.Values[query.FieldBody],
	}
	if c := d.Copy; c != nil {
		out.Bands = c.Bands
		out.Copy = &print{Bands: c.Bands, Figures: c.Figures}
		for _, v := range c.Minima {
			out.Copy.Minima = binary.LittleEndian.AppendUint32(out.Copy.Minima, v)
		}
	}
	return out
}

// standing is where the document stood when it was written.
func (s *stored) standing() indexer.Standing {
	return indexer.Standing{Group: s.Story, Many: s.Many, Different: s.Different}
}

// copied gives what grouping compares, or nil.
func (s *stored) copied() *indexer.Copy {
	if s.Copy == nil {
		return nil
	}
	c := &indexer.Copy{ID: s.ID, When: s.At, Bands: s.Copy.Bands, Figures: s.Copy.Figures}
	if len(s.Copy.Minima) != 4*len(c.Minima) {
		return nil
	}
	for i := range c.Minima {
		c.Minima[i] = binary.LittleEndian.Uint32(s.Copy.Minima[4*i:])
	}
	return c
}

// put is one write of a bulk.
type put struct {
	id      string
	version int64
	action  string // index, delete
	body    []byte
}

// forever is the version of what was forgotten: no write is newer.
const forever = math.MaxInt64 / 2

// putLive writes a mention, signed, so that others see who was there.
func (e *Engine) putLive(d *indexer.Document, s indexer.Standing) (put, error) {
	out := newStored(d, s)
	out.Writer, out.Written = e.writer, time.Now().UnixMilli()
	return newPut(string(d.ID), d.Version, out)
}

func putOlder(id mention.ID, revision, version, at int64, record string) (put, error) {
	return newPut(fmt.Sprintf("%s@%d", id, revision), version,
		&stored{ID: id, State: older, Version: version, Revision: revision, At: at, Record: record})
}

func putGone(id mention.ID) (put, error) {
	return newPut(string(id), forever, &stored{ID: id, State: gone})
}

func newPut(id string, version int64, s *stored) (put, error) {
	body, err := json.Marshal(s)
	return put{id: id, version: version, action: "index", body: body}, err
}
