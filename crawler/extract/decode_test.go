package extract

import (
	"bytes"
	"compress/gzip"
	"errors"
	"strings"
	"testing"
)

func packed(t *testing.T, data string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(data)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestDecode(t *testing.T) {
	const page = "<p>Đường xuống cấp</p>"
	for name, c := range map[string]struct {
		data  []byte
		sound bool
	}{
		"UTF-8":           {[]byte(page), true},
		"UTF-8 with mark": {[]byte("\ufeff" + page), true},
		"packed":          {packed(t, page), true},
	} {
		text, sound, err := decode(c.data, "text/html; charset=iso-8859-1") // the header is often wrong
		if text != page || sound != c.sound || err != nil {
			t.Errorf("%s: %q %v %v", name, text, sound, err)
		}
	}
	text, sound, err := decode([]byte("<meta charset=windows-1258><p>\xd0\xec"), "")
	if sound || err != nil || !strings.HasPrefix(text, "<meta") {
		t.Errorf("bytes of another charset: %q %v %v", text, sound, err)
	}
}

func TestWhatIsNoPageIsRefused(t *testing.T) {
	for name, data := range map[string]string{
		"PNG": "\x89PNG\r\n\x1a\n", "JPEG": "\xff\xd8\xff\xe0", "PDF": "%PDF-1.7", "ZIP": "PK\x03\x04", "broken gzip": "\x1f\x8b\x00", "GIF": "GIF89a", "packed PNG": string(packed(t, "\x89PNG\r\n\x1a\n")),
	} {
		if _, _, err := decode([]byte(data), "text/html"); !errors.Is(err, ErrNotPage) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, _, err := decode(make([]byte, MaxBytes+1), ""); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

// A packed page that was cut short gives what came through.
func TestCutPackedPageGivesItsBeginning(t *testing.T) {
	data := packed(t, strings.Repeat("<p>Đường xuống cấp ở phố Huế, dân phản ánh nhiều lần.</p>", 2000))
	text, _, err := decode(data[:len(data)/2], "")
	if err != nil || !strings.HasPrefix(text, "<p>Đường xuống cấp") {
		t.Errorf("%.40q %v", text, err)
	}
}

func TestDeclaredCharset(t *testing.T) {
	for _, c := range [...]struct{ header, page, want string }{
		{"text/html; charset=windows-1258", "", "windows-1258"},
		{"text/html; charset=utf-8", `<meta charset="viscii">`, "utf-8"},
		{"text/html", `<meta charset="VISCII">`, "viscii"},
		{"", `<meta charset='tcvn'/>`, "tcvn"},
		{"", `<meta http-equiv="Content-Type" content="text/html; charset=x-viet-vni">`, "x-viet-vni"},
		{"broken;;;", `<meta charset=big5>`, "big5"},
		{"", `<meta charset=>`, ""},
		{"", `charset=` + strings.Repeat("a", 31) + `"`, ""},
		{"", strings.Repeat(" ", 5000) + `<meta charset="big5">`, ""},
		{"", "", ""},
	} {
		if got := declaredCharset([]byte(c.page), c.header); got != c.want {
			t.Errorf("%q %.60q: %q, want %q", c.header, c.page, got, c.want)
		}
	}
}
