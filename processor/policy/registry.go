// Package policy holds the registry of public policies and finds where a text
// names them: by alias, by a one-token name, by a cue with its context, by
// document number, and in text without diacritics by unambiguous folded
// aliases. Longer phrases win over shorter ones; what one replacement chain
// shares goes to the policy in force on the day of the text.
//
// It reads Text, Reading.Language and Reading.Documents and writes
// Reading.Policies; every hit carries its offsets and the rule that found it.
// The registry is data a unit edits (configs/policies.yaml), and Validate is
// its linter.
//
// Limit: it knows the words of the registry and no others: a policy that a
// text only describes is not found.
package policy

import "github.com/diembao/diembao/processor/document"

// Registry is the file of policies.
type Registry struct {
	Policies []Policy `yaml:"policies"`
}

// Policy is one policy with all that recognises it. Days are yyyy-mm-dd.
type Policy struct {
	ID    string `yaml:"id"`   // slug, never changed
	Name  string `yaml:"name"` // as people are shown it
	Kind  string `yaml:"kind"` // law, decree, programme …, see Kinds
	Field string `yaml:"field"`
	// Owners are the bodies that answer or answered for it, today's first.
	Owners     []Owner    `yaml:"owners"`
	Documents  []Document `yaml:"documents"`
	Replaces   []string   `yaml:"replaces"`
	ReplacedBy []string   `yaml:"replaced_by"`
	Stages     []Stage    `yaml:"stages"`
	// Aliases are names of at least two syllables. Those without diacritics
	// count only in texts without diacritics.
	Aliases []string `yaml:"aliases"`
	// SharedAliases are claimed by several policies of one replacement chain;
	// the day of the text decides.
	SharedAliases []string `yaml:"shared_aliases"`
	// Tokens are one-token names that identify alone, as they are written:
	// BHYT.
	Tokens []string `yaml:"tokens"`
	// Cues count only with one of their context words in the same sentence.
	Cues []Cue `yaml:"cues"`
	// Not are phrases in which this policy is not meant; they hide what they
	// cover from this policy only.
	Not    []string `yaml:"not"`
	Places []string `yaml:"places"` // provinces it is about; empty: the country
	// ActiveFrom is the first day on which a mention makes sense, drafts and
	// debates included.
	ActiveFrom string `yaml:"active_from"`
	Confidence string `yaml:"confidence"` // A, B, C: see the head of the file
	Note       string `yaml:"note"`
}

// Owner is a body that answers for a policy during a time.
type Owner struct {
	Body  string `yaml:"body"`
	Since string `yaml:"since"`
	Until string `yaml:"until"`
}

// Document is a document of a policy.
type Document struct {
	Number string `yaml:"number"`
	Type   string `yaml:"type"`
	// Role is main (the default), amends, guides, related or replaced.
	Role       string `yaml:"role"`
	Issued     string `yaml:"issued"`
	Effective  string `yaml:"effective"`
	Until      string `yaml:"until"` // last day in force
	Issuer     string `yaml:"issuer"`
	Confidence string `yaml:"confidence"`
}

func (d Document) main() bool { return d.Role == "" || d.Role == "main" }

// Stage is a step of a policy's life.
type Stage struct {
	Stage      string `yaml:"stage"` // see Stages
	From       string `yaml:"from"`
	Confidence string `yaml:"confidence"`
}

// Cue is a phrase that names a policy only near one of the given words.
type Cue struct {
	Word string   `yaml:"word"`
	Near []string `yaml:"near"`
}

// Kinds lists the kinds of policies.
func Kinds() []string {
	return []string{"law", "ordinance", "resolution", "decree", "decision", "circular", "directive", "programme",
		"project", "plan", "service", "topic", "draft"}
}

// Stages lists the stages of a policy's life in order.
func Stages() []string {
	return []string{"proposal", "consultation", "appraisal", "adopted", "issued", "in_force", "ended"}
}

// window is the time in which a policy is in force; "" is open.
func (p *Policy) window() (from, until string) {
	for _, d := range p.Documents {
		if !d.main() {
			continue
		}
		start := d.Effective
		if start == "" {
			start = d.Issued
		}
		if from == "" || start != "" && start < from {
			from = start
		}
		until = max(until, d.Until)
	}
	for _, s := range p.Stages {
		if s.Stage == "in_force" && from == "" {
			from = s.From
		}
		if s.Stage == "ended" && until == "" {
			until = s.From
		}
	}
	return from, until
}

// KnownDocuments lists the documents of the registry for the documents step.
func (r Registry) KnownDocuments() []document.Known {
	var out []document.Known
	for _, p := range r.Policies {
		for _, d := range p.Documents {
			out = append(out, document.Known{Number: d.Number, Type: d.Type, Issued: d.Issued, Until: d.Until, Main: d.main()})
		}
	}
	return out
}
