package watch

// step is what a level asks for, all of it.
type step struct {
	level    Level
	surprise float64 // tail at most this share of the threshold
	ratio    float64 // times the usual, at least
	stories  int     // at least; 0: the rule's own minimum
	threads  int     // independent conversations: ten comments under one post are one
	reach    int     // outlets, copies included
}

// steps are the levels, loudest first. Surprise alone is not enough: a policy
// that is never spoken of surprises by three remarks.
func steps() []step {
	return []step{
		{level: Crisis, surprise: 1e-4, ratio: 8, stories: 12, threads: 4, reach: 5},
		{level: Warning, surprise: 1e-2, ratio: 4, stories: 6, threads: 3, reach: 3},
		{level: Notice, surprise: 1, ratio: 2, threads: 2, reach: 2},
	}
}

// leastArticles is how many outlets of weight must each have a story of their
// own: one paper alone may be wrong or alone, two are a subject.
const leastArticles = 2

// overlap is by how much windows judged every hour exceed windows side by
// side in independent looks; measured by TestFalseAlarmsStayWithinTheBudget.
const overlap = 2.5

// threshold is the tail below which a window of so many hours surprises. The
// budget of false alarms is shared evenly by the window lengths and the look
// at authority, and within each by its looks a week.
func (j judge) threshold(policies, hours int) float64 {
	looks := float64(policies) * 168 / float64(hours) * overlap
	share := j.rule.FalseAlarms / float64(len(j.rule.Windows)+1)
	return share / looks
}

// level is that of a window by all its stories; "" where it is usual.
func (j judge) level(e Evidence) Level {
	for _, s := range steps() {
		enough := max(s.stories, j.rule.MinStories)
		if e.Tail <= e.Threshold*s.surprise && e.Ratio >= s.ratio && e.Stories >= enough &&
			e.Threads >= s.threads && e.Reach >= s.reach {
			return s.level
		}
	}
	return ""
}

// authorityLevel is that of a window by its articles of weight.
func (j judge) authorityLevel(e Evidence) Level {
	switch {
	case e.Tail > e.Threshold || e.Articles < leastArticles || e.Outlets < leastArticles:
		return ""
	case e.Articles >= 2*leastArticles:
		return Warning
	}
	return Notice
}

// rank orders levels, quietest first; 0 is none.
func (l Level) rank() int {
	switch l {
	case Notice:
		return 1
	case Warning:
		return 2
	case Crisis:
		return 3
	}
	return 0
}
