package phrase

// Table is a map from numbers that are not 0 to numbers that are not 0, made
// for looks that mostly miss, at which it is several times as fast as a Go map:
// open addressing, at most half full. It is filled once; then any number of
// goroutines may read it.
type Table struct {
	keys   []uint64
	values []int32
	shift  uint
	seen   []uint64 // a bit for every key, four bits a slot: what nearly every look ends at
}

// NewTable makes a table for n entries.
func NewTable(n int) *Table {
	bits := tableBits(n)
	return &Table{keys: make([]uint64, 1<<bits), values: make([]int32, 1<<bits), shift: 64 - bits, seen: make([]uint64, 1<<bits/16)}
}

// Put adds a key that is not there yet.
func (t *Table) Put(key uint64, value int32) {
	i := fibonacci(key, t.shift)
	for t.keys[i] != 0 {
		i = (i + 1) & uint64(len(t.keys)-1)
	}
	t.keys[i], t.values[i] = key, value
	bit := fibonacci(key, t.shift-2)
	t.seen[bit/64] |= 1 << (bit % 64)
}

// Get returns 0 where there is no such key.
func (t *Table) Get(key uint64) int32 {
	if bit := fibonacci(key, t.shift-2); t.seen[bit/64]>>(bit%64)&1 == 0 {
		return 0
	}
	return t.find(key)
}

func (t *Table) find(key uint64) int32 {
	for i := fibonacci(key, t.shift); ; i = (i + 1) & uint64(len(t.keys)-1) {
		switch t.keys[i] {
		case key:
			return t.values[i]
		case 0:
			return 0
		}
	}
}

// fibonacci spreads keys over a table of 2^(64-shift) slots.
func fibonacci(key uint64, shift uint) uint64 { return key * 0x9E3779B97F4A7C15 >> shift }

// tableBits is the size, as a power of two, of a table for n entries that is
// at most half full.
func tableBits(n int) uint {
	bits := uint(4)
	for 1<<bits < 2*n+1 {
		bits++
	}
	return bits
}
