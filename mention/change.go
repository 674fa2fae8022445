package mention

// Change is the difference between two revisions of a text: sentences and the
// figures in them, personal data masked in press too. It holds at most
// MaxChange sentences a side, each of at most MaxSentence bytes.
type Change struct {
	// Since is the revision before, 0 where only its text is known.
	Since   int64    `json:"since,omitempty"`
	Removed []string `json:"removed,omitempty"` // sentences that are gone, or as they were
	Added   []string `json:"added,omitempty"`   // sentences that are new, or as they are now
	// Figures are the numbers that changed in a sentence that is otherwise the
	// same.
	Figures []Swap `json:"figures,omitempty"`
	// More counts the changed sentences, of both sides, that are left out.
	More int `json:"more,omitempty"`
}

// Swap is a number before and after.
type Swap struct {
	Was string `json:"was"`
	Now string `json:"now"`
}

// Bounds of a Change: about 4 kB.
const (
	MaxChange   = 6
	MaxSentence = 240
)
