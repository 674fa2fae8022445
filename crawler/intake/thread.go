package intake

import (
	"strings"

	"github.com/diembao/diembao/viet"
)

// clip cuts a text at a space before most bytes.
func clip(text string, most int) string {
	text = viet.Clean(text)
	if len(text) <= most {
		return text
	}
	cut := strings.LastIndexAny(text[:most], " \n")
	if cut <= 0 {
		return "" // one word without an end says nothing
	}
	return strings.TrimSpace(text[:cut])
}
