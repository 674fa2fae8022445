package place_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/diembao/diembao/processor/place"
	"pgregory.net/rapid"
)

const communeHead = "code,name,kind,province,from,until\n"

// communesOf reads a file and gives what was taken and which lines were not.
func communesOf(t *testing.T, file string) (got []place.Commune, bad string) {
	t.Helper()
	var lines []int
	got, err := place.ReadCommunes(strings.NewReader(file), func(line int, message string) {
		if message == "" {
			t.Errorf("line %d: no message", line)
		}
		lines = append(lines, line)
	})
	if err != nil {
		t.Fatal(err)
	}
	return got, fmt.Sprint(lines)
}

func TestCommuneCells(t *testing.T) {
	for _, tt := range []struct {
		row  string
		want place.Commune
	}{
		{"1,Hạc Thành,phường,Thanh Hóa,2025-07-01,", place.Commune{Code: "1", Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa", From: "2025-07-01"}},
		{"1,PHƯỜNG Hạc Thành,,TỈNH Thanh Hóa,,", place.Commune{Code: "1", Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa"}},
		{"1,Xã Mường La,phường,Sơn La,,", place.Commune{Code: "1", Name: "Mường La", Kind: "xã", Province: "Sơn La"}}, // the name knows better
		{"1,Đặc khu Phú Quốc,,tỉnh An Giang,,", place.Commune{Code: "1", Name: "Phú Quốc", Kind: "đặc khu", Province: "An Giang"}},
		{"1,Thị trấn  Sa Pa,,Thành phố Lào Cai,,", place.Commune{Code: "1", Name: "Sa Pa", Kind: "thị trấn", Province: "Lào Cai"}},
		{" 1 , Hạc Thành , Phường , Thanh Hóa ,,", place.Commune{Code: "1", Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa"}},
		{"1,Xãm Mới,xã,Sơn La,,", place.Commune{Code: "1", Name: "Xãm Mới", Kind: "xã", Province: "Sơn La"}}, // no level word
		{"1,\"Tân, An\",xã,Sơn La,,", place.Commune{Code: "1", Name: "Tân, An", Kind: "xã", Province: "Sơn La"}},
		{"1,Ho\u0300a Bi\u0300nh,xa\u0303,Vĩnh Long,,", place.Commune{Code: "1", Name: "Hòa Bình", Kind: "xã", Province: "Vĩnh Long"}}, // decomposed
		{"1,Hạc Thành,phường,Thanh Hóa", place.Commune{Code: "1", Name: "Hạc Thành", Kind: "phường", Province: "Thanh Hóa"}},           // a short row
	} {
		got, bad := communesOf(t, communeHead+tt.row+"\n")
		if len(got) != 1 || got[0] != tt.want || bad != "[]" {
			t.Errorf("%q: got %+v, reported %s", tt.row, got, bad)
		}
	}
}

// TestABrokenLineIsReportedAndTheRestIsRead: the file is the user's, and one
// stray quotation mark must not lose it.
func TestABrokenLineIsReportedAndTheRestIsRead(t *testing.T) {
	sound := "1,Hạc Thành,phường,Thanh Hóa,,\n"
	for name, tt := range map[string]struct{ file, bad string }{
		"a quotation mark in the first cell": {communeHead + "a\"b,x,xã,Sơn La,,\n" + sound, "[2]"},
		"a quotation mark in a later cell":   {communeHead + "2,x\"y,xã,Sơn La,,\n" + sound, "[2]"},
		"text after a quoted cell":           {communeHead + "\"2\"x,y,xã,Sơn La,,\n" + sound, "[2]"},
		"no name":                            {communeHead + "2,,xã,Sơn La,,\n" + sound, "[2]"},
		"no province":                        {communeHead + "2,x,xã,,,\n" + sound, "[2]"},
		"no kind":                            {communeHead + "2,x,,Sơn La,,\n" + sound, "[2]"},
		"only a kind":                        {communeHead + "2,xã,,Sơn La,,\n" + sound, "[2]"},
		"one cell":                           {communeHead + "2\n" + sound, "[2]"},
		"empty lines":                        {communeHead + "\n\n" + sound, "[]"},
		"line ends of Windows":               {strings.ReplaceAll(communeHead+"2,,xã,Sơn La,,\n"+sound, "\n", "\r\n"), "[2]"},
	} {
		got, bad := communesOf(t, tt.file)
		if len(got) != 1 || got[0].Name != "Hạc Thành" || bad != tt.bad {
			t.Errorf("%s: got %+v, reported %s", name, got, bad)
		}
	}
}

func TestAnUnclosedQuotationMarkEndsTheFile(t *testing.T) {
	got, bad := communesOf(t, communeHead+"1,Hạc Thành,phường,Thanh Hóa,,\n\"2,x,xã\n3,y,xã,Sơn La,,\n")
	if len(got) != 1 || bad != "[3]" {
		t.Errorf("got %+v, reported %s", got, bad)
	}
}

func TestColumnsStandInAnyOrder(t *testing.T) {
	got, bad := communesOf(t, " Province ,NOTE,Name\nSơn La,gì cũng được,xã Mường La\n")
	if want := (place.Commune{Name: "Mường La", Kind: "xã", Province: "Sơn La"}); len(got) != 1 || got[0] != want || bad != "[]" {
		t.Errorf("%+v, reported %s", got, bad)
	}
}

func TestHeadLineMustNameWhatIsNeeded(t *testing.T) {
	for head, want := range map[string]string{"name,kind\n": `"province"`, "province\n": `"name"`, "": "head line", "\"\n": "head line"} {
		_, err := place.ReadCommunes(strings.NewReader(head), nil)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "place: communes: ") {
			t.Errorf("%q: %v", head, err)
		}
	}
}

// TestAFileThatCannotBeReadOnEndsWithItsError: and does not go on for ever.
func TestAFileThatCannotBeReadOnEndsWithItsError(t *testing.T) {
	broken := errors.New("đĩa hỏng")
	file := strings.NewReader(communeHead + "1,Hạc Thành,phường,Thanh Hóa,,\n")
	reports := 0
	got, err := place.ReadCommunes(iotest.DataErrReader(&brokenReader{file, broken}), func(int, string) {
		if reports++; reports > 3 {
			t.Fatal("reports the same error again and again")
		}
	})
	if !errors.Is(err, broken) || len(got) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
}

// brokenReader fails with its error where another would end.
type brokenReader struct {
	*strings.Reader
	err error
}

func (r *brokenReader) Read(p []byte) (int, error) {
	n, err := r.Reader.Read(p)
	if err != nil {
		err = r.err
	}
	return n, err
}

// TestEveryLineIsTakenOrReported: whatever stands in a file, nothing is lost
// in silence.
func TestEveryLineIsTakenOrReported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.StringOf(rapid.SampledFrom([]rune("xãPhường, ,,Lđ;\t")))).Draw(t, "rows")
		want := 0
		file := communeHead
		for _, row := range rows {
			file += row + "\n"
			if row != "" {
				want++
			}
		}
		reported := 0
		got, err := place.ReadCommunes(strings.NewReader(file), func(int, string) { reported++ })
		if err != nil || len(got)+reported != want {
			t.Fatalf("%q: %d taken, %d reported of %d: %v", file, len(got), reported, want, err)
		}
		for _, c := range got {
			if c.Name == "" || c.Kind == "" || c.Province == "" {
				t.Fatalf("%q: %+v", file, c)
			}
		}
	})
}

// FuzzReadCommunes: no file breaks the reader.
func FuzzReadCommunes(f *testing.F) {
	for _, seed := range []string{communeHead, "name,province\n\"", "name,province\na\"b,c\n", "\uFEFFname,province\nxã A,B\n", "name,province\n\xff,\x00\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, file string) {
		got, err := place.ReadCommunes(strings.NewReader(file), func(line int, _ string) {
			if line < 1 {
				t.Fatalf("%q: line %d", file, line)
			}
		})
		if err != nil && len(got) > 0 {
			t.Fatalf("%q: %v", file, err)
		}
	})
}
