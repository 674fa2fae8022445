package archive

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

func (e Entry) line() string {
	return strings.Join([]string{e.Digest, strconv.FormatUint(e.Address, 16), strconv.FormatInt(e.Offset, 10),
		strconv.FormatInt(e.Length, 10), strconv.FormatInt(e.Fetched.Unix(), 10), strings.ReplaceAll(e.Source, "\t", " "), e.URL}, "\t") + "\n"
}

func parseLine(file, line string) (Entry, error) {
	f := strings.Split(line, "\t")
	if len(f) != 7 {
		return Entry{}, fmt.Errorf("want 7 fields, have %d", len(f))
	}
	address, err1 := strconv.ParseUint(f[1], 16, 64)
	offset, err2 := strconv.ParseInt(f[2], 10, 64)
	length, err3 := strconv.ParseInt(f[3], 10, 64)
	unix, err4 := strconv.ParseInt(f[4], 10, 64)
	return Entry{Digest: f[0], Address: address, File: file, Offset: offset, Length: length,
		Fetched: time.Unix(unix, 0).UTC(), Source: f[5], URL: f[6]}, errors.Join(err1, err2, err3, err4)
}

// horizon is how far back addresses are kept in memory: the last revisit of a
// page is 7 days after it was found.
const horizon = 9 * 24 * time.Hour

// index remembers, for recent records, in which index file and where the line
// of an address lies: 16 bytes a page and the map's own cost.
type index struct {
	dir   string
	names []string
	files map[string]*indexFile // by path
	where map[uint64]place
}

type indexFile struct {
	number uint32
	read   int64 // bytes already taken in
}

type place struct {
	file uint32
	at   int64
}

func newIndex(dir string) index {
	return index{dir: dir, files: map[string]*indexFile{}, where: map[uint64]place{}}
}

func (x *index) file(path string) *indexFile {
	f := x.files[path]
	if f == nil {
		f = &indexFile{number: uint32(len(x.names))}
		x.files[path] = f
		x.names = append(x.names, path)
	}
	return f
}

// refresh takes in the lines that were added since, by whomever.
func (x *index) refresh() error {
	paths, err := filepath.Glob(filepath.Join(x.dir, "*", "*.idx"))
	if err != nil {
		return fmt.Errorf("archive: list: %w", err)
	}
	sort.Slice(paths, func(i, j int) bool { return filepath.Base(paths[i]) < filepath.Base(paths[j]) })
	for _, path := range paths {
		info, err := os.Stat(path)
		f := x.file(path)
		if err != nil || info.Size() <= f.read || time.Since(info.ModTime()) > horizon {
			continue
		}
		at := f.read
		end, err := scanIndex(x.dir, path, f.read, func(e Entry) error {
			x.where[e.Address] = place{f.number, at}
			at += int64(len(e.line()))
			return nil
		})
		if err != nil {
			return err
		}
		f.read = end
	}
	return nil
}

// add takes in a line that this process has just written.
func (x *index) add(e Entry) {
	f := x.file(filepath.Join(x.dir, indexName(e.File)))
	x.where[e.Address] = place{f.number, f.read}
	f.read += int64(len(e.line()))
}

func (x *index) find(address uint64) (Entry, error) {
	p, ok := x.where[address]
	if !ok {
		if err := x.refresh(); err != nil {
			return Entry{}, err
		}
		if p, ok = x.where[address]; !ok {
			return Entry{}, fmt.Errorf("%w: address %x", ErrNone, address)
		}
	}
	var found Entry
	stop := errors.New("found")
	_, err := scanIndex(x.dir, x.names[p.file], p.at, func(e Entry) error { found = e; return stop })
	if !errors.Is(err, stop) {
		return Entry{}, fmt.Errorf("%w: address %x", ErrNone, address)
	}
	return found, nil
}

// scanIndex reads lines from an offset on and returns where the next would
// begin. A line without its end is one being written: it is left for later. A
// line that makes no sense is skipped.
func scanIndex(dir, path string, from int64, f func(Entry) error) (int64, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return from, nil
	}
	if err != nil {
		return from, fmt.Errorf("archive: index: %w", err)
	}
	defer file.Close()
	name, err := filepath.Rel(dir, warcName(path))
	if err != nil {
		return from, fmt.Errorf("archive: index: %w", err)
	}
	if _, err := file.Seek(from, io.SeekStart); err != nil {
		return from, fmt.Errorf("archive: index: %w", err)
	}
	at := from
	for r := bufio.NewReader(file); ; {
		line, err := r.ReadString('\n')
		if err != nil {
			return at, nil
		}
		at += int64(len(line))
		e, err := parseLine(name, strings.TrimSuffix(line, "\n"))
		if err != nil {
			continue
		}
		if err := f(e); err != nil {
			return at, err
		}
	}
}
