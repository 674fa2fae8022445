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

// Correction is how the text was found that a published correction is about.
type Correction struct {
	By    string   `json:"by"`              // link, title
	Title string   `json:"title,omitempty"` // as the correction quotes it
	Days  []string `json:"days,omitempty"`  // that it names, yyyy-mm-dd
	Score float64  `json:"score"`           // of the best candidate, 0…1
	// Candidates, the likeliest first; Origin.Corrects is the first, if it is
	// likely enough and clearly likelier than the next.
	Candidates []Candidate `json:"candidates,omitempty"`
}

// Candidate is a mention that may be meant.
type Candidate struct {
	ID    ID      `json:"id"`
	Score float64 `json:"score"`
}

// MaxCandidates bounds Correction.Candidates.
const MaxCandidates = 3

// Bounds of a Change: about 4 kB.
const (
	MaxChange   = 6
	MaxSentence = 240
)
