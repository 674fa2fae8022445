package judge

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/lexicon"
)

//go:embed model
var files embed.FS

// Shipped is the folder of trained models in the binary. A folder that
// `diembao train` wrote has the same files.
func Shipped() fs.FS {
	sub, err := fs.Sub(files, "model")
	if err != nil { // the name is a constant
		panic(err)
	}
	return sub
}

// The files of a model folder.
const (
	QuickFile     = "quick.bin"
	StanceFile    = "stance.bin"
	HeadsFile     = "heads.bin"
	DecisionsFile = "decisions.json"
)

// Models are the trained parts of judging. They are read-only.
type Models struct {
	Lexicon   *lexicon.Lexicon
	Quick     *classify.Model // rel, tone, act, topic
	Stance    *classify.Model
	Heads     Heads     // careful; nil in a folder without them
	Mean      []float32 // of the encoder's vectors of citizens' texts
	Encoder   string    // digest of the encoder that Heads stand on
	Decisions Decisions
}

// Decisions are the calibrations of both readings.
type Decisions struct {
	Quick   []Decision `json:"quick"`
	Careful []Decision `json:"careful,omitempty"`
}

// Classes lists the labels of a task of whole texts: rel, tone, act, topic.
func (m *Models) Classes(task string) []string {
	for _, t := range m.Quick.Tasks {
		if t.Name == task {
			return t.Classes
		}
	}
	return nil
}

// find returns the decision for a task and domain.
func find(list []Decision, task string, domain Domain) *Decision {
	for i := range list {
		if list[i].Task == task && list[i].Domain == domain {
			return &list[i]
		}
	}
	return nil
}

// Open reads a model folder. It names the file it cannot use.
func Open(fsys fs.FS) (*Models, error) {
	m := new(Models)
	var err error
	if m.Lexicon, err = lexicon.Open(); err != nil {
		return nil, err
	}
	if m.Quick, err = readModel(fsys, QuickFile); err != nil {
		return nil, err
	}
	if m.Stance, err = readModel(fsys, StanceFile); err != nil {
		return nil, err
	}
	if err := m.readHeads(fsys); err != nil {
		return nil, err
	}
	return m, m.readDecisions(fsys)
}

// readHeads reads the careful heads; a folder of quick models has none.
func (m *Models) readHeads(fsys fs.FS) error {
	raw, err := fs.ReadFile(fsys, HeadsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("judge: reading %s: %w", HeadsFile, err)
	}
	m.Heads, m.Mean, m.Encoder, err = UnmarshalHeads(raw)
	return err
}

func readModel(fsys fs.FS, name string) (*classify.Model, error) {
	raw, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, fmt.Errorf("judge: reading %s: %w", name, err)
	}
	m, err := classify.Unmarshal(raw)
	if err != nil {
		return nil, fmt.Errorf("judge: reading %s: %w", name, err)
	}
	return m, nil
}

func (m *Models) readDecisions(fsys fs.FS) error {
	raw, err := fs.ReadFile(fsys, DecisionsFile)
	if err != nil {
		return fmt.Errorf("judge: reading %s: %w", DecisionsFile, err)
	}
	if err := json.Unmarshal(raw, &m.Decisions); err != nil {
		return fmt.Errorf("judge: reading %s: %w", DecisionsFile, err)
	}
	for _, list := range [][]Decision{m.Decisions.Quick, m.Decisions.Careful} {
		for _, d := range list {
			n := len(d.Classes)
			if n == 0 || len(d.Bias) != n || len(d.Offset) != n || len(d.Sure) != n {
				return fmt.Errorf("judge: reading %s: %s/%s: lists of different length", DecisionsFile, d.Task, d.Domain)
			}
		}
	}
	return nil
}
