package embedded

import (
	"context"
	"database/sql"
	"errors"
	"os"

	"github.com/diembao/diembao/indexer"
	"github.com/diembao/diembao/mention"
)

// Rebuild fills a file beside the old one and swaps them. Searches go on
// meanwhile; they wait only for the swap itself.
func (e *Engine) Rebuild(ctx context.Context, feed indexer.Feed) error {
	path := e.path + ".rebuild"
	if err := e.begin(ctx, path); err != nil {
		return wrap("rebuild", err)
	}
	err := feed(func(batch []*mention.Mention) error {
		docs, errs := indexer.Documents(batch)
		if err := errors.Join(errs...); err != nil {
			return err
		}
		e.write.Lock()
		defer e.write.Unlock()
		return e.next.store(ctx, docs)
	})
	if err = e.finish(ctx, path, err); err != nil {
		return wrap("rebuild", err)
	}
	return nil
}

var errRebuilding = errors.New("another rebuild is under way")

func (e *Engine) begin(ctx context.Context, path string) error {
	e.write.Lock()
	defer e.write.Unlock()
	if e.next != nil {
		return errRebuilding
	}
	if err := e.use(func(*file) error { return nil }); err != nil {
		return err
	}
	if err := removeFile(path); err != nil {
		return err
	}
	next, err := openFile(ctx, path, false)
	if err != nil {
		return err
	}
	if err := e.use(func(f *file) error { return copyGone(ctx, f, next) }); err != nil {
		return errors.Join(err, next.close(), removeFile(path))
	}
	e.next = next
	return nil
}

// copyGone carries over what was forgotten, which no replay knows.
func copyGone(ctx context.Context, from, to *file) error {
	return from.each(ctx, "SELECT id FROM gone", nil, func(rows *sql.Rows) error {
		var id string
		if err := rows.Scan(&id); err != nil {
			return err
		}
		return to.put.exec(ctx, sqlForget, id)
	})
}

// finish puts the new file in the place of the old one, or throws it away
// where filling it failed.
func (e *Engine) finish(ctx context.Context, path string, failed error) error {
	e.write.Lock()
	defer e.write.Unlock()
	next := e.next
	e.next = nil
	if err := errors.Join(failed, next.close()); err != nil {
		return errors.Join(err, removeFile(path))
	}
	if err := syncFile(path); err != nil {
		return errors.Join(err, removeFile(path))
	}
	e.swap.Lock()
	defer e.swap.Unlock()
	if e.file == nil {
		return errors.Join(ErrClosed, removeFile(path))
	}
	err := e.file.close()
	e.file = nil
	if err = errors.Join(err, removeSides(e.path)); err == nil {
		err = os.Rename(path, e.path)
	}
	file, open := openFile(ctx, e.path, e.private == "")
	if open == nil {
		e.file = file
	}
	return errors.Join(err, open)
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

func removeFile(path string) error {
	return errors.Join(remove(path), removeSides(path))
}

// removeSides removes the log and its index, which a closed file leaves behind
// only after a crash.
func removeSides(path string) error {
	return errors.Join(remove(path+"-wal"), remove(path+"-shm"))
}

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
