package elastic

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/elastic/go-elasticsearch/v8/esapi"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
)

// Rebuild fills a new index and swaps the alias. Writers of every process
// write into both meanwhile. What an earlier rebuild left unfinished is
// removed, so of two at once the later goes on and the earlier fails.
func (e *Engine) Rebuild(ctx context.Context, feed indexer.Feed) error {
	if err := e.rebuild(ctx, feed); err != nil {
		return fmt.Errorf("elastic: rebuild: %w", err)
	}
	return nil
}

func (e *Engine) rebuild(ctx context.Context, feed indexer.Feed) error {
	old, index, err := e.begin(ctx)
	if err != nil {
		return err
	}
	err = feed(func(batch []*mention.Mention) error {
		docs, errs := indexer.Documents(batch)
		if err := errors.Join(errs...); err != nil {
			return err
		}
		e.write.Lock()
		defer e.write.Unlock()
		refused, err := e.store(ctx, index, newBatch(docs))
		for id, why := range refused {
			err = errors.Join(err, fmt.Errorf("%s: %w", id, why))
		}
		return err
	})
	e.write.Lock()
	defer e.write.Unlock()
	if err != nil {
		return errors.Join(err, e.remove(context.WithoutCancel(ctx), index))
	}
	return e.swap(ctx, old, index)
}

// begin makes the next index, which holds at first only the names of what was
// forgotten: no replay knows them.
func (e *Engine) begin(ctx context.Context) (old, index string, err error) {
	e.write.Lock()
	defer e.write.Unlock()
	t, err := e.targets(ctx)
	if err != nil {
		return "", "", err
	}
	if t.next != "" {
		if err := e.remove(ctx, t.next); err != nil {
			return "", "", err
		}
	}
	last := max(number(t.live), number(t.next))
	index = e.pattern(fmt.Sprintf("%06d", last+1))
	if err := e.create(ctx, index, e.next()); err != nil {
		return "", "", err
	}
	return t.live, index, e.copyGone(ctx, t.live, index)
}

func number(index string) int {
	n, err := strconv.Atoi(index[strings.LastIndexByte(index, '.')+1:])
	if err != nil {
		return 0 // no index, or one that was not made here
	}
	return n
}

func (e *Engine) copyGone(ctx context.Context, from, to string) error {
	var puts []put
	var bad error
	err := e.scan(ctx, from, []object{{"term": object{"state": gone}}}, []string{"id"}, func(s *stored) {
		p, err := putGone(s.ID)
		bad = errors.Join(bad, err)
		puts = append(puts, p)
	})
	if err = errors.Join(err, bad); err != nil {
		return err
	}
	_, err = e.bulk(ctx, to, puts)
	return err
}

// swap puts the new index in the place of the old one in one step.
func (e *Engine) swap(ctx context.Context, old, index string) error {
	if err := e.refresh(ctx, index); err != nil {
		return err
	}
	body, err := encode(object{"actions": []object{
		{"add": object{"index": index, "alias": e.alias()}},
		{"remove": object{"index": index, "alias": e.next()}},
		{"remove_index": object{"index": old}},
	}})
	if err != nil {
		return err
	}
	return e.do(ctx, esapi.IndicesUpdateAliasesRequest{Body: body}, nil)
}

func (e *Engine) remove(ctx context.Context, index string) error {
	return e.do(ctx, esapi.IndicesDeleteRequest{Index: []string{index}}, nil)
}
