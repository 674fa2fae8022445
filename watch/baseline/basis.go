package baseline

import (
	"fmt"
	"time"
)

// basis says in Vietnamese what an expectation leans on. own is how far it
// rests on the history of these very hours of the week.
func (p *Policy) basis(from time.Time, own float64) string {
	span := p.span()
	text := fmt.Sprintf("theo lịch sử %s của chính sách này, nhịp giờ trong ngày và ngày trong tuần của cả bàn tin", span)
	switch {
	case own >= 0.5:
		text = fmt.Sprintf("theo chính giờ này trong tuần, lịch sử %s của chính sách này", span)
	case p.known < 0.5 && span == "":
		text = "chưa có lịch sử: theo mức chung của các chính sách và nhịp giờ trong ngày"
	case p.known < 0.5:
		text = fmt.Sprintf("lịch sử mới có %s: dựa nhiều vào mức chung của các chính sách và nhịp giờ trong ngày", span)
	}
	if name := p.desk.options.Holidays.Name(from, p.desk.options.Zone); name != "" {
		text += "; ngày nghỉ (" + name + ") tính như Chủ nhật"
	}
	return text
}

// span is the length of the history that teaches, "" where there is none.
func (p *Policy) span() string {
	var hours float64
	for i := range p.series.Counts {
		if p.series.weight(i) > 0 {
			hours++
		}
	}
	switch days := int(hours / 24); {
	case hours == 0:
		return ""
	case days < 1:
		return fmt.Sprintf("%.0f giờ", hours)
	case days < 14:
		return fmt.Sprintf("%d ngày", days)
	default:
		return fmt.Sprintf("%d tuần", days/7)
	}
}
