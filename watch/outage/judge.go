package outage

import (
	"cmp"
	"maps"
	"time"

	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/watch"
)

const (
	// few is how many sources must have failed, with none heard meanwhile, for
	// it to be nobody's fault but the network's.
	few = 3
	// silence is how long nothing must have been heard at all for that.
	silence = 5 * time.Minute
	// hold is how long a failing source is waited with until another is heard,
	// which shows that the network is there.
	hold = 30 * time.Minute
	// grace is how long after its time a visit may begin.
	grace = 10 * time.Minute
	// calm is how long a source must be well before it is said to be.
	calm = 30 * time.Minute
)

// told is what people have been told and not yet been told the end of.
type told struct {
	Down  map[string]episode `json:"down,omitempty"`
	Whole *whole             `json:"whole,omitempty"`
	// Back is when the last whole outage ended: what was asked before says
	// nothing of a source.
	Back time.Time `json:"back,omitzero"`
}

// episode is one source's outage.
type episode struct {
	Ill  watch.Ill `json:"ill"`
	Well time.Time `json:"well,omitzero"` // since when it seems well again
}

// whole is an outage of everything.
type whole struct {
	Heard time.Time `json:"heard"` // when any source was heard last
	Began time.Time `json:"began"`
}

// moment is what is known at one look.
type moment struct {
	all   []mention.SourceHealth
	now   time.Time
	began time.Time // since when visits can be expected: this process began, or a whole outage ended
	heard time.Time // when any source that we visit answered last
	asked int       // sources that we visit and that have ever answered
}

func newMoment(all []mention.SourceHealth, began, now time.Time) moment {
	m := moment{all: all, now: now, began: began}
	for _, h := range all {
		if !polled(h) || h.LastHeard.IsZero() {
			continue
		}
		m.asked++
		m.heard = later(m.heard, h.LastHeard)
	}
	return m
}

// judge compares what is with what was told, and gives what is to be told now;
// nil: nothing.
func (t told) judge(m moment) (told, *watch.Outage) {
	next := told{Down: map[string]episode{}, Whole: t.Whole, Back: t.Back}
	maps.Copy(next.Down, t.Down)
	news := &watch.Outage{Of: len(m.all)}
	m.began = later(m.began, t.Back)
	switch {
	case t.Whole == nil && next.silent(m):
		next.Whole = &whole{Heard: m.heard, Began: m.now}
		news.Whole, news.Heard = true, m.heard
		return next, news
	case t.Whole != nil && !t.over(m):
		return next, nil
	case t.Whole != nil:
		news.Whole, news.Ended, news.Heard = true, true, t.Whole.Heard
		next.Whole, next.Back, m.began = nil, m.now, m.now
	}
	listed := map[string]bool{}
	for _, h := range m.all {
		listed[h.Source] = true
		next.look(m, h, news)
	}
	maps.DeleteFunc(next.Down, func(id string, _ episode) bool { return !listed[id] })
	if !news.Whole && len(news.Down)+len(news.Up) == 0 {
		return next, nil
	}
	return next, news
}

// polled reports whether the crawler goes and looks: only then there is a next
// time.
func polled(h mention.SourceHealth) bool { return h.Next.Unix() > 0 }

// unvisited reports since when the crawler has not come at its time; zero: it
// has, or may still.
func (m moment) unvisited(h mention.SourceHealth) time.Time {
	due := later(h.Next, m.began)
	if !polled(h) || !m.now.After(due.Add(grace)) {
		return time.Time{}
	}
	return due
}

// silent reports that nothing at all is heard: of the sources that used to
// answer, several failed since any was heard; or the crawler visits none.
func (t told) silent(m moment) bool {
	tried, visited := 0, 0
	for _, h := range m.all {
		if !polled(h) || h.LastHeard.IsZero() {
			continue
		}
		if m.unvisited(h).IsZero() {
			visited++
		}
		if _, down := t.Down[h.Source]; !down && h.Failures > 0 && h.LastTry.After(later(m.heard, m.began)) {
			tried++
		}
	}
	return m.asked > 0 && m.now.Sub(m.heard) >= silence && (tried >= few || visited == 0)
}

// over reports that a whole outage has ended: some sources, or the only ones,
// were heard since.
func (t told) over(m moment) bool {
	heard := 0
	for _, h := range m.all {
		if polled(h) && h.LastHeard.After(t.Whole.Began) {
			heard++
		}
	}
	return heard >= min(few, m.asked)
}

// look takes one source in.
func (t *told) look(m moment, h mention.SourceHealth, news *watch.Outage) {
	now, known := m.illness(h)
	e, down := t.Down[h.Source]
	switch {
	case now.State == "" && !down:
		return
	case now.State == "" && e.Well.IsZero():
		e.Well = m.now
	case now.State == "" && m.now.Sub(e.Well) >= calm:
		e.Ill.Newest = h.LastNew
		news.Up = append(news.Up, e.Ill)
		delete(t.Down, h.Source)
		return
	case now.State == "":
	case down:
		e.Well = time.Time{}
	case !known || m.doubtful(h, now.State):
		return
	default:
		e = episode{Ill: now}
		news.Down = append(news.Down, now)
	}
	t.Down[h.Source] = e
}

// illness is what is wrong with a source now; its state is empty where nothing
// is. known is false while a visit that is late leaves it open.
func (m moment) illness(h mention.SourceHealth) (i watch.Ill, known bool) {
	i = watch.Ill{ID: h.Source, Name: cmp.Or(h.OutletName, h.Outlet, h.Source), Via: h.Via, State: h.State, Since: h.Since,
		Newest: h.LastNew, Usual: h.UsualGap, Problem: h.Problem, Error: h.LastError}
	overdue, due := h.Overdue(), m.unvisited(h)
	switch {
	case !due.IsZero():
		i.State, i.Since, i.Problem = mention.SourceFailing, due, "Không được thăm theo lịch."
		return i, m.now.Sub(due) >= hold
	case h.State.Alarm():
	case !overdue.IsZero() && !m.now.Before(overdue):
		i.State, i.Since, i.Problem = mention.SourceSilent, overdue, "Không có bài mới lâu hơn hai lần thường lệ."
	default:
		i.State = ""
	}
	return i, true
}

// doubtful reports that it may not be the source's own fault: it was not asked
// again since visits can be expected, or nobody has been heard since it fell
// ill.
func (m moment) doubtful(h mention.SourceHealth, state mention.SourceState) bool {
	patience := 2 * time.Hour
	if !polled(h) {
		patience = hold
	}
	if !h.LastTry.After(m.began) && m.now.Sub(m.began) < patience && m.unvisited(h).IsZero() {
		return true
	}
	return state == mention.SourceFailing && m.asked >= few && !m.heard.After(h.Since) && m.now.Sub(h.Since) < hold
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
