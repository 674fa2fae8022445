package classify

// Bag collects the features of one text. Reset makes it ready for the next;
// its memory is kept. It is not safe for concurrent use.
type Bag struct {
	features []feature // in the order of their first occurrence
	index    []slot    // where each stands in features
	places   []place
	round    uint32
	place    int32
	model    *Model // see For; nil takes every feature
}

// feature is one feature and how much of it there is.
type feature struct {
	hash  uint64
	count float32
	times int32 // occurrences
	group Group
}

// slot is a place in the hash table; it is free unless it is of this round.
type slot struct {
	hash  uint64
	at    int32
	round uint32
}

// place is one occurrence of a feature: which one, and in which part of the
// text (a sentence, as the caller numbers them).
type place struct {
	feature int32
	part    int32
}

// Group says how a feature is weighed.
type Group uint8

// Gram features are weighed by rarity and brought to length 1 together; Plain
// ones keep the value they are given.
const (
	Gram Group = iota
	Plain
)

const firstSlots = 1 << 12

// Reset empties the bag.
func (b *Bag) Reset() {
	b.model = nil
	if b.index == nil {
		b.index = make([]slot, firstSlots)
	}
	b.features, b.places = b.features[:0], b.places[:0]
	b.place = 0
	b.round++
	if b.round == 0 { // after four billion texts old marks would look fresh
		clear(b.index)
		b.round = 1
	}
}

// For empties the bag for a text that only m is to score. What m does not know,
// about half of the features, can make no difference and is left out.
func (b *Bag) For(m *Model) {
	b.Reset()
	b.model = m
}

// At tells that the features to come stand in the given part of the text.
func (b *Bag) At(part int) { b.place = int32(part) }

// Add counts one occurrence of a gram.
func (b *Bag) Add(hash uint64) { b.add(hash, 1, Gram) }

// Set adds value to a plain feature.
func (b *Bag) Set(hash uint64, value float32) { b.add(hash, value, Plain) }

func (b *Bag) add(hash uint64, value float32, group Group) {
	if b.model != nil && !b.model.knows(hash) {
		return
	}
	s := b.find(hash)
	if s.round != b.round {
		*s = slot{hash: hash, at: int32(len(b.features)), round: b.round}
		b.features = append(b.features, feature{hash: hash, group: group})
	}
	at := s.at
	f := &b.features[at]
	f.count += value
	f.times++
	b.places = append(b.places, place{feature: at, part: b.place})
	if len(b.features)*2 > len(b.index) {
		b.grow()
	}
}

// find is the slot of a feature, or the free one where it belongs.
func (b *Bag) find(hash uint64) *slot {
	mask := uint64(len(b.index) - 1)
	for at := hash & mask; ; at = (at + 1) & mask {
		if s := &b.index[at]; s.hash == hash || s.round != b.round {
			return s
		}
	}
}

// grow doubles the hash table.
func (b *Bag) grow() {
	b.index = make([]slot, 2*len(b.index))
	for i, f := range b.features {
		*b.find(f.hash) = slot{hash: f.hash, at: int32(i), round: b.round}
	}
}

// Feature is a feature of one text, outside any model.
type Feature struct {
	Hash  uint64
	Count float32
	Group Group
}

// Features lists what was collected, in the order of first occurrence.
func (b *Bag) Features() []Feature {
	list := make([]Feature, len(b.features))
	for i, f := range b.features {
		list[i] = Feature{Hash: f.hash, Count: f.count, Group: f.group}
	}
	return list
}
