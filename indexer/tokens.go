package indexer

import (
	"strings"
	"unicode/utf8"

	"github.com/diembao/diembao/viet"
)

// paragraph stands between paragraphs, so that no phrase reaches across. No
// token can be it, since it is neither letter nor digit.
const paragraph = "¶"

// maxToken bounds a token in bytes; the rest of a longer one is dropped in
// documents and requests alike. Elasticsearch would cut at 255 characters, and
// the longest syllable has 7 letters.
const maxToken = 96

// tokens cuts text for searching: its tokens in key form joined by spaces, and
// the same folded.
func tokens(paragraphs ...string) (keys, folds string) {
	var b strings.Builder
	for _, text := range paragraphs {
		for line := range strings.SplitSeq(text, "\n") {
			writeKeys(&b, line)
		}
	}
	keys = b.String()
	return keys, viet.Fold(keys)
}

func writeKeys(b *strings.Builder, line string) {
	first := true
	for t := range viet.EachToken(viet.Key(line)) {
		switch {
		case first && b.Len() > 0:
			b.WriteString(" " + paragraph + " ")
		case !first:
			b.WriteByte(' ')
		}
		first = false
		b.WriteString(short(t.Text))
	}
}

func short(token string) string {
	if len(token) <= maxToken {
		return token
	}
	end := maxToken
	for !utf8.RuneStart(token[end]) {
		end--
	}
	return token[:end]
}

// Tag is the form in which a field's value is filtered by: case, marks and
// spaces do not matter. It holds no space and no quotation mark.
func Tag(field, value string) string {
	const most = 200
	folded := viet.Fold(viet.NFC(strings.TrimSpace(value)))
	if len(folded) > most {
		folded = folded[:most]
	}
	return field + ":" + strings.Map(tagRune, strings.ToValidUTF8(folded, ""))
}

func tagRune(r rune) rune {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '/', r == '.', r == '=', r == ':':
		return r
	case r < utf8.RuneSelf || r == '\u00a0' || r == '\u3000':
		return '_'
	}
	return r
}
