package configs

import (
	"bytes"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// source is one YAML file: its tree, to find the line of a path, and its
// bytes, to decode strictly.
type source struct {
	file string
	data []byte
	root yaml.Node
}

// open parses the file; a file that is not YAML gives one problem and no tree.
func open(file string, data []byte) (*source, Problems) {
	d := &source{file: file, data: data}
	if err := yaml.Unmarshal(data, &d.root); err != nil {
		return nil, d.syntax(err)
	}
	return d, nil
}

// decode fills into, refusing unknown fields; every mismatch is a problem.
func (d *source) decode(into any) Problems {
	dec := yaml.NewDecoder(bytes.NewReader(d.data))
	dec.KnownFields(true)
	err := dec.Decode(into)
	if err == nil || errors.Is(err, io.EOF) {
		return nil
	}
	return d.syntax(err)
}

// lineOf matches the place that the YAML library puts into its messages; it
// offers no other way to learn it.
var lineOf = regexp.MustCompile(`^(?:yaml: )?line (\d+): (.*)$`)

func (d *source) syntax(err error) Problems {
	messages := []string{err.Error()}
	var typed *yaml.TypeError
	if errors.As(err, &typed) {
		messages = typed.Errors
	}
	var out Problems
	for _, m := range messages {
		p := Problem{File: d.file, Message: m}
		if found := lineOf.FindStringSubmatch(m); found != nil {
			p.Line, _ = strconv.Atoi(found[1])
			p.Message = plain(found[2])
		}
		out = append(out, p)
	}
	return out
}

// unknownField is how the library words a field that the type does not have.
var unknownField = regexp.MustCompile(`^field (\S+) not found in type \S+$`)

// plain rewords what names Go types, which the editor of a YAML file does not
// know.
func plain(message string) string {
	if m := unknownField.FindStringSubmatch(message); m != nil {
		return "unknown field " + strconv.Quote(m[1])
	}
	return message
}

// report gives the function that a Validate calls.
func (d *source) report(into *Problems) func(path, message string) {
	return func(path, message string) {
		*into = append(*into, Problem{File: d.file, Line: d.line(path), Path: path, Message: message})
	}
}

func join(prefix, path string) string {
	switch {
	case prefix == "":
		return path
	case path == "":
		return prefix
	case strings.HasPrefix(path, "["):
		return prefix + path
	}
	return prefix + "." + path
}

// line finds the line of a path, or that of its nearest parent that is there.
func (d *source) line(path string) int {
	if len(d.root.Content) == 0 {
		return 0
	}
	node := d.root.Content[0]
	at := node.Line
	for _, step := range steps(path) {
		next, line := child(node, step)
		if next == nil {
			return at
		}
		node, at = next, line
	}
	return at
}

// has reports whether the file has the first step of a path.
func (d *source) has(path string) bool {
	if len(d.root.Content) == 0 {
		return false
	}
	first := steps(path)
	if len(first) == 0 {
		return false
	}
	node, _ := child(d.root.Content[0], first[0])
	return node != nil
}

// steps cuts "a.b[3].c" into a, b, 3, c.
func steps(path string) []string {
	return strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' })
}

func child(node *yaml.Node, step string) (*yaml.Node, int) {
	if node.Kind == yaml.AliasNode {
		node = node.Alias
	}
	switch node.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == step {
				return node.Content[i+1], node.Content[i].Line
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(node.Content) {
			return node.Content[i], node.Content[i].Line
		}
	}
	return nil, 0
}
