package push

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/diembao/diembao/viet"
)

// MaxFile bounds a file; MaxFileRows what is read of it.
const (
	MaxFile     = 64 << 20
	MaxFileRows = 100_000
)

// Report says what became of an imported file.
type Report struct {
	File     string `json:"file"`
	Rows     int    `json:"rows"`
	Accepted int    `json:"accepted"`
	Rejected int    `json:"rejected"`
	// Kept is the file of rejected rows, "" if there are none: the rows as
	// they were, with line and reason, as JSON lines.
	Kept string `json:"kept,omitempty"`
}

// rejected is a row that was not taken.
type rejected struct {
	File   string          `json:"file"`
	Line   int             `json:"line"` // counted from 1; in a table the first row is the heading
	Reason string          `json:"reason"`
	Row    json.RawMessage `json:"row"`
}

// Import takes in a file: .jsonl or .ndjson (one row a line), .csv (comma,
// semicolon or tab; heading in the first line) or .xlsx (first sheet). source
// is the source of rows that name none. Rows that cannot be taken are written
// to a file beside it in dir, and the others go in; importing the same file
// again does nothing. It fails only if the file cannot be read at all or the
// rejected rows cannot be kept.
func (d Doors) Import(ctx context.Context, path, source, dir string, now time.Time) (Report, error) {
	rep := Report{File: filepath.Base(path)}
	info, err := os.Stat(path)
	if err != nil {
		return rep, fmt.Errorf("push: import: %w", err)
	}
	if info.Size() > MaxFile {
		return rep, fmt.Errorf("push: import %s: %d byte, lớn quá %d / larger than that", rep.File, info.Size(), MaxFile)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return rep, fmt.Errorf("push: import: %w", err)
	}
	rows, bad, err := Rows(rep.File, data)
	if err != nil {
		return rep, fmt.Errorf("push: import %s: %w", rep.File, err)
	}
	rep.Rows = len(rows) + len(bad)
	for len(rows) > 0 {
		n := min(len(rows), 200)
		bad = append(bad, d.importBatch(ctx, rep.File, rows[:n], source, now)...)
		rows = rows[n:]
	}
	rep.Rejected = len(bad)
	rep.Accepted = rep.Rows - rep.Rejected
	rep.Kept, err = keepRejected(dir, rep.File, bad, now)
	return rep, err
}

// line is a row of a file with its place.
type line struct {
	number int
	raw    json.RawMessage
}

func (d Doors) importBatch(ctx context.Context, file string, rows []line, source string, now time.Time) (bad []rejected) {
	raw := make([]json.RawMessage, len(rows))
	for i, r := range rows {
		raw[i] = withSource(r.raw, source)
	}
	for i, result := range d.take(ctx, raw, "import", now).Items {
		if result.Error != "" {
			bad = append(bad, rejected{file, rows[i].number, result.Error, rows[i].raw})
		}
	}
	return bad
}

// withSource gives a row its source where it names none.
func withSource(raw json.RawMessage, source string) json.RawMessage {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return raw
	}
	if named := string(fields["source"]); named != "" && named != `""` && named != "null" {
		return raw
	}
	fields["source"], _ = json.Marshal(source)
	out, err := json.Marshal(fields)
	if err != nil {
		return raw
	}
	return out
}

func keepRejected(dir, file string, bad []rejected, now time.Time) (string, error) {
	if len(bad) == 0 {
		return "", nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for _, r := range bad {
		if !json.Valid(r.Row) {
			r.Row, _ = json.Marshal(string(r.Row))
		}
		if err := enc.Encode(r); err != nil {
			return "", fmt.Errorf("push: keep rejected rows: %w", err)
		}
	}
	path := filepath.Join(dir, fmt.Sprintf("rejected-%s-%s.jsonl", now.UTC().Format("20060102T150405"), filepath.Base(file)))
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return "", fmt.Errorf("push: keep rejected rows: %w", err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		return "", fmt.Errorf("push: keep rejected rows: %w", err)
	}
	return path, nil
}

// Rows reads the rows of a file, by its name's ending. bad are the lines that
// are no rows.
func Rows(name string, data []byte) (rows []line, bad []rejected, err error) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".jsonl", ".ndjson":
		return jsonLines(name, data)
	case ".csv", ".tsv", ".txt":
		table, err := csvTable(data)
		if err != nil {
			return nil, nil, err
		}
		return tableRows(name, table)
	case ".xlsx":
		table, err := xlsxTable(data)
		if err != nil {
			return nil, nil, err
		}
		return tableRows(name, table)
	}
	return nil, nil, fmt.Errorf("chỉ nhận .jsonl, .csv, .xlsx / want .jsonl, .csv or .xlsx")
}

func jsonLines(name string, data []byte) (rows []line, bad []rejected, err error) {
	in := bufio.NewScanner(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	in.Buffer(nil, 4*maxText)
	for n := 1; in.Scan(); n++ {
		text := bytes.TrimSpace(in.Bytes())
		if len(text) == 0 {
			continue
		}
		raw := json.RawMessage(bytes.Clone(text))
		if !json.Valid(raw) {
			bad = append(bad, rejected{name, n, "JSON không hợp lệ / not valid JSON", raw})
			continue
		}
		if rows = append(rows, line{n, raw}); len(rows) > MaxFileRows {
			return nil, nil, tooMany()
		}
	}
	if err := in.Err(); err != nil {
		return nil, nil, fmt.Errorf("dòng quá dài / a line is too long: %w", err)
	}
	return rows, bad, nil
}

func tooMany() error {
	return fmt.Errorf("nhiều quá %d dòng / more than that many rows", MaxFileRows)
}

// csvTable reads comma, semicolon or tab separated values in any charset that
// Vietnamese programs write.
func csvTable(data []byte) ([][]string, error) {
	text, _, _ := viet.Decode(data, "")
	text = strings.TrimPrefix(text, "\ufeff")
	first, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = ',', -1, true
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(r.Comma)) {
			r.Comma = comma
		}
	}
	var table [][]string
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return table, nil
		}
		if err != nil {
			return nil, fmt.Errorf("CSV: %w", err)
		}
		if table = append(table, record); len(table) > MaxFileRows+1 {
			return nil, tooMany()
		}
	}
}

func xlsxTable(data []byte) ([][]string, error) {
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: 4 * MaxFile, UnzipXMLSizeLimit: MaxFile})
	if err != nil {
		return nil, fmt.Errorf("XLSX: %w", err)
	}
	defer func() { _ = f.Close() }() // it is in memory
	rows, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		return nil, fmt.Errorf("XLSX: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var table [][]string
	for rows.Next() {
		record, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("XLSX: row %d: %w", len(table)+1, err)
		}
		if table = append(table, record); len(table) > MaxFileRows+1 {
			return nil, tooMany()
		}
	}
	return table, nil
}

// column names the field of a heading: the field's own name, or what
// Vietnamese tables call it.
func column(heading string) string {
	key := strings.Join(strings.Fields(viet.Fold(strings.ToLower(viet.Clean(heading)))), " ")
	names := map[string]string{
		"nguon": "source", "ma": "id", "ma bai": "id", "post_id": "id", "link": "url", "lien ket": "url", "dia chi": "url", "duong dan": "url",
		"loai": "channel", "kenh": "channel", "tra loi": "parent", "bai goc": "parent", "tieu de": "title", "tieu de bai goc": "thread",
		"noi dung": "body", "text": "body", "message": "body", "tac gia": "author", "nguoi dang": "author", "nguoi viet": "author",
		"ngay": "published", "ngay dang": "published", "thoi gian": "published", "gio dang": "published", "date": "published", "da go": "removed",
	}
	if name, ok := names[key]; ok {
		return name
	}
	return key
}

func tableRows(name string, table [][]string) (rows []line, bad []rejected, err error) {
	if len(table) == 0 {
		return nil, nil, errors.New("tệp trống / the file is empty")
	}
	var heads []string
	known := 0
	for _, h := range table[0] {
		heads = append(heads, column(h))
		if strings.Contains(" id url title body ", " "+column(h)+" ") {
			known++
		}
	}
	if known == 0 {
		return nil, nil, errors.New("dòng đầu phải là tên cột: id, url, title, body, author, published / the first row must name the columns")
	}
	for i, record := range table[1:] {
		fields := map[string]any{}
		for j, value := range record {
			if j < len(heads) && strings.TrimSpace(value) != "" {
				fields[heads[j]] = strings.TrimSpace(value)
			}
		}
		if len(fields) == 0 {
			continue
		}
		if text, ok := fields["removed"].(string); ok {
			fields["removed"] = truth(text)
		}
		if text, ok := fields["published"].(string); ok {
			fields["published"] = excelDate(text)
		}
		raw, err := json.Marshal(fields)
		if err != nil {
			bad = append(bad, rejected{name, i + 2, err.Error(), nil})
			continue
		}
		rows = append(rows, line{i + 2, raw})
	}
	return rows, bad, nil
}

func truth(s string) bool {
	switch viet.Fold(strings.ToLower(s)) {
	case "1", "true", "x", "yes", "co":
		return true
	}
	return false
}

// excelDate turns the number that a spreadsheet keeps for a date into text; it
// is days since 30/12/1899, in local time.
func excelDate(s string) string {
	days, err := strconv.ParseFloat(s, 64)
	if err != nil || days < 30_000 || days > 80_000 {
		return s
	}
	at := time.Date(1899, 12, 30, 0, 0, 0, 0, viet.Zone()).Add(time.Duration(days * 24 * float64(time.Hour)).Round(time.Second))
	return at.Format(time.RFC3339)
}
