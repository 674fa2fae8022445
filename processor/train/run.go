package train

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/processor/judge"
	"github.com/diembao/diembao/processor/lexicon"
)

// Options say what to train from and where to put the models.
type Options struct {
	Files []string // labelled texts, JSON lines
	Out   string   // folder of the models; made where it is missing
	Tag   Tagger   // finds policies in texts whose gold names policies
	// Encoder reads texts for the careful heads; nil trains the quick models
	// only. Model is the digest of its weights, Pooled the length of its pooled
	// output, with which its vectors begin.
	Encoder Encoder
	Model   string
	Pooled  int
	Folds   int // of the cross-validation that calibrates; 0 is 4
	Log     func(string)
	// Outcomes is told how the held-out texts were judged, so that a training
	// also says how good it is; nil saves the time.
	Outcomes func([]Outcome)
}

func (o *Options) log(format string, args ...any) {
	if o.Log != nil {
		o.Log(fmt.Sprintf(format, args...))
	}
}

// Run trains every model but the encoder and writes them to o.Out. The same
// files give the same bytes. Decisions are fitted on texts held out in turn, so
// that probabilities are those of unseen texts.
func Run(ctx context.Context, o Options) error {
	w, err := begin(o)
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{w.holdOut, w.decide, w.careful, w.whole} {
		if err := step(ctx); err != nil {
			return err
		}
	}
	if o.Outcomes != nil {
		o.Outcomes(w.allOutcomes())
	}
	return w.write()
}

// work is the state of one training.
type work struct {
	o             Options
	lexicon       *lexicon.Lexicon
	examples      []Example
	folds         []int
	held          *Held
	quick, stance *classify.Model
	heads         judge.Heads
	viewed        []viewed
	decisions     judge.Decisions
}

func (w *work) holdOut(ctx context.Context) (err error) {
	w.held, err = HoldOut(ctx, w.lexicon, w.examples, w.folds, w.o.Tag, w.o.Log)
	return err
}

// decide fits the quick decisions.
func (w *work) decide(context.Context) error {
	for _, domain := range judge.Domains() {
		for _, task := range Tasks() {
			w.decisions.Quick = append(w.decisions.Quick, decideQuick(task, domain, w.quickViews(task, domain)))
		}
	}
	return nil
}

// whole trains the models that ship, on all texts.
func (w *work) whole(ctx context.Context) (err error) {
	w.o.log("training on all texts")
	if w.quick, err = Quick(ctx, w.lexicon, w.examples); err != nil {
		return err
	}
	w.stance, err = Stance(ctx, w.lexicon, Aims(w.examples, w.o.Tag))
	return err
}

func (w *work) write() error {
	files := map[string][]byte{}
	for name, m := range map[string]*classify.Model{judge.QuickFile: w.quick, judge.StanceFile: w.stance} {
		raw, err := m.Marshal()
		if err != nil {
			return err
		}
		files[name] = raw
	}
	if w.heads != nil {
		raw, err := w.heads.Marshal(w.o.Model, w.mean())
		if err != nil {
			return err
		}
		files[judge.HeadsFile] = raw
	}
	raw, err := json.MarshalIndent(w.decisions, "", " ")
	if err != nil {
		return fmt.Errorf("train: writing models: %w", err)
	}
	files[judge.DecisionsFile] = append(raw, '\n')
	return writeFiles(w.o.Out, files)
}

func writeFiles(folder string, files map[string][]byte) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("train: writing models: %w", err)
	}
	for name, raw := range files {
		if err := os.WriteFile(filepath.Join(folder, name), raw, 0o644); err != nil {
			return fmt.Errorf("train: writing models: %w", err)
		}
	}
	return nil
}

// mean is the mean of the encoder's pooled outputs of citizens' texts.
func (w *work) mean() []float32 {
	var mean []float32
	n := float32(0)
	for _, v := range w.viewed {
		if v.Domain != judge.Citizen {
			continue
		}
		if mean == nil {
			mean = make([]float32, len(v.Vector[:w.o.Pooled]))
		}
		n++
		for i, x := range v.Vector[:w.o.Pooled] {
			mean[i] += (x - mean[i]) / n
		}
	}
	return mean
}
