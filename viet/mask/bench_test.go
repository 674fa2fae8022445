package mask

import (
	"strings"
	"testing"
)

// ordinary holds numbers of every kind but hardly anything to hide.
var ordinary = strings.Repeat(`Sáng 27/11, UBND tỉnh Quảng Ninh họp báo về Nghị định 244/2026/NĐ-CP. Ông Nguyễn Văn A, Phó Chủ tịch, cho biết người dân phản ánh tình trạng ngập nước kéo dài ở phường Điện Biên; đơn vị thi công chậm tiến độ, gây bức xúc. "Chúng tôi sẽ xử lý nghiêm, công khai trước 15/12", ông nói. Tổng vốn đầu tư 1.234.500.000 đồng, đường dây nóng 1022. `, 150)

func BenchmarkFind(b *testing.B) {
	for name, text := range map[string]string{"ordinary": ordinary, "dense": strings.Join(cases, "\n")} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				Find(text)
			}
		})
	}
}
