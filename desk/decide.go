package desk

import (
	"net/http"

	"github.com/diembao/diembao/viet"
	"github.com/diembao/diembao/watch"
	"github.com/diembao/diembao/watch/clock"
	"strconv"
)

// acknowledge answers POST /alerts/{id}/acknowledge: somebody takes the alert
// and, if the box is ticked, determines that public opinion is affected, which
// starts the legal clock.
func (d *Desk) acknowledge(w http.ResponseWriter, r *http.Request) {
	id, version, note := decision(r)
	by := person(r).Account
	a, err := d.Alerts.Acknowledge(r.Context(), id, by, note, version)
	if err == nil && r.PostFormValue("determined") == "1" {
		_, err = d.Alerts.Determine(r.Context(), id, by, note, d.Now(), a.Version)
	}
	d.decided(w, r, id, "acknowledged", err)
}

// closeAlert answers POST /alerts/{id}/close; an outcome must be written, since
// the digest reports it.
func (d *Desk) closeAlert(w http.ResponseWriter, r *http.Request) {
	id, version, note := decision(r)
	if note == "" {
		d.refuse(w, r, http.StatusBadRequest, "Ghi kết quả xử lý trước khi đóng: điểm báo sẽ nêu kết quả này.",
			"Write the outcome before closing: the digest reports it.")
		return
	}
	_, err := d.Alerts.Close(r.Context(), id, person(r).Account, note, version)
	d.decided(w, r, id, "closed", err)
}

// reopen answers POST /alerts/{id}/reopen.
func (d *Desk) reopen(w http.ResponseWriter, r *http.Request) {
	id, version, note := decision(r)
	_, err := d.Alerts.Reopen(r.Context(), id, person(r).Account, note, version)
	d.decided(w, r, id, "reopened", err)
}

func decision(r *http.Request) (id string, version uint64, note string) {
	version, _ = strconv.ParseUint(r.PostFormValue("version"), 10, 64) // 0 conflicts, as it should
	return r.PathValue("id"), version, clip(r.PostFormValue("note"), 2000)
}

func (d *Desk) decided(w http.ResponseWriter, r *http.Request, id, done string, err error) {
	if err != nil {
		d.fail(w, r, err)
		return
	}
	http.Redirect(w, r, "/alerts/"+id+"?done="+done, http.StatusSeeOther)
}

// clock gives the deadline that is due first: a running one of the law before
// the unit's own early warning. A closed alert has none.
func (d *Desk) clock(a watch.Alert) *clockView {
	if a.State == watch.Closed {
		return nil
	}
	var first *clock.Clock
	for _, c := range d.Clocks.Clocks(clock.Case{Occurred: a.Since, Detected: a.Noticed, Determined: a.Determined}, viet.Zone()) {
		if c.Running() && (first == nil || c.Binding() && !first.Binding()) {
			first = &c
		}
	}
	if first == nil {
		return nil
	}
	left := first.Left(d.Now())
	return &clockView{Left: left, Late: left < 0, Law: first.Rule.Name, Basis: first.Rule.Basis}
}
