package encoder

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"sort"
)

// Config is config.json: sizes, special ids, tasks and the places of the
// tensors in weights.bin.
type Config struct {
	Model        string              `json:"model"`
	Version      string              `json:"version"`
	Layers       int                 `json:"layers"`
	Hidden       int                 `json:"hidden"`
	Heads        int                 `json:"heads"`
	Intermediate int                 `json:"intermediate"`
	MaxTokens    int                 `json:"max_tokens"`
	Epsilon      float64             `json:"layer_norm_eps"`
	Prefix       string              `json:"prefix"`
	Special      Special             `json:"special"`
	UnkScore     float64             `json:"unk_score"`
	Tasks        map[string][]string `json:"tasks"`
	Tensors      []Tensor            `json:"tensors"`
	SHA256       string              `json:"sha256"`
}

// Special holds the ids that are no word pieces.
type Special struct {
	BOS int32 `json:"bos"`
	Pad int32 `json:"pad"`
	EOS int32 `json:"eos"`
	Unk int32 `json:"unk"`
}

// Tensor is one tensor's name, shape, number format and place.
type Tensor struct {
	Name   string `json:"name"`
	Shape  []int  `json:"shape"`
	Type   string `json:"type"` // f32 or i8row
	Offset int64  `json:"offset"`
}

// TaskNames lists the tasks in alphabetical order.
func (c Config) TaskNames() []string {
	names := make([]string, 0, len(c.Tasks))
	for name := range c.Tasks {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

func readConfig(fsys fs.FS) (Config, error) {
	var c Config
	raw, err := fs.ReadFile(fsys, "config.json")
	if err != nil {
		return c, fmt.Errorf("encoder: reading config.json: %w", err)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return c, fmt.Errorf("encoder: reading config.json: %w", err)
	}
	return c, c.check()
}

// check refuses sizes that the forward pass could not work with.
func (c Config) check() error {
	for _, size := range []struct {
		name  string
		value int
	}{
		{"layers", c.Layers}, {"hidden", c.Hidden}, {"heads", c.Heads},
		{"intermediate", c.Intermediate}, {"tasks", len(c.Tasks)},
	} {
		if size.value < 1 || size.value > 1<<16 {
			return fmt.Errorf("encoder: config.json: %s is %d", size.name, size.value)
		}
	}
	if c.Hidden%c.Heads != 0 {
		return fmt.Errorf("encoder: config.json: hidden %d is no multiple of heads %d", c.Hidden, c.Heads)
	}
	if c.MaxTokens < 3 || c.MaxTokens > batchTokens {
		return fmt.Errorf("encoder: config.json: max_tokens is %d, not 3…%d", c.MaxTokens, batchTokens)
	}
	return nil
}
