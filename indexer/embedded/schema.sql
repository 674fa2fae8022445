-- One row a mention. at: milliseconds; story: doc of the first member of its
-- group of copies; many: the story has others; different: other figures than
-- the first's.
CREATE TABLE doc (
	doc       INTEGER PRIMARY KEY,
	id        TEXT    NOT NULL UNIQUE,
	version   INTEGER NOT NULL,
	revision  INTEGER NOT NULL,
	at        INTEGER NOT NULL,
	story     INTEGER NOT NULL,
	labels    INTEGER NOT NULL DEFAULT 0,
	many      INTEGER NOT NULL DEFAULT 0,
	different INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX doc_at ON doc (at DESC, id);
CREATE INDEX doc_story ON doc (story);

-- The masked mention as JSON, apart, so that counting does not read past it.
CREATE TABLE record (doc INTEGER PRIMARY KEY, json BLOB NOT NULL);

-- Tokens are cut and folded in Go and joined by spaces. The ascii tokenizer
-- cuts at ASCII signs and takes every other character as it is, so it sees
-- exactly those tokens; unicode61 has an alphabet of its own.
CREATE VIRTUAL TABLE fts USING fts5 (
	title_key, text_key, title_fold, text_fold, tags,
	content = '', contentless_delete = 1,
	tokenize = "ascii tokenchars '-_/.=:'"
);

-- The values of the facet fields that have one value a mention, as JSON
-- {"kind":"press",…}. There are some thousand combinations, so counting them
-- is quick, and each is taken apart once.
CREATE TABLE labels (labels INTEGER PRIMARY KEY, json TEXT NOT NULL UNIQUE);

-- Values of the facet fields that may have several; field numbers them as
-- indexer.FacetFields does.
CREATE TABLE value (
	field INTEGER NOT NULL,
	doc   INTEGER NOT NULL,
	value TEXT    NOT NULL,
	PRIMARY KEY (field, doc, value)
) WITHOUT ROWID;

-- What grouping compares. A row of band is 39 bits of a band's hash and 24 of
-- the doc (some 16 million), so that it is a plain key, the quickest SQLite
-- has: a mention has 64 bands. Two bands that meet by chance cost one look at a
-- copy, no more.
CREATE TABLE copy (doc INTEGER PRIMARY KEY, minima BLOB NOT NULL, bands TEXT NOT NULL, figures TEXT NOT NULL);
CREATE TABLE band (key INTEGER PRIMARY KEY);

-- Older texts of a mention, each in its newest reading.
CREATE TABLE revision (
	id       TEXT    NOT NULL,
	revision INTEGER NOT NULL,
	version  INTEGER NOT NULL,
	json     BLOB    NOT NULL,
	PRIMARY KEY (id, revision)
) WITHOUT ROWID;

-- Mentions that were forgotten and must not come back.
CREATE TABLE gone (id TEXT PRIMARY KEY) WITHOUT ROWID;
