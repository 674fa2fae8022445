package place

// Scores: how often a name so met is the place, judged on the fixture press.
const (
	scoreNamed   = 0.98 // its level word stands before it
	scoreSure    = 0.95 // an unmistakable name with its capitals
	scoreContext = 0.85 // settled by a cue or by the other places of the text
)

// settle decides which unit a hit is. near are the provinces that the text
// surely names. ok is false where the hit is no place; a nil unit is a place
// that several units may be.
func (h *hit) settle(near map[*Province]bool) (u *unit, score float64, ok bool) {
	if h.lead == leadPerson {
		return nil, 0, false
	}
	cands := h.candidates()
	if len(cands) == 0 {
		return nil, 0, false
	}
	best := h.choose(cands, near)
	if best == nil {
		return nil, scoreContext, h.lead >= leadDistrict && h.lead <= leadCommune && h.plainCase && cands[0].level == LevelDistrict
	}
	switch {
	case h.lead >= leadProvince && h.lead <= leadCommune && (h.plainCase || !h.common):
		return best, scoreNamed, best.level != LevelCommune || h.plainCase
	case h.lead == leadStreet && (best.unsure || best.level != LevelProvince):
		return nil, 0, false
	case !h.plainCase:
		return best, scoreContext, best.level == LevelProvince && (!h.common && !best.unsure || h.lead == leadCue && !best.unsure)
	case !best.unsure:
		return best, scoreSure, best.level == LevelProvince || h.alone
	case !h.alone:
		return nil, 0, false
	case best.level == LevelProvince:
		return best, scoreContext, h.lead == leadCue || h.joined
	}
	_, now := h.followed.within(best)
	return best, scoreContext, now || near[best.now]
}

// candidates are the units that the word before the name allows: without one
// a province before all others, and communes never.
func (h *hit) candidates() []*unit {
	var out []*unit
	keep := func(level string, kinds ...string) {
		for _, u := range h.units {
			match := len(kinds) == 0
			for _, k := range kinds {
				match = match || u.kind == k
			}
			if u.level == level && match {
				out = append(out, u)
			}
		}
	}
	switch h.lead {
	case leadProvince:
		keep(LevelProvince)
	case leadCity:
		keep(LevelProvince)
		if len(out) == 0 {
			keep(LevelDistrict, "thành phố")
		}
	case leadDistrict:
		keep(LevelDistrict, "quận", "huyện", "thị xã")
		if len(out) == 0 {
			keep(LevelDistrict)
		}
	case leadCommune:
		keep(LevelCommune)
	default:
		keep(LevelProvince)
		if len(out) == 0 {
			keep(LevelDistrict)
		}
		if len(out) == 0 {
			keep(LevelCommune, "đặc khu")
		}
	}
	return out
}

// choose picks one of several units of the same name: of the province named
// right after it, else of one the text names; nil where that leaves several
// province-level units of today.
func (h *hit) choose(cands []*unit, near map[*Province]bool) *unit {
	for _, fits := range [...]func(*unit) bool{
		func(u *unit) bool { named, _ := h.followed.within(u); return named },
		func(u *unit) bool { _, now := h.followed.within(u); return now },
		func(*unit) bool { return true },
		func(u *unit) bool { return near[u.now] },
	} {
		if u := only(cands, fits); u != nil {
			return u
		}
	}
	return nil
}

// only is the first unit that fits, if all that fit are of one province-level
// unit of today.
func only(cands []*unit, fits func(*unit) bool) *unit {
	var found *unit
	for _, u := range cands {
		if !fits(u) {
			continue
		}
		if found != nil && found.now != u.now {
			return nil
		}
		if found == nil {
			found = u
		}
	}
	return found
}
