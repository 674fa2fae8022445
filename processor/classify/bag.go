package classify

// Bag collects the features of one text. Reset makes it ready for the next;
// its memory is kept. It is not safe for concurrent use.
type Bag struct {
	slots  []slot
	used   []int32 // slots in use, in the order of their first feature
	places []place
	round  uint32
	place  int32
}

// slot is one feature and how much of it there is.
type slot struct {
	hash  uint64
	count float32
	part  float32 // what one occurrence speaks for, see Parts
	times int32   // occurrences
	round uint32
	group uint8
}

// place is one occurrence of a feature: which slot, and in which part of the
// text (a sentence, as the caller numbers them).
type place struct {
	slot int32
	part int32
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
	if b.slots == nil {
		b.slots = make([]slot, firstSlots)
	}
	b.used, b.places = b.used[:0], b.places[:0]
	b.place = 0
	b.round++
	if b.round == 0 { // after four billion texts old marks would look fresh
		clear(b.slots)
		b.round = 1
	}
}

// At tells that the features to come stand in the given part of the text.
func (b *Bag) At(part int) { b.place = int32(part) }

// Add counts one occurrence of a gram.
func (b *Bag) Add(hash uint64) { b.add(hash, 1, Gram) }

// Set adds value to a plain feature.
func (b *Bag) Set(hash uint64, value float32) { b.add(hash, value, Plain) }

func (b *Bag) add(hash uint64, value float32, group Group) {
	if len(b.used)*2 >= len(b.slots) {
		b.grow()
	}
	at := b.find(hash)
	s := &b.slots[at]
	if s.round != b.round {
		*s = slot{hash: hash, round: b.round, group: uint8(group)}
		b.used = append(b.used, at)
	}
	s.count += value
	s.times++
	b.places = append(b.places, place{slot: at, part: b.place})
}

func (b *Bag) find(hash uint64) int32 {
	mask := uint64(len(b.slots) - 1)
	at := hash & mask
	for b.slots[at].round == b.round && b.slots[at].hash != hash {
		at = (at + 1) & mask
	}
	return int32(at)
}

// grow doubles the table and moves what is in it.
func (b *Bag) grow() {
	old := b.slots
	moved := make(map[int32]int32, len(b.used))
	b.slots = make([]slot, 2*len(old))
	for i, at := range b.used {
		to := b.find(old[at].hash)
		b.slots[to] = old[at]
		moved[at], b.used[i] = to, to
	}
	for i := range b.places {
		b.places[i].slot = moved[b.places[i].slot]
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
	list := make([]Feature, len(b.used))
	for i, at := range b.used {
		s := b.slots[at]
		list[i] = Feature{Hash: s.hash, Count: s.count, Group: Group(s.group)}
	}
	return list
}
