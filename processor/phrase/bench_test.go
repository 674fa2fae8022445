package phrase_test

import (
	"strings"
	"testing"

	"github.com/diembao/diembao/processor/phrase"
)

func BenchmarkCut(b *testing.B) {
	text := strings.Repeat("Ủy ban nhân dân tỉnh cho biết dự thảo bảng giá đất mới sẽ lấy ý kiến người dân trong 30 ngày, song nhiều hộ vẫn lo thuế tăng. ", 20)
	s := build(false, "bảng giá đất", "Ủy ban nhân dân", "lấy ý kiến", "hòa bình")
	var tokens []phrase.Token
	var ms []phrase.Match
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tokens = s.Cut(text, tokens[:0])
		ms = s.Find(tokens, ms[:0])
	}
}
