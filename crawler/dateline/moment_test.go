package dateline

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMomentComesBackFromJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "unix"), 0).In(time.FixedZone("", 60*rapid.IntRange(-12*60, 14*60).Draw(t, "zone")))
		data, err := json.Marshal(Moment{at})
		if err != nil {
			t.Fatal(err)
		}
		var back Moment
		if err := json.Unmarshal(data, &back); err != nil || !back.Equal(at) {
			t.Fatalf("%s gives %v %v, want %v", data, back, err, at)
		}
		_, was := at.Zone()
		if _, is := back.Zone(); is != was {
			t.Fatalf("%s: the zone is %d, was %d", data, is, was)
		}
	})
}

func TestUnknownMomentIsEmpty(t *testing.T) {
	data, err := json.Marshal(struct{ At Moment }{})
	if err != nil || string(data) != `{"At":""}` {
		t.Errorf("got %s %v", data, err)
	}
	if text, err := (Moment{}).MarshalText(); err != nil || len(text) != 0 {
		t.Errorf("got %q %v", text, err)
	}
	for _, data := range []string{`""`, `null`} {
		m := Moment{time.Unix(1e9, 0)}
		if err := json.Unmarshal([]byte(data), &m); err != nil || !m.IsZero() {
			t.Errorf("%s gives %v %v", data, m, err)
		}
	}
}

func TestMomentKeepsItsZone(t *testing.T) {
	m := Moment{time.Date(2026, 11, 27, 15, 0, 0, 123, Zone())}
	if text, _ := m.MarshalText(); string(text) != "2026-11-27T15:00:00+07:00" {
		t.Errorf("got %s", text)
	}
}

func TestMomentRefusesWhatIsNoTime(t *testing.T) {
	for _, data := range []string{`"hôm qua"`, `"27/11/2026"`, `5`, `{}`} {
		var m Moment
		if err := json.Unmarshal([]byte(data), &m); err == nil {
			t.Errorf("%s gives %v", data, m)
		}
	}
}
