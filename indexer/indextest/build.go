package indextest

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// Day is the day on which the suite's mentions are published unless told
// otherwise, a Friday in Vietnam.
func Day() time.Time { return time.Date(2026, 11, 20, 0, 0, 0, 0, viet.Zone()) }

// An Option changes a mention before it is written.
type Option func(*mention.Mention)

// Mention makes a press article of outlet "dvhn" that is named by name and was
// published at 08:00 of Day.
func Mention(name string, options ...Option) *mention.Mention {
	at := Day().Add(8 * time.Hour)
	m := &mention.Mention{
		Schema: mention.Schema, Revision: at.Unix(),
		Origin: mention.Origin{
			Kind: mention.Press, Outlet: "dvhn", OutletName: "Đất Việt Hôm Nay", Source: "dvhn",
			Channel: mention.Article, Via: "feed", URL: "https://dvhn.example/" + name, Fetched: at, Found: at,
		},
		Text: mention.Text{Title: name, Published: at},
		Reading: &mention.Reading{
			Revision: 2, Language: mention.Label{Value: "vi", Score: 1, Sure: true},
			Relevant: mention.Label{Value: "1", Score: 1, Sure: true},
		},
	}
	for _, option := range options {
		option(m)
	}
	m.ID = mention.NewID(mention.Press, "dvhn", name) // whatever the options say: the name is the identity
	return m
}

// Text sets title and body.
func Text(title, body string) Option {
	return func(m *mention.Mention) { m.Text.Title, m.Text.Body = title, body }
}

// At sets the time of publishing.
func At(t time.Time) Option { return func(m *mention.Mention) { m.Text.Published = t } }

// Outlet sets kind and outlet.
func Outlet(kind mention.Kind, outlet string) Option {
	return func(m *mention.Mention) { m.Origin.Kind, m.Origin.Outlet = kind, outlet }
}

// Revised makes it the text that was first fetched so much later.
func Revised(later time.Duration) Option {
	return func(m *mention.Mention) { m.Revision += int64(later / time.Second) }
}

// Read changes the reading.
func Read(f func(*mention.Reading)) Option { return func(m *mention.Mention) { f(m.Reading) } }

// Sure is a label above its threshold.
func Sure(value string) mention.Label { return mention.Label{Value: value, Score: 0.95, Sure: true} }

// Unsure is a label below it.
func Unsure(value string) mention.Label { return mention.Label{Value: value, Score: 0.4} }

// Copy gives it the fingerprint of a text that shares about the given part of
// its shingles with every other of the same story; with what is left they
// differ.
func Copy(story string, shared float64, figures string) Option {
	return func(m *mention.Mention) {
		m.Reading.Fingerprint = Fingerprint(story, m.Origin.URL, shared, figures)
	}
}

// Fingerprint makes the fingerprint that Copy gives.
func Fingerprint(story, own string, shared float64, figures string) mention.Fingerprint {
	common, other := source(story), source(story+own)
	values := make([]uint32, 128)
	for i := range values {
		values[i] = common.Uint32()
		if v := other.Uint32(); float64(i%32)/32 >= shared {
			values[i] = v
		}
	}
	data := make([]byte, 0, 512)
	for _, v := range values {
		data = binary.LittleEndian.AppendUint32(data, v)
	}
	print := mention.Fingerprint{MinHash: base64.StdEncoding.EncodeToString(data), Figures: figures, By: "fingerprint/1"}
	for i := 0; i < len(values); i += 2 { // bands of two, as the fingerprint step cuts them
		h := fnv.New64a()
		h.Write(data[4*i : 4*i+8])
		print.Bands = append(print.Bands, fmt.Sprintf("%d-%x", i/2, h.Sum64()))
	}
	return print
}

func source(seed string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(seed))
	return rand.New(rand.NewPCG(h.Sum64(), 1))
}
