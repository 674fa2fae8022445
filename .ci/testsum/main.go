// Command testsum reads the output of `go test -json`, shows what a person
// wants of it (a line a package, and everything a failing test printed) and
// ends with one line for each suite that could not run here, and why.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
)

type event struct {
	Action, Package, Test, Output string
}

// summary is what has been read so far.
type summary struct {
	out                     io.Writer
	lines                   map[string][]string // output of a test still running
	passed, failed, skipped int
	missing                 map[string]int // reason of a skip → tests
}

func main() {
	s := &summary{out: os.Stdout, lines: map[string][]string{}, missing: map[string]int{}}
	scan := bufio.NewScanner(os.Stdin)
	scan.Buffer(nil, 16<<20)
	for scan.Scan() {
		s.line(scan.Bytes())
	}
	s.close()
	if s.failed > 0 || scan.Err() != nil {
		os.Exit(1)
	}
}

func (s *summary) line(raw []byte) {
	var e event
	if json.Unmarshal(raw, &e) != nil || e.Action == "" {
		fmt.Fprintf(s.out, "%s\n", raw)
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		s.output(key, e)
	case "build-fail":
		s.failed++
	case "pass", "fail", "skip":
		s.end(key, e)
	}
}

func (s *summary) output(key string, e event) {
	if e.Test == "" {
		if e.Output != "PASS\n" && !strings.HasPrefix(e.Output, "?") {
			fmt.Fprint(s.out, e.Output)
		}
		return
	}
	s.lines[key] = append(s.lines[key], e.Output)
}

func (s *summary) end(key string, e event) {
	if e.Test == "" {
		if e.Action == "fail" {
			s.failed++ // also a package that died outside a test
		}
		return
	}
	switch e.Action {
	case "pass":
		s.passed++
	case "skip":
		s.skipped++
		s.missing[reason(s.lines[key])]++
	case "fail":
		s.failed++
		fmt.Fprint(s.out, strings.Join(s.lines[key], ""))
	}
	delete(s.lines, key)
}

// reason is the message that a test gave to t.Skip.
func reason(lines []string) string {
	for _, l := range slices.Backward(lines) {
		if _, message, ok := strings.Cut(strings.TrimSpace(l), ".go:"); ok {
			if _, text, ok := strings.Cut(message, ": "); ok {
				return text
			}
		}
	}
	return "no reason given"
}

// close prints what was cut short, what could not run, and the count.
func (s *summary) close() {
	for key, lines := range s.lines {
		if len(lines) > 0 {
			fmt.Fprintf(s.out, "unfinished: %s\n%s", key, strings.Join(lines, ""))
		}
	}
	for _, why := range slices.Sorted(maps.Keys(s.missing)) {
		fmt.Fprintf(s.out, "could not run: %s (%d tests)\n", why, s.missing[why])
	}
	fmt.Fprintf(s.out, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
}
