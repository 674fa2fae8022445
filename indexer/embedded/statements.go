package embedded

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/diembao/diembao/indexer"
)

// puts is the connection that writes, with its statements prepared.
type puts struct {
	conn *sql.Conn
	all  map[string]*sql.Stmt
	// words waits for the end of the transaction: every statement that may
	// write several rows makes FTS5 flush what it has gathered, and one segment
	// a batch is merged far less often than one a mention.
	words []words
	// labels remembers what the table of that name holds.
	labels map[string]int64
}

// words is a change of the full-text table: what stood there goes, and what a
// document says comes, if there is one.
type words struct {
	doc  int64
	old  bool
	text *indexer.Document
}

// The statements of the writer.
const (
	sqlBegin    = "BEGIN IMMEDIATE"
	sqlCommit   = "COMMIT"
	sqlRollback = "ROLLBACK"

	sqlGone     = "SELECT 1 FROM gone WHERE id = ?"
	sqlFind     = "SELECT doc, version, revision FROM doc WHERE id = ?"
	sqlNew      = "INSERT INTO doc (id, version, revision, at, story) VALUES (?, ?, ?, ?, (SELECT coalesce(max(doc), 0) + 1 FROM doc)) RETURNING doc"
	sqlRenew    = "UPDATE doc SET version = ?, revision = ?, at = ? WHERE doc = ?"
	sqlLabel    = "UPDATE doc SET labels = ? WHERE doc = ?"
	sqlLabels   = "SELECT labels FROM labels WHERE json = ?"
	sqlNewLabel = "INSERT INTO labels (json) VALUES (?)"
	sqlStored   = "SELECT json FROM record WHERE doc = ?"
	sqlRecord   = "INSERT INTO record (doc, json) VALUES (?, ?) ON CONFLICT DO UPDATE SET json = excluded.json"
	sqlWords    = "INSERT INTO fts (rowid, title_key, text_key, title_fold, text_fold, tags) VALUES (?, ?, ?, ?, ?, ?)"
	sqlNoWords  = "DELETE FROM fts WHERE rowid = ?"
	// A list goes in as JSON: one statement instead of dozens.
	sqlValues   = "INSERT INTO value (field, doc, value) SELECT value ->> 0, ?, value ->> 1 FROM json_each(?)"
	sqlNoValues = "DELETE FROM value WHERE field = ? AND doc = ?"

	sqlKeep = `INSERT INTO revision (id, revision, version, json) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET version = excluded.version, json = excluded.json WHERE excluded.version >= version`
	sqlKeepOld = `INSERT INTO revision (id, revision, version, json)
		SELECT d.id, d.revision, d.version, r.json FROM doc d JOIN record r USING (doc) WHERE d.doc = ?
		ON CONFLICT DO UPDATE SET version = excluded.version, json = excluded.json WHERE excluded.version >= version`

	sqlCopy    = "INSERT INTO copy (doc, minima, bands, figures) VALUES (?, ?, ?, ?)"
	sqlNoCopy  = "DELETE FROM copy WHERE doc = ?"
	sqlBands   = "INSERT OR IGNORE INTO band (key) SELECT value << 24 | ? FROM json_each(?)"
	sqlNoBands = "DELETE FROM band WHERE key IN (SELECT value << 24 | ? FROM json_each(?))"
	sqlGetCopy = `SELECT d.id, d.at, d.story, d.many, d.different, c.minima, c.bands, c.figures
		FROM copy c JOIN doc d USING (doc) WHERE c.doc = ?`
	sqlInBands = "SELECT DISTINCT b.key & 16777215 FROM json_each(?) j CROSS JOIN band b ON b.key BETWEEN j.value << 24 AND j.value << 24 | 16777215"
	sqlStory   = "UPDATE doc SET story = ?, many = ?, different = ? WHERE doc = ?"

	sqlDrop          = "DELETE FROM doc WHERE doc = ?"
	sqlNoRecord      = "DELETE FROM record WHERE doc = ?"
	sqlNoRevisions   = "DELETE FROM revision WHERE id = ?"
	sqlNoRevisionsOf = "DELETE FROM revision WHERE id = (SELECT id FROM doc WHERE doc = ?)"
	sqlForget        = "INSERT OR IGNORE INTO gone (id) VALUES (?)"
)

func newPuts(ctx context.Context, db *sql.DB) (*puts, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	return &puts{conn: conn, all: map[string]*sql.Stmt{}, labels: map[string]int64{}}, nil
}

func (p *puts) close() error {
	errs := make([]error, 0, len(p.all)+1)
	for _, s := range p.all {
		errs = append(errs, s.Close())
	}
	return errors.Join(append(errs, p.conn.Close())...)
}

func (p *puts) stmt(ctx context.Context, text string) (*sql.Stmt, error) {
	if s := p.all[text]; s != nil {
		return s, nil
	}
	s, err := p.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, fmt.Errorf("prepare %.40s: %w", text, err)
	}
	p.all[text] = s
	return s, nil
}

func (p *puts) exec(ctx context.Context, text string, args ...any) error {
	s, err := p.stmt(ctx, text) //nolint:sqlclosecheck // it is kept; close closes it
	if err == nil {
		_, err = s.ExecContext(ctx, args...)
	}
	return err
}

// row scans the first row of an answer; found is false where there is none.
func (p *puts) row(ctx context.Context, text string, args []any, into ...any) (found bool, err error) {
	s, err := p.stmt(ctx, text) //nolint:sqlclosecheck // it is kept; close closes it
	if err != nil {
		return false, err
	}
	err = s.QueryRowContext(ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// numbers collects a column of integers.
func (p *puts) numbers(ctx context.Context, text string, args ...any) (out []int64, err error) {
	s, err := p.stmt(ctx, text) //nolint:sqlclosecheck // it is kept; close closes it
	if err != nil {
		return nil, err
	}
	rows, err := s.QueryContext(ctx, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close() //nolint:errcheck // rows.Err tells what went wrong
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, rows.Err()
}

// transaction runs f between BEGIN and COMMIT, or undoes it. It is short and
// not broken off halfway: with a context that can end, the driver would start
// a goroutine for every statement.
func (p *puts) transaction(ctx context.Context, f func(context.Context) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	ctx = context.WithoutCancel(ctx)
	if _, err := p.conn.ExecContext(ctx, sqlBegin); err != nil {
		return err
	}
	p.words = p.words[:0]
	err := f(ctx)
	if err == nil {
		err = p.writeWords(ctx)
	}
	if err == nil {
		_, err = p.conn.ExecContext(ctx, sqlCommit)
	}
	if err != nil {
		clear(p.labels) // some may have been undone
		_, undo := p.conn.ExecContext(ctx, sqlRollback)
		return errors.Join(err, undo)
	}
	return nil
}
