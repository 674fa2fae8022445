// Package encoder runs a small fine-tuned transformer encoder over Vietnamese
// policy texts in plain Go: word pieces, twelve or so layers, a pooled vector
// and one linear head a task.
//
// It reads a model folder (config.json, weights.bin, pieces.tsv, norm.tsv)
// through fs.FS and writes nothing. Everything but the architecture comes from
// the configuration, so newer weights of the same form need no new code. The
// same text gives the same output whatever it is batched with, and logits
// equal the model's reference outputs to 0.02.
//
// Limit: a text is cut at Config.MaxTokens; what the encoder should see of a
// long one is the caller's choice. Its softmax outputs are not calibrated.
package encoder

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// Encoder is a loaded model. It is safe for concurrent use; its weights are
// read-only and each call brings its own buffers.
type Encoder struct {
	config  Config
	tokens  *tokenizer
	weights *weights
	approx  *tables
	mul     multiply
	helpers int
}

// Options are what code chooses; the zero value is the fastest kernel the
// machine has, on one goroutine.
type Options struct {
	// Helpers is how many goroutines one Encode call may use; at least 1.
	Helpers int
	// Kernel names the matrix kernel: "" (best), "block" or "dot".
	Kernel string
}

// Output is what the encoder says about one text.
type Output struct {
	// Tokens is the number of ids read, the first and last included.
	Tokens int
	// Cut is true where the text was longer than the model reads.
	Cut bool
	// Pooled is the mean of the last layer over all tokens.
	Pooled []float32
	// Inner are the same means of three layers further in, one after the other:
	// those at a half, two thirds and five sixths of the depth.
	Inner []float32
	// Logits holds one number a class and task, in the order of Config.Tasks.
	Logits map[string][]float32
}

// Open loads the model in fsys. It fails with a message that names the file
// and place where a file is missing, short, or contradicts the configuration.
func Open(fsys fs.FS, o Options) (*Encoder, error) {
	config, err := readConfig(fsys)
	if err != nil {
		return nil, err
	}
	tokens, err := openTokenizer(fsys, config)
	if err != nil {
		return nil, err
	}
	mul, err := kernel(o.Kernel)
	if err != nil {
		return nil, err
	}
	w, err := readWeights(fsys, config, len(tokens.scores))
	if err != nil {
		return nil, err
	}
	return &Encoder{
		config: config, tokens: tokens, weights: w,
		approx: newTables(), mul: mul, helpers: max(o.Helpers, 1),
	}, nil
}

// Config is the configuration the model was read with.
func (e *Encoder) Config() Config { return e.config }

// Tokens cuts a text into the ids the model reads, and reports whether
// anything was left out.
func (e *Encoder) Tokens(text string) (ids []int32, cut bool) {
	return e.tokens.encode(text)
}

// Encode reads texts and returns one Output each, in their order. Texts of
// like length share a batch; a batch holds at most batchTokens tokens, which
// bounds memory to about 8 MB a helper. It stops early only when ctx ends.
func (e *Encoder) Encode(ctx context.Context, texts []string) ([]Output, error) {
	out := make([]Output, len(texts))
	jobs := e.batches(texts, out)
	next := make(chan []job)
	var wg sync.WaitGroup
	for range min(e.helpers, len(jobs)) {
		wg.Go(func() {
			p := newPass(e)
			for batch := range next {
				p.run(batch)
			}
		})
	}
	err := hand(ctx, jobs, next)
	close(next)
	wg.Wait()
	if err != nil {
		return nil, fmt.Errorf("encoder: reading %d texts: %w", len(texts), err)
	}
	return out, nil
}

// hand passes the batches on until they or the context end.
func hand(ctx context.Context, jobs [][]job, next chan<- []job) error {
	for _, batch := range jobs {
		if err := ctx.Err(); err != nil {
			return err
		}
		select {
		case next <- batch:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// batchTokens is the size of a batch: large enough that the weights' way
// through memory (85 MB) is paid for many tokens at once.
const batchTokens = 512

// job is one text on its way through the layers.
type job struct {
	ids []int32
	out *Output
}

// batches tokenises texts, sorts them by length and cuts them into batches.
func (e *Encoder) batches(texts []string, out []Output) [][]job {
	jobs := make([]job, len(texts))
	for i, text := range texts {
		ids, cut := e.tokens.encode(text)
		out[i] = Output{Tokens: len(ids), Cut: cut}
		jobs[i] = job{ids: ids, out: &out[i]}
	}
	slices.SortStableFunc(jobs, func(a, b job) int { return len(b.ids) - len(a.ids) })
	var all [][]job
	for start, used, i := 0, 0, 0; i < len(jobs); i++ {
		used += len(jobs[i].ids)
		if i+1 == len(jobs) || used+len(jobs[i+1].ids) > batchTokens {
			all = append(all, jobs[start:i+1])
			start, used = i+1, 0
		}
	}
	return all
}
