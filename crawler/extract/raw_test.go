package extract

import "testing"

func TestRawElements(t *testing.T) {
	for name, want := range map[string]rawKind{
		"script": rawDropped, "STYLE": rawDropped, "noscript": rawDropped, "iframe": rawDropped, "noembed": rawDropped, "noframes": rawDropped, "textarea": rawKept, "Title": rawKept, "xmp": rawKept,
		"plaintext": rawForEver, "p": notRaw, "": notRaw, "scripts": notRaw, "averyverylongname": notRaw,
	} {
		if got := rawOf(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}

func TestElementsThatLeaveForeignOnes(t *testing.T) {
	for name, want := range map[string]bool{"p": true, "DIV": true, "foreignObject": true, "annotation-xml": true, "table": true, "g": false, "path": false, "style": false, "title": false, "": false, "averyveryverylongname": false} {
		if got := leavesForeign(name); got != want {
			t.Errorf("%q: %v, want %v", name, got, want)
		}
	}
}
