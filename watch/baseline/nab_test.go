package baseline

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// nab is where the Twitter volume series lie, beside the project.
const nab = "../../../shared/datasets/burst_nab"

// TestNAB runs the expectation over five series of mentions of companies from
// 2015, without being fitted to them: it reports how many marked windows are
// hit and what else alarms.
func TestNAB(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join(nab, "windows.json"))
	if err != nil {
		t.Skip("datasets: burst_nab is not here: detection on the Twitter volume series was not run")
	}
	var windows map[string][][2]string
	if err := json.Unmarshal(raw, &windows); err != nil {
		t.Fatal(err)
	}
	var hit, marked, alarms int
	var days float64
	for name, marks := range windows {
		s := hourly(t, filepath.Join(nab, "data", name))
		h, f := scan(t, s, marks)
		t.Logf("%-28s %d of %d windows, %d alarms outside in %.0f days", name, h, len(marks), f, float64(len(s.Counts))/24)
		hit, marked, alarms, days = hit+h, marked+len(marks), alarms+f, days+float64(len(s.Counts))/24
	}
	t.Logf("all: %d of %d windows, %.2f alarms outside a series and week", hit, marked, float64(alarms)/days*7)
	if hit*2 < marked {
		t.Errorf("%d of %d windows", hit, marked)
	}
}

// hourly adds the five-minute values up.
func hourly(t *testing.T, path string) Series {
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var s Series
	for _, row := range rows[1:] {
		at := stamp(t, row[0])
		value, err := strconv.ParseFloat(row[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		if s.Counts == nil {
			s.Start = at.Truncate(time.Hour)
		}
		for len(s.Counts) <= s.index(at) {
			s.Counts, s.Weight = append(s.Counts, 0), append(s.Weight, 1)
		}
		s.Counts[s.index(at)] += value
	}
	return s
}

func stamp(t *testing.T, text string) time.Time {
	at, err := time.Parse("2006-01-02 15:04:05", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// scan alarms on an hour whose tail is below one in ten thousand and which has
// at least twice the usual, from the second day on; hours that alarmed teach
// little afterwards. An alarm within a day of the last belongs to it.
func scan(t *testing.T, s Series, marks [][2]string) (hit, outside int) {
	found := make([]bool, len(marks))
	var last time.Time
	for i := 48; i < len(s.Counts); i++ {
		at := s.Start.Add(time.Duration(i) * time.Hour)
		d := Fit(at.Add(-time.Hour), s, map[string]Series{"p": s}, Options{})
		e := d.Policy("p").Expect(at, at.Add(time.Hour))
		if e.Tail(int(s.Counts[i])) > 1e-4 || s.Counts[i] < 2*e.Mean {
			continue
		}
		s.Weight[i] = 0.1
		inside := false
		for k, m := range marks {
			if !at.Before(stamp(t, m[0])) && !at.After(stamp(t, m[1])) {
				inside, found[k] = true, true
			}
		}
		if !inside && at.Sub(last) > 24*time.Hour {
			outside++
		}
		last = at
	}
	for _, ok := range found {
		if ok {
			hit++
		}
	}
	return hit, outside
}
