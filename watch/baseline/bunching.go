package baseline

// Stories come in bunches: one article brings others. With counts c and means
// m of past windows, Σ((c−m)²−c) / Σm² estimates 1/size by moments. One policy
// seldom has enough windows for that, so its estimate leans on the desk's, and
// the desk's on Options.Bunching.
const (
	deskWorth   = 10.0 // Σm² at which the desk counts as much as the prior
	policyWorth = 5.0  // Σm² at which a policy counts as much as the desk
	calmest     = 0.05 // even the calmest series is a little bunched
	liveliest   = 4.0
)

// bunching is 1/size of the policy's windows of width hours, given the rate.
func (p *Policy) bunching(width int) float64 {
	if b, ok := p.bunch[width]; ok {
		return b
	}
	desk := p.desk.bunching(width)
	own := p.moments(width)
	p.bunch[width] = clamp((policyWorth*desk + own.over) / (policyWorth + own.under))
	return p.bunch[width]
}

func (d *Desk) bunching(width int) float64 {
	if b, ok := d.bunch[width]; ok {
		return b
	}
	pooled := ratio{deskWorth * d.options.Bunching, deskWorth}
	for _, id := range d.ids() {
		pooled = pooled.plus(d.Policy(id).moments(width))
	}
	d.bunch[width] = clamp(pooled.over / pooled.under)
	return d.bunch[width]
}

func clamp(b float64) float64 { return min(max(b, calmest), liveliest) }

// moments sums over the whole windows of the history, side by side.
func (p *Policy) moments(width int) (r ratio) {
	var count, mean, weight float64
	var n int
	p.desk.grid.hours(p.series, func(slot int, c, w float64) {
		count, mean, weight, n = count+c, mean+p.mean[slot], weight+w, n+1
		if n == width {
			w := weight / float64(width)
			r = r.plus(ratio{w * ((count-mean)*(count-mean) - count), w * mean * mean})
			count, mean, weight, n = 0, 0, 0, 0
		}
	})
	return r
}
