package fingerprint

import (
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"
)

// Figures gives the numbers of a text in order, each in one form: without
// thousands dots, with its decimal comma, "%" kept. "2,1–3,4 lần" gives 2,1 and
// 3,4; 2.417 and 2417 are one. Clock times, dates and document numbers count
// as they stand, since a changed one changes the news as well.
func Figures(text string) []string {
	var out []string
	for i := 0; i < len(text); {
		if text[i]-'0' >= 10 {
			i++
			continue
		}
		end := figureEnd(text, i)
		out = appendPlain(out, text[i:end])
		if strings.HasPrefix(strings.TrimLeft(text[end:min(end+2, len(text))], " "), "%") {
			out[len(out)-1] += "%"
		}
		i = end
	}
	return out
}

// figureEnd passes over digits and the dots and commas between them.
func figureEnd(text string, i int) int {
	for i < len(text) {
		c := text[i]
		inside := (c == '.' || c == ',') && i+1 < len(text) && text[i+1]-'0' < 10
		if c-'0' >= 10 && !inside {
			break
		}
		i++
	}
	return i
}

// appendPlain drops thousands dots (every dot that three digits and no more
// follow) and leading zeros; other dots part numbers, as in 17.10.2026.
func appendPlain(out []string, s string) []string {
	if !strings.Contains(s, ".") {
		return append(out, trimZeros(s))
	}
	groups := strings.Split(s, ".")
	thousands := len(groups[0]) <= 3
	for _, g := range groups[1:] {
		whole, _, _ := strings.Cut(g, ",")
		thousands = thousands && len(whole) == 3
	}
	if thousands {
		return append(out, trimZeros(strings.Join(groups, "")))
	}
	for _, g := range groups {
		out = append(out, trimZeros(g))
	}
	return out
}

// trimZeros leaves one zero where no other digit stands before the comma.
func trimZeros(s string) string {
	trimmed := strings.TrimLeft(s, "0")
	if trimmed == "" || trimmed[0] == ',' {
		return "0" + trimmed
	}
	return trimmed
}

// mostFigures bounds a figure signature; a longer list (a table of results) is
// cut at this many distinct figures, the smallest hashes kept, so that copies
// keep the same ones.
const mostFigures = 96

// FigureSet is the signature of the distinct figures of a text: their 16-bit
// hashes in order, little-endian, base64. Copies with the same one have the
// same figures; see Changed. It is "" where there are none.
func FigureSet(text string) string {
	var set []uint16
	for _, f := range Figures(text) {
		sum := uint32(2166136261) // FNV-1a
		for i := range len(f) {
			sum = (sum ^ uint32(f[i])) * 16777619
		}
		set = append(set, uint16(sum^sum>>16))
	}
	slices.Sort(set)
	set = slices.Compact(set)
	buf := make([]byte, 0, 2*mostFigures)
	for _, v := range set[:min(len(set), mostFigures)] {
		buf = binary.LittleEndian.AppendUint16(buf, v)
	}
	return base64.RawStdEncoding.EncodeToString(buf)
}

// Changed reports whether, of two copies, each has a figure that the other
// lacks: a number was changed, not merely left out or added.
func Changed(a, b string) bool {
	return lacks(a, b) && lacks(b, a)
}

// lacks reports whether a has a figure that b has not.
func lacks(a, b string) bool {
	x, errA := base64.RawStdEncoding.DecodeString(a)
	y, errB := base64.RawStdEncoding.DecodeString(b)
	if errA != nil || errB != nil {
		return a != b
	}
	have := map[[2]byte]bool{}
	for ; len(y) >= 2; y = y[2:] {
		have[[2]byte(y)] = true
	}
	for ; len(x) >= 2; x = x[2:] {
		if !have[[2]byte(x)] {
			return true
		}
	}
	return false
}
