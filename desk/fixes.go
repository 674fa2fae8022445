package desk

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/mention"
)

// Fix is a person's correction of the machine's reading of one mention. It is
// shown over the reading at once and exported for the next training; the
// mention itself is not changed.
type Fix struct {
	At   time.Time `json:"at"`
	By   string    `json:"by"`
	Tone string    `json:"tone,omitempty"`
	Act  string    `json:"act,omitempty"`
	Note string    `json:"note,omitempty"`
}

const fixEntity = "correction"

// fixes folds the ledger's corrections, newest last.
type fixes struct {
	ledger *ledger.Ledger
	view   *ledger.View[[]Fix]
}

func newFixes(l *ledger.Ledger) *fixes {
	return &fixes{ledger: l, view: ledger.NewView(l, fixEntity, func(all []Fix, e ledger.Event) ([]Fix, error) {
		var f Fix
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return all, fmt.Errorf("desk: correction %s: %w", e.ID, err)
		}
		f.At, f.By = e.At, e.By
		return append(slices.Clone(all), f), nil
	})}
}

func (f *fixes) of(id mention.ID) []Fix {
	all, _, _ := f.view.Get(string(id))
	return all
}

// latest merges the corrections of one mention: the newest word on each label.
func (f *fixes) latest(id mention.ID) (Fix, bool) {
	if f == nil {
		return Fix{}, false
	}
	var out Fix
	all := f.of(id)
	for _, fix := range all {
		if fix.Tone != "" {
			out.Tone = fix.Tone
		}
		if fix.Act != "" {
			out.Act = fix.Act
		}
	}
	return out, len(all) > 0
}

func (f *fixes) add(ctx context.Context, id mention.ID, fix Fix) error {
	data, err := json.Marshal(fix)
	if err != nil {
		return fmt.Errorf("desk: correction: %w", err)
	}
	_, seq, _ := f.view.Get(string(id))
	_, err = f.ledger.Append(ctx, ledger.Event{
		ID: eventID(), Entity: fixEntity, Key: string(id), Type: "corrected", At: fix.At, By: fix.By, Data: data,
	}, seq)
	return err
}

// correct answers POST /mention/{id}/correct.
func (d *Desk) correct(w http.ResponseWriter, r *http.Request) {
	id := mention.ID(r.PathValue("id"))
	hit, err := d.Searcher.Get(r.Context(), id)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	fix := Fix{At: d.Now(), By: person(r).Account, Tone: r.PostFormValue("tone"), Act: r.PostFormValue("act"),
		Note: clip(r.PostFormValue("note"), 300)}
	if !known(toneValues(), fix.Tone) || !known(actValues(), fix.Act) {
		d.refuse(w, r, http.StatusBadRequest, "Nhãn không có trong danh mục.", "The label is not in the list.")
		return
	}
	shown, _ := d.fixes.latest(id)
	if rd := hit.Mention.Reading; rd != nil { // what agrees with the machine is no correction of it
		fix.Tone = changed(fix.Tone, shown.Tone, rd.Tone)
		fix.Act = changed(fix.Act, shown.Act, rd.Act)
	}
	if fix.Tone != "" || fix.Act != "" {
		if err := d.fixes.add(r.Context(), id, fix); err != nil {
			d.fail(w, r, err)
			return
		}
	}
	http.Redirect(w, r, "/mention/"+string(id)+"?done=corrected", http.StatusSeeOther)
}

// changed keeps a chosen value only where it says something new.
func changed(chosen, corrected string, machine mention.Label) string {
	if chosen == corrected || (corrected == "" && chosen == machine.Value && machine.Sure) {
		return ""
	}
	return chosen
}

// known reports whether value is one of the list, or empty ("as it is").
func known(list []string, value string) bool { return value == "" || slices.Contains(list, value) }

func toneValues() []string { return []string{"pos", "neu", "neg"} }

func actValues() []string {
	return []string{"report", "official", "opinion", "question", "request", "complaint", "thanks", "rumour"}
}

// clip cuts what a person typed to most runes and drops control characters.
func clip(s string, most int) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' {
			return -1
		}
		return r
	}, strings.TrimSpace(s))
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most])
	}
	return s
}
