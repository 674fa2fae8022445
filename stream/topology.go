package stream

import "time"

// Names of the consumers, so that a stage and the table agree.
const (
	ConsumeFound   = "processor"         // mention.found.> → quick reading
	ConsumeUrgent  = "processor-urgent"  // mention.careful.urgent → careful reading
	ConsumeNormal  = "processor-careful" // mention.careful.normal → careful reading
	ConsumeTagged  = "indexer"           // mention.tagged.> → index
	ConsumeNotices = "notify"            // notice.> → webhook, mail
)

// Names of the buckets.
const (
	BucketFrontier = "frontier" // one record a source: what was seen, next visit
	BucketLeases   = "leases"   // hosts held by crawlers, watch leadership; TTL 20 s
	BucketHealth   = "health"   // one record a source: last heard, errors, rhythm
	BucketState    = "state"    // small durable facts: the demo's shift, watch cursor, what YouTube sources hold and spend
	BucketTries    = "tries"    // messages in doubt: times handed over, and of those no fault of theirs
)

// Stream is one stream of the topology.
type Stream struct {
	Name      string
	Subjects  []string
	MaxAge    time.Duration // 0: for ever
	WorkQueue bool          // a message goes away when it is acknowledged
	Compress  bool
	Duplicate time.Duration // window in which a message ID is remembered
}

// Consumer is one durable consumer of the topology.
type Consumer struct {
	Name       string
	Stream     string
	Filter     string
	MaxDeliver int           // tries before a message is dead
	AckWait    time.Duration // after this without a sign of life the message is somebody else's; the bus extends it while a handler works
	MaxPending int           // most messages in work or waiting for their next try
	Retry      time.Duration // before the second try; three times as long before each further one
	RetryMax   time.Duration // most between two tries
}

// Table is the whole topology. It is a value: nobody changes one that is in use.
type Table struct {
	Streams   []Stream
	Consumers []Consumer
	Buckets   []BucketConfig
}

// BucketConfig is one bucket of the topology.
type BucketConfig struct {
	Name string
	TTL  time.Duration // 0: for ever
}

// Topology is the table that `diembao streams` compares or applies. Ages come
// from the events table of docs/architecture.md.
func Topology() Table {
	const (
		day = 24 * time.Hour
		// 2 s, 6 s, 18 s … 5 min: eight tries span a quarter of an hour,
		// which outlasts the restart of any neighbour.
		retry, retryMax = 2 * time.Second, 5 * time.Minute
	)
	return Table{
		Streams: []Stream{
			{Name: "FOUND", Subjects: []string{"mention.found.>"}, MaxAge: 30 * day, Duplicate: 10 * time.Minute},
			{Name: "TAGGED", Subjects: []string{"mention.tagged.>"}, Compress: true, Duplicate: 10 * time.Minute},
			{Name: "CAREFUL", Subjects: []string{"mention.careful.>"}, WorkQueue: true, Duplicate: 10 * time.Minute},
			{Name: "LEDGER", Subjects: []string{"ledger.>"}, Duplicate: 10 * time.Minute},
			{Name: "NOTICE", Subjects: []string{"notice.>"}, MaxAge: 30 * day, Duplicate: time.Hour},
			{Name: "DEAD", Subjects: []string{"dead.>"}, MaxAge: 90 * day, Duplicate: 10 * time.Minute},
		},
		Consumers: []Consumer{
			{Name: ConsumeFound, Stream: "FOUND", Filter: "mention.found.>", MaxDeliver: 8, AckWait: time.Minute, MaxPending: 256, Retry: retry, RetryMax: retryMax},
			{Name: ConsumeUrgent, Stream: "CAREFUL", Filter: "mention.careful.urgent", MaxDeliver: 8, AckWait: 2 * time.Minute, MaxPending: 64, Retry: retry, RetryMax: retryMax},
			{Name: ConsumeNormal, Stream: "CAREFUL", Filter: "mention.careful.normal", MaxDeliver: 8, AckWait: 2 * time.Minute, MaxPending: 64, Retry: retry, RetryMax: retryMax},
			{Name: ConsumeTagged, Stream: "TAGGED", Filter: "mention.tagged.>", MaxDeliver: 8, AckWait: time.Minute, MaxPending: 2048, Retry: retry, RetryMax: retryMax},
			{Name: ConsumeNotices, Stream: "NOTICE", Filter: "notice.>", MaxDeliver: 12, AckWait: time.Minute, MaxPending: 64, Retry: retry, RetryMax: retryMax},
		},
		Buckets: []BucketConfig{
			{Name: BucketFrontier},
			{Name: BucketLeases, TTL: 20 * time.Second},
			{Name: BucketHealth},
			{Name: BucketState},
			{Name: BucketTries, TTL: 30 * day},
		},
	}
}
