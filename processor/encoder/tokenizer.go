package encoder

import (
	"bufio"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"unicode/utf8"
)

// wordStart stands before each word in the vocabulary.
const wordStart = "▁"

// tokenizer normalises a text and cuts it into word pieces.
type tokenizer struct {
	config  Config
	norm    map[rune]string
	ids     map[string]int32
	scores  []float32
	longest int // bytes of the longest piece
}

func openTokenizer(fsys fs.FS, c Config) (*tokenizer, error) {
	t := &tokenizer{config: c, norm: map[rune]string{}, ids: map[string]int32{}}
	if err := eachLine(fsys, "norm.tsv", t.addNorm); err != nil {
		return nil, err
	}
	if err := eachLine(fsys, "pieces.tsv", t.addPiece); err != nil {
		return nil, err
	}
	for _, id := range []int32{c.Special.BOS, c.Special.Pad, c.Special.EOS, c.Special.Unk} {
		if id < 0 || int(id) >= len(t.scores) {
			return nil, fmt.Errorf("encoder: config.json: special id %d is no piece", id)
		}
	}
	return t, nil
}

// eachLine calls f for each line and names file and line where f fails.
func eachLine(fsys fs.FS, name string, f func(line string) error) error {
	file, err := fsys.Open(name)
	if err != nil {
		return fmt.Errorf("encoder: reading %s: %w", name, err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		if err := f(lines.Text()); err != nil {
			return fmt.Errorf("encoder: %s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

// addNorm reads "hex code point, tab, hex code points".
func (t *tokenizer) addNorm(line string) error {
	from, to, ok := strings.Cut(line, "\t")
	if !ok {
		return fmt.Errorf("no tab in %q", line)
	}
	char, err := codePoint(from)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, field := range strings.Fields(to) {
		r, err := codePoint(field)
		if err != nil {
			return err
		}
		b.WriteRune(r)
	}
	t.norm[char] = b.String()
	return nil
}

func codePoint(hex string) (rune, error) {
	n, err := strconv.ParseUint(hex, 16, 21)
	if err != nil {
		return 0, fmt.Errorf("%q is no code point", hex)
	}
	return rune(n), nil
}

// addPiece reads "piece, tab, log-probability"; its id is its line.
func (t *tokenizer) addPiece(line string) error {
	at := strings.LastIndexByte(line, '\t')
	if at < 0 {
		return fmt.Errorf("no tab in %q", line)
	}
	score, err := strconv.ParseFloat(line[at+1:], 32)
	if err != nil {
		return fmt.Errorf("%q is no number", line[at+1:])
	}
	id := int32(len(t.scores))
	t.scores = append(t.scores, float32(score))
	if s := t.config.Special; id == s.BOS || id == s.Pad || id == s.EOS || id == s.Unk {
		return nil
	}
	t.ids[line[:at]] = id
	t.longest = max(t.longest, at)
	return nil
}

// encode returns bos, at most MaxTokens−2 pieces, eos.
func (t *tokenizer) encode(text string) (ids []int32, cut bool) {
	ids = append(ids, t.config.Special.BOS)
	limit := t.config.MaxTokens - 1
	for word := range strings.FieldsFuncSeq(t.normalise(t.config.Prefix+text), isSpace) {
		if len(ids) >= limit {
			cut = true
			break
		}
		ids = t.cut(ids, wordStart+word)
	}
	if len(ids) > limit {
		ids, cut = ids[:limit], true
	}
	return append(ids, t.config.Special.EOS), cut
}

// isSpace knows the space only: norm.tsv makes the other white space into it.
func isSpace(r rune) bool { return r == ' ' }

func (t *tokenizer) normalise(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for _, r := range text {
		if to, ok := t.norm[r]; ok {
			b.WriteString(to)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// longestWord bounds what one word costs: hostile text without spaces is cut
// as if it had one here, long after the model's own limit.
const longestWord = 4096

// node is the best way to cut a word up to some byte.
type node struct {
	score float64
	from  int
	id    int32
}

// cut appends the pieces of word with the greatest sum of scores.
func (t *tokenizer) cut(ids []int32, word string) []int32 {
	if len(word) > longestWord {
		word = strings.ToValidUTF8(word[:longestWord], "")
	}
	best := make([]node, len(word)+1)
	for i := range best[1:] {
		best[i+1].from = -1
	}
	for start := 0; start < len(word); {
		_, size := utf8.DecodeRuneInString(word[start:])
		t.extend(best, word, start, size)
		start += size
	}
	return backtrack(ids, best)
}

// extend tries every piece that begins at start. A character that is no piece
// itself may also be skipped as unknown.
func (t *tokenizer) extend(best []node, word string, start, size int) {
	known := false
	for end := start + size; end <= min(len(word), start+t.longest); {
		if id, ok := t.ids[word[start:end]]; ok {
			reach(best, start, end, id, float64(t.scores[id]))
			known = known || end == start+size
		}
		_, n := utf8.DecodeRuneInString(word[end:])
		end += max(n, 1)
	}
	if !known {
		reach(best, start, start+size, t.config.Special.Unk, t.config.UnkScore)
	}
}

func reach(best []node, start, end int, id int32, score float64) {
	sum := best[start].score + score
	if best[end].from < 0 || sum > best[end].score {
		best[end] = node{score: sum, from: start, id: id}
	}
}

func backtrack(ids []int32, best []node) []int32 {
	first := len(ids)
	for at := len(best) - 1; at > 0; at = best[at].from {
		ids = append(ids, best[at].id)
	}
	for i, j := first, len(ids)-1; i < j; i, j = i+1, j-1 {
		ids[i], ids[j] = ids[j], ids[i]
	}
	return ids
}
