package encoder_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/viterin/vek/vek32"

	"github.com/diembao/diembao/processor/encoder"
	"github.com/diembao/diembao/processor/steptest"
)

const sentence = "Ủy ban nhân dân tỉnh cho biết dự thảo bảng giá đất mới sẽ lấy ý kiến người dân trong 30 ngày, song nhiều hộ vẫn lo thuế tăng. "

// BenchmarkVekDot is the yardstick: the rate of vek's dot product itself on
// rows of the model's size, in floating-point operations.
func BenchmarkVekDot(b *testing.B) {
	cpu := steptest.CPUTime()
	x, w := make([]float32, 160*384), make([]float32, 1536*384)
	for b.Loop() {
		for i := range 160 {
			for j := range 1536 {
				vek32.Dot(x[i*384:(i+1)*384], w[j*384:(j+1)*384])
			}
		}
	}
	report(b, cpu, 2*160*384*1536)
}

func BenchmarkEncode(b *testing.B) {
	for _, kernel := range []string{"block", "dot"} {
		for _, tokens := range []int{40, 160} {
			b.Run(kernel+"/"+map[int]string{40: "40", 160: "160"}[tokens], func(b *testing.B) {
				encode(b, kernel, tokens)
			})
		}
	}
}

func encode(b *testing.B, kernel string, tokens int) {
	e, err := encoder.Open(encoder.Reader(), encoder.Options{Kernel: kernel})
	if err != nil {
		b.Skip("kernel not run: ", err)
	}
	text := exactly(e, tokens)
	texts := make([]string, 480/tokens)
	for i := range texts {
		texts[i] = text
	}
	read, cpu := 0, steptest.CPUTime()
	for b.Loop() {
		out, err := e.Encode(context.Background(), texts)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range out {
			read += o.Tokens
		}
	}
	seconds := b.Elapsed().Seconds()
	b.ReportMetric(float64(read)/seconds, "tokens/s")
	b.ReportMetric(float64(read)/float64(tokens)/seconds, "passages/s")
	report(b, cpu, 480*flops(e.Config(), tokens))
}

// flops is what one token costs in a passage of n: linear layers and attention.
func flops(c encoder.Config, n int) int {
	perLayer := 2 * c.Hidden * (4*c.Hidden + 2*c.Intermediate)
	return c.Layers * (perLayer + 4*n*c.Hidden)
}

// report gives the rate by the clock and by the processor's time since cpu.
func report(b *testing.B, cpu time.Duration, perRun int) {
	b.ReportMetric(float64(perRun)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
	if used := steptest.CPUTime() - cpu; used > 0 {
		b.ReportMetric(float64(perRun)*float64(b.N)/used.Seconds()/1e9, "GFLOP/cpu-s")
	}
	b.ReportMetric(0, "ns/op")
}

// exactly cuts a text that the model reads as n tokens.
func exactly(e *encoder.Encoder, n int) string {
	words := strings.Fields(strings.Repeat(sentence, 20))
	for i := range words {
		text := strings.Join(words[:i], " ")
		if ids, _ := e.Tokens(text); len(ids) >= n {
			return text
		}
	}
	return strings.Join(words, " ")
}
