package viet

import (
	"strings"
	"testing"
)

// TestNoSpellingIsListedTwice: of two entries the table would keep one.
func TestNoSpellingIsListedTwice(t *testing.T) {
	seen := map[string]string{}
	for list, sep := range map[string]string{chatSpellings: ":", doubtfulSpellings: ": "} {
		for line := range strings.Lines(list) {
			left, right, ok := strings.Cut(strings.TrimSpace(line), sep)
			if !ok {
				if left != "" {
					t.Errorf("%q is no entry", line)
				}
				continue
			}
			typed := strings.Fields(right)
			if list == doubtfulSpellings {
				typed = []string{left}
			}
			for _, w := range typed {
				if seen[w] != "" {
					t.Errorf("%q stands under %q and %q", w, seen[w], left)
				}
				seen[w] = left
			}
		}
	}
	if len(seen) != len(chatWords)+len(doubtful) {
		t.Errorf("%d spellings, %d in the tables", len(seen), len(chatWords)+len(doubtful))
	}
}

// TestEverySpellingCanBeMet: it is one token, small, NFC, and short enough
// for the look-up; its reading is written out.
func TestEverySpellingCanBeMet(t *testing.T) {
	check := func(typed string) {
		if tokens := Tokens(typed); len(tokens) != 1 || tokens[0].Text != typed || len(typed) > 16 || NFC(typed) != typed || string(appendLower(nil, typed)) != typed {
			t.Errorf("%q can never be met", typed)
		}
		if !isChat([]byte(typed)) {
			t.Errorf("%q is not known", typed)
		}
	}
	for typed, plain := range chatWords {
		check(typed)
		if NFC(plain) != plain || plain == typed {
			t.Errorf("%q is read %q", typed, plain)
		}
	}
	for typed, options := range doubtful {
		check(typed)
		if len(options) == 0 {
			t.Errorf("%q has no reading", typed)
		}
	}
}

// TestLetterCaseDoesNotMatter: who shouts means the same.
func TestLetterCaseDoesNotMatter(t *testing.T) {
	for typed, plain := range chatWords {
		if len([]rune(typed)) == 1 {
			continue // a capital alone is a name's
		}
		if got := Plain(strings.ToUpper(typed)); got != plain {
			t.Errorf("Plain(%q) = %q, want %q", strings.ToUpper(typed), got, plain)
		}
		if got := Plain(plain); got != plain {
			t.Errorf("the standard spelling %q is respelt %q", plain, got)
		}
	}
}
