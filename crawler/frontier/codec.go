package frontier

import (
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// Version of the form: a byte ahead of the columns.
const formVersion = 1

// ErrForm says that bytes are no record of a known form.
var ErrForm = errors.New("frontier: record: unknown form")

// Encode writes the record, column by column. The result is at most MaxBytes
// for any content: 500 pages of at most 30 bytes, two validators and a few
// numbers. It is not compressed: the hashes, which are most of it, would not
// shrink, and the bus can compress its files.
func (r *Record) Encode() []byte {
	w := writer{b: make([]byte, 1, 512+29*min(len(r.Pages), MaxPages))}
	w.b[0] = formVersion
	w.text(clip(r.ETag))
	w.text(clip(r.LastModified))
	w.time(r.Visited)
	w.time(r.LastNew)
	w.uint(uint64(max(r.Gap, 0) / time.Second))
	w.uint(uint64(max(r.Failures, 0)))
	pages := r.Pages[max(0, len(r.Pages)-MaxPages):]
	w.uint(uint64(len(pages)))
	for _, p := range pages {
		w.b = binary.BigEndian.AppendUint64(w.b, p.Address)
	}
	for _, p := range pages {
		w.b = binary.BigEndian.AppendUint64(w.b, p.Text<<16)[:len(w.b)+6]
	}
	for _, p := range pages {
		w.time(p.Found)
	}
	for _, p := range pages {
		w.int(p.Revision - unix(p.Found))
	}
	for _, p := range pages {
		w.time(p.Next)
	}
	for _, p := range pages {
		w.b = append(w.b, p.flags())
	}
	return w.b
}

// clip leaves out a validator that is too long: without it the server sends
// the whole feed, which is right if dearer.
func clip(tag string) string {
	if len(tag) > maxTag {
		return ""
	}
	return tag
}

func (p Page) flags() byte {
	b := byte(min(max(p.Visits, 0), 63)) << 2
	if p.Missing {
		b |= 1
	}
	if p.Removed {
		b |= 2
	}
	return b
}

// Decode reads what Encode wrote.
func Decode(data []byte) (*Record, error) {
	if len(data) == 0 || data[0] != formVersion {
		return nil, ErrForm
	}
	in := reader{b: data[1:]}
	r := &Record{ETag: in.text(), LastModified: in.text(), Visited: in.time(), LastNew: in.time(),
		Gap: time.Duration(in.uint()) * time.Second, Failures: int(in.uint())}
	n := in.uint()
	if n > MaxPages {
		return nil, fmt.Errorf("%w: %d pages", ErrForm, n)
	}
	if n > 0 {
		r.Pages = make([]Page, n)
	}
	for i := range r.Pages {
		r.Pages[i].Address = binary.BigEndian.Uint64(in.bytes(8))
	}
	for i := range r.Pages {
		r.Pages[i].Text = binary.BigEndian.Uint64(append([]byte{0, 0}, in.bytes(6)...))
	}
	for i := range r.Pages {
		r.Pages[i].Found = in.time()
	}
	for i := range r.Pages {
		r.Pages[i].Revision = unix(r.Pages[i].Found) + in.int()
	}
	for i := range r.Pages {
		r.Pages[i].Next = in.time()
	}
	for i := range r.Pages {
		b := in.bytes(1)[0]
		r.Pages[i].Visits, r.Pages[i].Missing, r.Pages[i].Removed = int(b>>2), b&1 != 0, b&2 != 0
	}
	if in.bad {
		return nil, fmt.Errorf("%w: cut short", ErrForm)
	}
	return r, nil
}

func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

type writer struct{ b []byte }

func (w *writer) uint(v uint64)    { w.b = binary.AppendUvarint(w.b, v) }
func (w *writer) int(v int64)      { w.b = binary.AppendVarint(w.b, v) }
func (w *writer) time(t time.Time) { w.uint(uint64(max(unix(t), 0))) }
func (w *writer) text(s string)    { w.uint(uint64(len(s))); w.b = append(w.b, s...) }

// reader gives zeros once it has run out of bytes, and remembers that it has.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.bad, r.b = true, nil
		return make([]byte, n)
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.b)
	if n <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) time() time.Time {
	v := r.uint()
	if v == 0 || v > 1<<40 {
		return time.Time{}
	}
	return time.Unix(int64(v), 0).UTC()
}

func (r *reader) text() string {
	n := r.uint()
	if n > maxTag {
		r.bad = true
		return ""
	}
	return string(r.bytes(int(n)))
}
