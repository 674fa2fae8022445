// Package indexer keeps read mentions where they can be asked for. It provides
// the document that an engine stores (derived from the record, personal data
// hidden), the plan of a request that both engines translate, the grouping of
// copies into stories, and the worker that carries mention.tagged into an
// engine.
//
// It reads mention.tagged and writes through a Writer; the engines are
// indexer/embedded and indexer/elastic, indexer/memory is their model, and
// indextest holds all three to one contract. Promises: a write is an upsert by
// ID and version, so delivering twice or out of order changes nothing; a
// message is acknowledged only after the engine has answered for that mention;
// stories do not depend on the order of arrival.
//
// Limit: an index holds nothing that cannot be had again by replaying
// mention.tagged.
package indexer
