package desk

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"

	"github.com/diembao/diembao/indexer/query"
	"github.com/diembao/diembao/ledger"
	"github.com/diembao/diembao/watch"
)

// eventID is a fresh name for a ledger event.
func eventID() string { return rand.Text() }

// errorView is the page that a failure shows: what happened and what to do, in
// the reader's words; the cause behind "details".
type errorView struct {
	Frame
	Message, Do, Cause string
}

// fail answers a request whose handling failed. It is the one place where the
// desk handles an error: the person is told, the log gets the cause.
func (d *Desk) fail(w http.ResponseWriter, r *http.Request, err error) {
	var forbidden *watch.NotAllowed
	switch {
	case errors.Is(err, watch.ErrNotFound):
		d.refuse(w, r, http.StatusNotFound, "Không có cảnh báo này.", "There is no such alert.")
	case errors.As(err, &forbidden):
		d.refuse(w, r, http.StatusConflict, "Cảnh báo đang ở trạng thái không làm được việc đó.",
			"The alert is in a state that does not allow that.")
	case errors.Is(err, query.ErrNotFound):
		d.refuse(w, r, http.StatusNotFound, "Không có tin này trong kho. Có thể tin đã hết hạn lưu.",
			"There is no such item. It may have passed its retention time.")
	case errors.Is(err, ledger.ErrConflict), errors.Is(err, watch.ErrConflict):
		d.refuse(w, r, http.StatusConflict, "Người khác vừa xử lý trước. Tải lại trang để xem trạng thái mới.",
			"Somebody else decided first. Reload the page to see the new state.")
	case errors.Is(err, context.Canceled):
		return // the reader has gone
	default:
		d.Log.Error("desk: request failed", "path", r.URL.Path, "error", err)
		d.problem(w, r, http.StatusInternalServerError, "Máy chưa trả lời được yêu cầu này.",
			"The machine could not answer this.", err.Error())
	}
}

// refuse answers with a plain reason and no technical cause.
func (d *Desk) refuse(w http.ResponseWriter, r *http.Request, status int, vi, en string) {
	d.problem(w, r, status, vi, en, "")
}

func (d *Desk) problem(w http.ResponseWriter, r *http.Request, status int, vi, en, cause string) {
	l := language(r)
	v := errorView{Frame: d.frame(r, "", "Chưa được", "Not done"), Message: l.Say(vi, en), Cause: cause}
	if status >= http.StatusInternalServerError {
		v.Do = l.Say("Thử lại sau ít phút. Dữ liệu đã ghi không bị mất.", "Try again in a few minutes. Nothing recorded is lost.")
	}
	d.render(w, r, status, "error", v)
}

// render writes a page; a template that fails is logged and answered plainly.
func (d *Desk) render(w http.ResponseWriter, r *http.Request, status int, name string, view any) {
	if err := d.pages.Render(w, status, language(r), name, view); err != nil {
		d.Log.Error("desk: render", "page", name, "error", err)
		http.Error(w, "Trang này đang lỗi. This page failed.", http.StatusInternalServerError)
	}
}
