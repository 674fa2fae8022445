package viet

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// benchText is 60 KB of ordinary prose.
var benchText = strings.Repeat(`Sáng 27/11, UBND tỉnh Quảng Ninh họp báo về Nghị định 244/2026/NĐ-CP. Ông Nguyễn Văn A, Phó Chủ tịch, cho biết người dân phản ánh tình trạng ngập nước kéo dài ở phường Điện Biên; đơn vị thi công chậm tiến độ, gây bức xúc. "Chúng tôi sẽ xử lý nghiêm, công khai trước 15/12", ông nói. Tổng vốn đầu tư 1.234,5 tỷ đồng, đường dây nóng 1022. `, 150)

func benchString(b *testing.B, f func(string)) {
	b.SetBytes(int64(len(benchText)))
	b.ReportAllocs()
	for b.Loop() {
		f(benchText)
	}
}

func BenchmarkFold(b *testing.B) {
	b.Run("own", func(b *testing.B) { benchString(b, func(s string) { Fold(s) }) })
	strip := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	b.Run("x-text", func(b *testing.B) {
		benchString(b, func(s string) {
			out, _, err := transform.String(strip, s)
			if err != nil {
				b.Fatal(err)
			}
			if strings.ToLower(out) == "" {
				b.Fatal("nothing left")
			}
		})
	})
}

func BenchmarkFoldOffsets(b *testing.B) { benchString(b, func(s string) { FoldOffsets(s) }) }
func BenchmarkKey(b *testing.B)         { benchString(b, func(s string) { Key(s) }) }
func BenchmarkClean(b *testing.B)       { benchString(b, func(s string) { Clean(s) }) }
func BenchmarkSentences(b *testing.B)   { benchString(b, func(s string) { Sentences(s) }) }
func BenchmarkUnchat(b *testing.B)      { benchString(b, func(s string) { Unchat(s) }) }
func BenchmarkQuality(b *testing.B)     { benchString(b, func(s string) { Quality(s) }) }
func BenchmarkRepair(b *testing.B)      { benchString(b, func(s string) { Repair(s) }) }

func BenchmarkTokens(b *testing.B) {
	b.Run("slice", func(b *testing.B) { benchString(b, func(s string) { Tokens(s) }) })
	b.Run("iterator", func(b *testing.B) {
		benchString(b, func(s string) {
			for range EachToken(s) {
			}
		})
	})
}

func BenchmarkLanguage(b *testing.B) {
	s := head(benchText, 4<<10)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Language(s)
	}
}
