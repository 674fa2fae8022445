package encoder

import "fmt"

// assemble gives every tensor its place in the network and checks its shape.
func (r *reader) assemble(c Config, pieces int) *weights {
	w := &weights{
		word:     r.lookup("word", pieces, c.Hidden),
		position: r.lookup("position", c.MaxTokens, c.Hidden),
		kind:     r.vector("type", c.Hidden),
		embed:    r.norm("embed.norm", c.Hidden),
		heads:    map[string]linear{},
	}
	for i := range c.Layers {
		w.layers = append(w.layers, r.layer(fmt.Sprintf("layer.%d.", i), c))
	}
	for task, classes := range c.Tasks {
		w.heads[task] = r.linear("head."+task, len(classes), c.Hidden)
	}
	return w
}

func (r *reader) layer(at string, c Config) layer {
	return layer{
		qkv:            r.linear(at+"attention.qkv", 3*c.Hidden, c.Hidden),
		out:            r.linear(at+"attention.out", c.Hidden, c.Hidden),
		afterAttention: r.norm(at+"attention.norm", c.Hidden),
		in:             r.linear(at+"ffn.in", c.Intermediate, c.Hidden),
		ffn:            r.linear(at+"ffn.out", c.Hidden, c.Intermediate),
		afterFF:        r.norm(at+"ffn.norm", c.Hidden),
	}
}

func (r *reader) linear(name string, rows, cols int) linear {
	m, ok := r.tensors[name+".weight"].(matrix)
	if !ok || m.rows != rows || m.cols != cols {
		r.fail(name+".weight", rows, cols)
	}
	return linear{weight: m, bias: r.vector(name+".bias", rows)}
}

func (r *reader) norm(name string, n int) norm {
	return norm{weight: r.vector(name+".weight", n), bias: r.vector(name+".bias", n)}
}

func (r *reader) vector(name string, n int) []float32 {
	m, ok := r.tensors[name].(matrix)
	if !ok || len(m.data) != n {
		r.fail(name, 1, n)
	}
	return m.data
}

func (r *reader) lookup(name string, rows, cols int) table {
	t, ok := r.tensors[name].(table)
	if !ok || len(t.scales) < rows || t.cols != cols {
		r.fail(name, rows, cols)
	}
	return t
}

func (r *reader) fail(name string, rows, cols int) {
	if r.err == nil {
		r.err = fmt.Errorf("encoder: config.json: tensor %s is missing or not %d × %d", name, rows, cols)
	}
}
