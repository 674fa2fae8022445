package embedded

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/viet"
)

// Write stores a batch in one transaction. A record that breaks its own
// promises gets a Permanent error and the rest is written; a file that cannot
// be written makes all Unavailable.
func (e *Engine) Write(ctx context.Context, batch []*mention.Mention) []error {
	docs, errs := indexer.Documents(batch)
	e.write.Lock()
	defer e.write.Unlock()
	err := e.use(func(f *file) error { return f.store(ctx, docs) })
	if err == nil && e.next != nil {
		err = e.next.store(ctx, docs)
	}
	if err != nil {
		errs = indexer.FailAll(errs, len(batch), stream.Unavailable(fmt.Errorf("embedded: write: %w", err)))
	}
	return errs
}

// maxDoc is the last number that the keys of bands have room for, far beyond
// what one file answers quickly.
const maxDoc = 1<<24 - 1

var errFull = errors.New("the file holds 16 million mentions and takes no more; use Elasticsearch")

func (f *file) store(ctx context.Context, docs []*indexer.Document) error {
	docs = slices.DeleteFunc(slices.Clone(docs), func(d *indexer.Document) bool { return d == nil })
	if len(docs) == 0 {
		return nil
	}
	return f.put.transaction(ctx, func(ctx context.Context) error {
		for _, d := range docs {
			if err := f.put.document(ctx, d); err != nil {
				return fmt.Errorf("%s: %w", d.ID, err)
			}
		}
		return nil
	})
}

// document upserts one document, or keeps it as an older text.
func (p *puts) document(ctx context.Context, d *indexer.Document) error {
	var one int
	if gone, err := p.row(ctx, sqlGone, []any{d.ID}, &one); gone || err != nil {
		return err
	}
	var doc, version, revision int64
	there, err := p.row(ctx, sqlFind, []any{d.ID}, &doc, &version, &revision)
	switch {
	case err != nil:
		return err
	case !there:
		if _, err := p.row(ctx, sqlNew, []any{d.ID, d.Version, d.Revision, d.When}, &doc); err != nil {
			return err
		}
		if doc > maxDoc {
			return errFull
		}
		return p.fill(ctx, doc, d)
	case d.Version == version && !d.Removed:
		if removed, err := p.removed(ctx, doc); removed || err != nil {
			return err // a late redelivery does not undo a removal
		}
	case d.Version < version:
		if d.Revision < revision {
			return p.exec(ctx, sqlKeep, d.ID, d.Revision, d.Version, d.Record)
		}
		return nil
	case d.Revision > revision:
		if err := p.exec(ctx, sqlKeepOld, doc); err != nil {
			return err
		}
	}
	return p.replace(ctx, doc, d)
}

// removed reports whether what is stored is flagged as taken down.
func (p *puts) removed(ctx context.Context, doc int64) (bool, error) {
	var record []byte
	there, err := p.row(ctx, sqlStored, []any{doc}, &record)
	return there && indexer.RecordRemoved(record), err
}

func (p *puts) replace(ctx context.Context, doc int64, d *indexer.Document) error {
	left, err := p.leave(ctx, doc, d.Copy)
	if err != nil {
		return err
	}
	if err := p.empty(ctx, doc); err != nil {
		return err
	}
	if err := p.exec(ctx, sqlRenew, d.Version, d.Revision, d.When, doc); err != nil {
		return err
	}
	if err := p.fill(ctx, doc, d); err != nil {
		return err
	}
	return p.regroup(ctx, left)
}

// empty removes what hangs on a document's row, except its copy and record.
func (p *puts) empty(ctx context.Context, doc int64) error {
	p.words = append(p.words, words{doc: doc, old: true})
	for field, name := range indexer.FacetFields() {
		if !single(name) {
			if err := p.exec(ctx, sqlNoValues, field, doc); err != nil {
				return err
			}
		}
	}
	return nil
}

// fill hangs everything on a document's row.
func (p *puts) fill(ctx context.Context, doc int64, d *indexer.Document) error {
	if err := p.exec(ctx, sqlRecord, doc, d.Record); err != nil {
		return err
	}
	p.words = append(p.words, words{doc: doc, text: d})
	if err := p.values(ctx, doc, d.Values); err != nil {
		return err
	}
	return p.join(ctx, doc, d.Copy)
}

// single reports whether a mention has at most one value of a facet field.
func single(field string) bool {
	switch field {
	case query.FieldPolicy, query.FieldPlace, query.FieldBody:
		return false
	}
	return true
}

// values stores what Facets counts.
func (p *puts) values(ctx context.Context, doc int64, values map[string][]string) error {
	var several [][2]any
	one := map[string]string{}
	for field, name := range indexer.FacetFields() {
		for _, v := range values[name] {
			if single(name) {
				one[name] = v
			} else {
				several = append(several, [2]any{field, v})
			}
		}
	}
	labels, err := p.labelled(ctx, one)
	if err != nil {
		return err
	}
	if err := p.exec(ctx, sqlLabel, labels, doc); err != nil || len(several) == 0 {
		return err
	}
	list, err := json.Marshal(several)
	if err != nil {
		return err
	}
	return p.exec(ctx, sqlValues, doc, string(list))
}

// labelled numbers a combination of values.
func (p *puts) labelled(ctx context.Context, values map[string]string) (n int64, err error) {
	text, err := json.Marshal(values) // the keys come out in order
	if err != nil {
		return 0, err
	}
	name := string(text)
	if n, known := p.labels[name]; known {
		return n, nil
	}
	there, err := p.row(ctx, sqlLabels, []any{name}, &n)
	if err == nil && !there {
		if err = p.exec(ctx, sqlNewLabel, name); err == nil {
			_, err = p.row(ctx, sqlLabels, []any{name}, &n)
		}
	}
	if err == nil {
		p.labels[name] = n
	}
	return n, err
}

// writeWords brings the full-text table up to the rest.
func (p *puts) writeWords(ctx context.Context) error {
	for _, w := range p.words {
		if w.old {
			if err := p.exec(ctx, sqlNoWords, w.doc); err != nil {
				return err
			}
		}
		if d := w.text; d != nil {
			tags := strings.Join(append(d.Tags, dayTag(d.When)), " ")
			if err := p.exec(ctx, sqlWords, w.doc, d.TitleKeys, d.TextKeys, d.TitleFolds, d.TextFolds, tags); err != nil {
				return err
			}
		}
	}
	return nil
}

// dayTag names the Vietnamese day, so that a search over a few days need not
// walk through all years.
func dayTag(when int64) string {
	return time.UnixMilli(when).In(viet.Zone()).Format("day:20060102")
}
