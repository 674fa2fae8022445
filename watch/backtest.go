package watch

import (
	"context"
	"slices"
	"time"

	"github.com/diembao/diembao/watch/baseline"
)

// Detection is what judging needs besides the index.
type Detection struct {
	Rule     RuleConfig
	Policies []string       // ids of the registry
	Zone     *time.Location // of hours and weekdays; nil: UTC+7
	Holidays baseline.Holidays
	// Past are the alerts so far; their hours teach little.
	Past []Alert
}

func (d Detection) withDefaults() Detection {
	d.Rule = d.Rule.WithDefaults()
	if len(d.Rule.Policies) > 0 {
		d.Policies = d.Rule.Policies
	}
	if d.Zone == nil {
		d.Zone = time.FixedZone("+07", 7*3600)
	}
	if d.Holidays == nil {
		d.Holidays = baseline.VietnamHolidays()
	}
	return d
}

func (d Detection) reader(s Searcher) reader {
	return reader{searcher: s, rule: d.Rule, policies: d.Policies, zone: d.Zone}
}

func (d Detection) judge(past []Alert) judge {
	return judge{rule: d.Rule, zone: d.Zone, holidays: d.Holidays, past: past}
}

// Backtest tells which alerts the rule would have opened in [from, to), hour
// by hour, had it run then: in order, with their windows and levels in History,
// none of them closed by anybody; an alert ends by itself after three days of
// calm. It reads the index as it is now, so late arrivals count as if they had
// been in time.
func Backtest(ctx context.Context, s Searcher, d Detection, from, to time.Time) ([]Alert, error) {
	d = d.withDefaults()
	from, to = from.Truncate(time.Hour), to.Truncate(time.Hour)
	t, err := d.reader(s).read(ctx, from.Add(-d.Rule.history()), to)
	if err != nil {
		return nil, err
	}
	var alerts []Alert
	open := map[string]int{} // policy → index into alerts
	for end := from.Add(time.Hour); !end.After(to); end = end.Add(time.Hour) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for _, f := range d.judge(slices.Concat(alerts, d.Past)).at(t, end, end) {
			i, ok := open[f.Policy]
			if ok && end.Sub(alerts[i].Until) < calm {
				alerts[i], _ = alerts[i].with(f, end)
				continue
			}
			open[f.Policy] = len(alerts)
			alerts = append(alerts, opened(d.Rule, f, len(alerts)+1, end))
		}
	}
	return alerts, nil
}
