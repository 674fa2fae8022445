package dateline_test

import (
	"strings"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/dateline"
	"pgregory.net/rapid"
)

func TestValue(t *testing.T) {
	for value, want := range map[string]string{
		"2023-09-19T15:22:00+07:00": "2023-09-19T15:22:00+07:00",
		"2023-09-19T15:22:00":       "2023-09-19T15:22:00+07:00",
		"2023-09-19T08:22:00Z":      "2023-09-19T08:22:00Z",
		"2023-09-19 15:22:00.0":     "2023-09-19T15:22:00+07:00",
		"2023-09-19":                "2023-09-19",
		"19/09/2023 3:22:00 CH":     "2023-09-19T15:22:00+07:00",
		"1695111720":                "2023-09-19T15:22:00+07:00",
		"1695111720000":             "2023-09-19T15:22:00+07:00",
		"2026-11-27T14:59:00Z":      "2026-11-27T14:59:00+07:00", // local time called UTC
		"":                          "",
		"now":                       "",
		"2031-01-01T00:00:00+07:00": "",
		"0001-01-01T00:00:00Z":      "",
		"13/25/2020":                "",
	} {
		s, ok := dateline.Value(value, now)
		if ok != (want != "") || ok && show(s) != want {
			t.Errorf("%q: %s %v, want %q", value, show(s), ok, want)
		}
	}
}

func TestFromURL(t *testing.T) {
	for address, want := range map[string]string{
		"https://bao.example/thoi-su/2020/12/01/tieu-de.html":           "2020-12-01",
		"https://bao.example/2020-12-01-tieu-de/":                       "2020-12-01",
		"https://bao.example/tieu-de-20221119153200123.htm":             "2022-11-19T15:32:00+07:00",
		"https://bao.example/tieu-de-20221119.htm":                      "2022-11-19",
		"https://bao.example/tieu-de-123456.htm":                        "",
		"https://bao.example/tieu-de-99999999.htm":                      "",
		"https://bao.example/2031/01/01/tieu-de.htm":                    "",
		"https://bao.example/tieu-de.htm?d=2020-12-01":                  "",
		"https://bao.example/nghi-dinh-09-2017-nd-cp-ngay-9-2-2017.htm": "",
	} {
		s, ok := dateline.FromURL(address, now)
		if ok != (want != "") || ok && show(s) != want {
			t.Errorf("%s: %s %v, want %q", address, show(s), ok, want)
		}
		if ok && s.Confidence > 0.5 {
			t.Errorf("%s: confidence %v", address, s.Confidence)
		}
	}
}

func candidate(t *testing.T, from, value string) dateline.Candidate {
	t.Helper()
	s, ok := dateline.Value(value, now)
	if !ok {
		t.Fatalf("bad value %q", value)
	}
	return dateline.Candidate{Stamp: s, From: from}
}

func TestChoose(t *testing.T) {
	jsonld := candidate(t, dateline.FromJSONLD, "2023-09-19T15:22:00+07:00")
	best, ok := dateline.Choose([]dateline.Candidate{
		candidate(t, dateline.FromAddress, "2023-09-18"), candidate(t, dateline.FromDateline, "19/09/2023 15:22"), jsonld}, now)
	if !ok || best.From != dateline.FromJSONLD || best.Confidence <= jsonld.Confidence {
		t.Errorf("agreement: got %+v", best)
	}
	best, _ = dateline.Choose([]dateline.Candidate{jsonld, candidate(t, dateline.FromMeta, "2020-01-01T10:00:00+07:00")}, now)
	if best.From != dateline.FromJSONLD || best.Confidence >= jsonld.Confidence {
		t.Errorf("conflict: got %+v", best)
	}
	best, _ = dateline.Choose([]dateline.Candidate{
		candidate(t, dateline.FromMeta, "2023-09-19"), candidate(t, dateline.FromDateline, "15:22 19/09/2023")}, now)
	if show(best.Stamp) != "2023-09-19T15:22:00+07:00" || best.From != dateline.FromDateline {
		t.Errorf("clock of the dateline: got %+v", best)
	}
	best, _ = dateline.Choose([]dateline.Candidate{
		candidate(t, dateline.FromMeta, "2023-09-19T15:22:41Z"), candidate(t, dateline.FromDateline, "15:22 19/09/2023")}, now)
	if show(best.Stamp) != "2023-09-19T15:22:00+07:00" || best.Confidence > 0.7 {
		t.Errorf("local time called UTC: got %+v", best)
	}
}

// A dateline that names its zone tells as well that the machine's is wrong; one
// of another zone does not.
func TestChooseWithNamedZones(t *testing.T) {
	for shown, want := range map[string]string{
		"15:22 19/09/2023 GMT+7": "2023-09-19T15:22:00+07:00",
		"08:22 19/09/2023 GMT":   "2023-09-19T15:22:00Z",
		"15:22 19/09/2023 GMT+9": "2023-09-19T15:22:00Z",
	} {
		best, _ := dateline.Choose([]dateline.Candidate{
			candidate(t, dateline.FromJSONLD, "2023-09-19T15:22:00Z"), candidate(t, dateline.FromDateline, shown)}, now)
		if show(best.Stamp) != want {
			t.Errorf("beside %q: got %+v, want %s", shown, best, want)
		}
	}
}

func TestChooseNothing(t *testing.T) {
	if best, ok := dateline.Choose(nil, now); ok {
		t.Errorf("got %+v", best)
	}
	future := dateline.Candidate{Stamp: dateline.Stamp{Time: now.Add(2 * time.Hour), Confidence: 1}, From: dateline.FromJSONLD}
	if best, ok := dateline.Choose([]dateline.Candidate{future, {}}, now); ok {
		t.Errorf("got %+v", best)
	}
}

func TestNumericDaysComeBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(946684800, now.Unix()).Draw(t, "unix"), 0).In(dateline.Zone()).Truncate(time.Minute)
		layout := rapid.SampledFrom([]string{
			"15:04 02/01/2006", "15:04 - 2/1/2006", "02/01/2006 15:04", "02-01-2006 - 15:04", "2/1/2006, 15:04", "15:04 | 02.01.2006",
			"02/01/2006 15:04 GMT+7", "2006-01-02T15:04-07:00", "Mon, 02 Jan 2006 15:04 -0700", "ngày 2 tháng 1 năm 2006, 15:04", "02 Tháng 1 2006 15:04",
		}).Draw(t, "layout")
		text := want.Format(layout)
		s, ok := dateline.Line(text, now)
		if !ok || !s.Time.Equal(want) {
			t.Fatalf("%q: %v %v", text, s.Time, ok)
		}
	})
}

func FuzzFind(f *testing.F) {
	for _, c := range forms {
		f.Add(c.text)
	}
	for _, text := range refused {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range dateline.Find(text, now) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("offsets %d-%d after %d", s.Start, s.End, end)
			}
			end = s.End
			if s.Time.After(now.Add(time.Hour)) || s.Time.Year() < 1990 || s.Confidence <= 0 || s.Confidence > 1 {
				t.Fatalf("unbelievable %+v", s)
			}
		}
		dateline.Value(text, now)
		dateline.FromURL(text, now)
		dateline.LabelBefore(text, len(text)/2)
	})
}

func BenchmarkFind(b *testing.B) {
	prose := strings.Repeat("Ngày 12/3/2014, tại Hà Nội, Uỷ ban Dân tộc đã tổ chức hội nghị tổng kết. ", 10)
	b.SetBytes(int64(len(prose)))
	for b.Loop() {
		dateline.Find(prose, now)
	}
}
