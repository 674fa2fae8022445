package encoder

import "math"

// pass holds the buffers of one goroutine's forward passes.
type pass struct {
	e       *Encoder
	x       []float32 // tokens × hidden
	qkv     []float32 // tokens × 3 hidden
	context []float32 // tokens × hidden
	wide    []float32 // tokens × intermediate
	scores  []float32 // tokens of one text × the same, padded
	values  []float32 // one head's values, transposed
	head    []float32 // one head's result, transposed
}

func newPass(e *Encoder) *pass {
	c := e.config
	padded := pad(c.MaxTokens)
	return &pass{
		e:       e,
		x:       make([]float32, batchTokens*c.Hidden),
		qkv:     make([]float32, batchTokens*3*c.Hidden),
		context: make([]float32, batchTokens*c.Hidden),
		wide:    make([]float32, batchTokens*c.Intermediate),
		scores:  make([]float32, padded*padded),
		values:  make([]float32, c.Hidden/c.Heads*padded),
		head:    make([]float32, c.Hidden/c.Heads*padded),
	}
}

// pad rounds up to the kernel's width.
func pad(n int) int { return (n + 7) &^ 7 }

// run reads the texts of one batch. Their tokens stand one below the other in
// every matrix, so no padding is computed; only attention goes text by text.
func (p *pass) run(batch []job) {
	total := p.embed(batch)
	depth := len(p.e.weights.layers)
	for i := range depth {
		p.layer(&p.e.weights.layers[i], batch, total)
		if inner(i+1, depth) {
			p.each(batch, func(out *Output, from, n int) { out.Inner = p.mean(out.Inner, from, n) })
		}
	}
	p.each(batch, func(out *Output, from, n int) {
		out.Pooled = p.mean(nil, from, n)
		out.Logits = p.e.Heads(out.Pooled)
	})
}

// inner tells which layers, counted from 1, are pooled besides the last. What
// fine-tuning drew together in the last layer still lies apart in these, so
// heads of other tasks, or of the same with other texts, find more in them.
func inner(layer, depth int) bool {
	return layer == depth/2 || layer == depth*2/3 || layer == depth*5/6
}

// each calls do for every text of the batch with the rows of its tokens.
func (p *pass) each(batch []job, do func(out *Output, from, n int)) {
	from := 0
	for _, j := range batch {
		do(j.out, from, len(j.ids))
		from += len(j.ids)
	}
}

func (p *pass) embed(batch []job) (total int) {
	w := p.e.weights
	for _, j := range batch {
		for at, id := range j.ids {
			row := p.token(total)
			copy(row, w.kind)
			w.word.addTo(row, int(id))
			w.position.addTo(row, at)
			total++
		}
	}
	p.normalise(w.embed, total)
	return total
}

func (p *pass) token(i int) []float32 {
	h := p.e.config.Hidden
	return p.x[i*h : (i+1)*h]
}

func (p *pass) layer(l *layer, batch []job, total int) {
	c := p.e.config
	p.linear(p.qkv, p.x, l.qkv, total)
	from := 0
	for _, j := range batch {
		p.attend(from, len(j.ids))
		from += len(j.ids)
	}
	p.linear(p.qkv, p.context, l.out, total)
	p.residual(p.qkv, l.afterAttention, total)
	p.linear(p.wide, p.x, l.in, total)
	p.e.approx.applyGELU(p.wide[:total*c.Intermediate])
	p.linear(p.qkv, p.wide, l.ffn, total)
	p.residual(p.qkv, l.afterFF, total)
}

// linear sets dst to x · weightᵀ + bias, both row by row.
func (p *pass) linear(dst, x []float32, l linear, total int) {
	m := l.weight
	p.e.mul(
		rows{data: dst, stride: m.rows, n: total, cols: m.rows},
		rows{data: x, stride: m.cols, n: total, cols: m.cols},
		rows{data: m.data, stride: m.cols, n: m.rows, cols: m.cols},
	)
	for i := range total {
		add(dst[i*m.rows:(i+1)*m.rows], l.bias)
	}
}

func add(dst, x []float32) {
	dst = dst[:len(x)]
	for i, v := range x {
		dst[i] += v
	}
}

// residual adds y to x and normalises.
func (p *pass) residual(y []float32, n norm, total int) {
	add(p.x, y[:total*p.e.config.Hidden])
	p.normalise(n, total)
}

// normalise gives every token mean 0 and variance 1, then weight and bias.
func (p *pass) normalise(n norm, total int) {
	for i := range total {
		layerNorm(p.token(i), n, p.e.config.Epsilon)
	}
}

func layerNorm(row []float32, n norm, epsilon float64) {
	var sum, squares float32
	for _, v := range row {
		sum += v
	}
	mean := sum / float32(len(row))
	for _, v := range row {
		squares += (v - mean) * (v - mean)
	}
	scale := float32(1 / math.Sqrt(float64(squares)/float64(len(row))+epsilon))
	weight, bias := n.weight[:len(row)], n.bias[:len(row)]
	for i, v := range row {
		row[i] = (v-mean)*scale*weight[i] + bias[i]
	}
}

// attend fills the context of one text, whose n tokens begin at row from.
func (p *pass) attend(from, n int) {
	c := p.e.config
	size := c.Hidden / c.Heads
	scale := float32(1 / math.Sqrt(float64(size)))
	padded := pad(n)
	scores := rows{data: p.scores, stride: padded, n: n, cols: padded}
	for h := range c.Heads {
		query := p.part(from, n, h*size, size)
		key := p.part(from, n, c.Hidden+h*size, size)
		p.e.mul(rows{data: p.scores, stride: padded, n: n, cols: n}, query, key)
		for i := range n {
			row := scores.row(i)
			p.e.approx.applySoftmax(row[:n], scale)
			clear(row[n:])
		}
		p.weigh(scores, from, n, h)
	}
}

// part is one head's columns of q, k or v.
func (p *pass) part(from, n, column, size int) rows {
	stride := 3 * p.e.config.Hidden
	return rows{data: p.qkv[from*stride+column:], stride: stride, n: n, cols: size}
}

// weigh sums one head's values with the attention in scores. Values are turned
// so that the sum over tokens is a dot product like all others.
func (p *pass) weigh(scores rows, from, n, h int) {
	c := p.e.config
	size := c.Hidden / c.Heads
	padded := scores.cols
	value := p.part(from, n, 2*c.Hidden+h*size, size)
	for i := range n {
		for d, v := range value.row(i) {
			p.values[d*padded+i] = v
		}
	}
	for d := range size {
		clear(p.values[d*padded+n : (d+1)*padded])
	}
	turned := rows{data: p.head, stride: padded, n: size, cols: n}
	p.e.mul(turned, rows{data: p.values, stride: padded, n: size, cols: padded}, scores)
	for d := range size {
		for i, v := range turned.row(d) {
			p.context[(from+i)*c.Hidden+h*size+d] = v
		}
	}
}

// mean appends the mean of n tokens to dst.
func (p *pass) mean(dst []float32, from, n int) []float32 {
	at := len(dst)
	dst = append(dst, make([]float32, p.e.config.Hidden)...)
	sum := dst[at:]
	for i := range n {
		add(sum, p.token(from+i))
	}
	for i := range sum {
		sum[i] /= float32(n)
	}
	return dst
}

func (l linear) apply(x []float32) []float32 {
	out := make([]float32, l.weight.rows)
	for i := range out {
		out[i] = l.bias[i]
		for j, v := range l.weight.row(i) {
			out[i] += v * x[j]
		}
	}
	return out
}
