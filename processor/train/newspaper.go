package train

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/diembao/diembao/processor/classify"
	"github.com/diembao/diembao/viet"
)

// Article is a newspaper text with the section it stood in.
type Article struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Text  string `json:"text"` // the first line is the title
}

// ReadArticles reads JSON lines of articles. It names the line it cannot use.
func ReadArticles(r io.Reader) ([]Article, error) {
	var all []Article
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 16<<20)
	for n := 1; lines.Scan(); n++ {
		var a Article
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, fmt.Errorf("train: articles: line %d: %w", n, err)
		}
		a.Text = viet.NFC(a.Text)
		all = append(all, a)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("train: reading articles: %w", err)
	}
	return all, nil
}

// Sections lists the labels of articles in alphabetical order.
func Sections(articles []Article) []string {
	seen := map[string]bool{}
	for _, a := range articles {
		seen[a.Label] = true
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// longestArticle is how much of an article is learned from, in bytes.
const longestArticle = 8000

// Newspaper trains the model that sorts articles into newspaper sections.
func Newspaper(ctx context.Context, articles []Article) (*classify.Model, error) {
	sections := Sections(articles)
	bag := new(classify.Bag)
	var tokens []classify.Token
	texts := make([]classify.Labelled, len(articles))
	for i, a := range articles {
		bag.Reset()
		tokens = classify.Grams(bag, tokens, viet.Head(a.Text, longestArticle))
		texts[i] = classify.Labelled{
			Features: bag.Features(), Classes: []int{slices.Index(sections, a.Label)}, Weight: 1,
		}
	}
	return classify.Train(ctx, texts, classify.Plan{
		Name: "newspaper", Version: "1", Tasks: []classify.Task{{Name: "section", Classes: sections}},
		Bits: 19, MinTexts: 2, Epochs: 12, Steps: []classify.Step{{Rate: 0.6, Decay: 3e-6}},
	})
}

// NewspaperFile is the model of newspaper sections in a model folder.
const NewspaperFile = "newspaper.bin"

// WriteNewspaper writes the model into folder, which is made where missing.
func WriteNewspaper(folder string, m *classify.Model) error {
	raw, err := m.Marshal()
	if err != nil {
		return err
	}
	return writeFiles(folder, map[string][]byte{NewspaperFile: raw})
}

// OpenNewspaper reads what WriteNewspaper wrote.
func OpenNewspaper(folder string) (*classify.Model, error) {
	raw, err := os.ReadFile(filepath.Join(folder, NewspaperFile))
	if err != nil {
		return nil, fmt.Errorf("train: opening the model of newspaper sections: %w", err)
	}
	return classify.Unmarshal(raw)
}
