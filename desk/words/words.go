// Package words holds what the desk says to people, Vietnamese first and
// English second: the names of labels, levels, states and kinds, and how
// numbers and times are written.
//
// It reads and writes nothing. It promises that every value of the record's
// closed vocabularies has both names (a test walks them).
//
// Limit: sentences stand in the templates, both languages side by side; only
// what several pages say is here.
package words

// Lang is a language of the desk.
type Lang string

// The two languages.
const (
	VI Lang = "vi"
	EN Lang = "en"
)

// Say picks by language.
func (l Lang) Say(vi, en string) string {
	if l == EN {
		return en
	}
	return vi
}

// Other is the language the switch offers.
func (l Lang) Other() Lang {
	if l == EN {
		return VI
	}
	return EN
}

// Parse reads a language from a query or cookie; anything unknown is
// Vietnamese.
func Parse(s string) Lang {
	if s == string(EN) {
		return EN
	}
	return VI
}

type pair struct{ vi, en string }

func (l Lang) of(table map[string]pair, value string) string {
	if p, ok := table[value]; ok {
		return l.Say(p.vi, p.en)
	}
	return value
}

// Tone names a tone; "unsure" and "" are what is shown below the threshold.
func (l Lang) Tone(value string) string { return l.of(tones(), value) }

// ToneSign is the shape beside the word, so that colour never stands alone.
func ToneSign(value string) string {
	switch value {
	case "pos":
		return "▲"
	case "neu":
		return "●"
	case "neg":
		return "▼"
	}
	return "◌"
}

func tones() map[string]pair {
	return map[string]pair{
		"pos":    {"có lợi", "favourable"},
		"neu":    {"trung tính", "neutral"},
		"neg":    {"bất lợi", "unfavourable"},
		"unsure": {"chưa rõ", "unclear"},
		"":       {"chưa rõ", "unclear"},
	}
}

// Stance names an opinion toward a policy.
func (l Lang) Stance(value string) string { return l.of(stances(), value) }

func stances() map[string]pair {
	return map[string]pair{
		"favour":  {"ủng hộ", "in favour"},
		"against": {"phản đối", "against"},
		"none":    {"không nêu ý kiến", "no opinion"},
		"unsure":  {"chưa rõ", "unclear"},
		"":        {"chưa rõ", "unclear"},
	}
}

// Act names what a text does.
func (l Lang) Act(value string) string { return l.of(acts(), value) }

func acts() map[string]pair {
	return map[string]pair{
		"report":    {"tin tức", "report"},
		"official":  {"phát ngôn chính thức", "official statement"},
		"opinion":   {"ý kiến", "opinion"},
		"question":  {"câu hỏi", "question"},
		"request":   {"kiến nghị", "request"},
		"complaint": {"phản ánh, khiếu nại", "complaint"},
		"thanks":    {"cảm ơn, khen", "thanks"},
		"rumour":    {"tin đồn", "rumour"},
		"unsure":    {"chưa rõ", "unclear"},
	}
}

// Topic names a topic of the labelling guide.
func (l Lang) Topic(value string) string { return l.of(topics(), value) }

func topics() map[string]pair {
	return map[string]pair{
		"land":        {"đất đai", "land"},
		"housing":     {"nhà ở, đô thị", "housing"},
		"transport":   {"giao thông", "transport"},
		"health":      {"y tế", "health"},
		"education":   {"giáo dục", "education"},
		"environment": {"môi trường", "environment"},
		"agriculture": {"nông nghiệp, nông thôn", "agriculture"},
		"labour":      {"lao động, an sinh", "labour"},
		"economy":     {"kinh tế", "economy"},
		"finance":     {"thuế, ngân sách", "finance"},
		"admin":       {"hành chính", "administration"},
		"justice":     {"pháp luật, trật tự", "justice"},
		"culture":     {"văn hoá, báo chí", "culture"},
		"tech":        {"chuyển đổi số", "technology"},
		"ethnic":      {"dân tộc, tôn giáo", "ethnic affairs"},
		"defence":     {"quốc phòng, đối ngoại", "defence"},
		"disaster":    {"thiên tai, cháy nổ", "disaster"},
		"energy":      {"điện, nước, xăng dầu", "energy"},
		"other":       {"khác", "other"},
		"unsure":      {"chưa rõ", "unclear"},
	}
}

// Kind names the family of a source.
func (l Lang) Kind(value string) string { return l.of(kinds(), value) }

func kinds() map[string]pair {
	return map[string]pair{
		"press":  {"báo chí", "press"},
		"portal": {"cổng thông tin", "portals"},
		"social": {"mạng xã hội", "social media"},
	}
}

// Level names how loud an alert is.
func (l Lang) Level(value string) string { return l.of(levels(), value) }

func levels() map[string]pair {
	return map[string]pair{
		"notice":  {"chú ý", "notice"},
		"warning": {"cảnh báo", "warning"},
		"crisis":  {"khủng hoảng", "crisis"},
	}
}

// State names where an alert is in its life, or what happened to it.
func (l Lang) State(value string) string { return l.of(states(), value) }

func states() map[string]pair {
	return map[string]pair{
		"open":         {"chưa ai nhận", "open"},
		"opened":       {"mở", "opened"},
		"raised":       {"nâng mức", "raised"},
		"acknowledged": {"đã nhận việc", "acknowledged"},
		"closed":       {"đã đóng", "closed"},
		"reopened":     {"mở lại", "reopened"},
		"determined":   {"xác định vụ việc", "determined"},
		"delivered":    {"đã gửi", "delivered"},
		"delivering":   {"đang gửi", "delivering"},
		"failed":       {"không gửi được", "failed"},
	}
}

// Health names the state of a source.
func (l Lang) Health(value string) string { return l.of(health(), value) }

func health() map[string]pair {
	return map[string]pair{
		"good":      {"bình thường", "normal"},
		"new":       {"chưa đủ lịch sử", "too new to tell"},
		"silent":    {"im lặng", "silent"},
		"failing":   {"lỗi", "failing"},
		"shrinking": {"trang thiếu chữ", "pages without text"},
		"clock":     {"sai giờ", "clock is wrong"},
		"off":       {"tạm dừng", "paused"},
	}
}
