package feed

import "strings"

// jsonDepth is how deep a JSON text nests.
func jsonDepth(text string) int {
	deepest := 0
	walkJSON(text, func(_, depth int) bool {
		deepest = max(deepest, depth)
		return true
	})
	return deepest
}

// walkJSON calls visit behind every bracket, strings being passed over, with
// the depth that holds from there on.
func walkJSON(text string, visit func(at, depth int) bool) {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			i = stringEnd(text, i)
			continue
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		default:
			continue
		}
		if !visit(i+1, depth) {
			return
		}
	}
}

func stringEnd(text string, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return i
}

// completeItems cuts a JSON feed that ends early behind its last whole item.
func completeItems(text string) (string, bool) {
	start := strings.Index(text, `"items"`)
	if start < 0 {
		return "", false
	}
	last := -1
	walkJSON(text, func(at, depth int) bool {
		if depth == 2 && at > start && text[at-1] == '}' {
			last = at
		}
		return depth > 0
	})
	if last < 0 {
		return "", false
	}
	return text[:last] + "]}", true
}
