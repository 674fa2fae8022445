package main

import (
	"context"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/diembao/diembao/crawler/archive"
	"github.com/diembao/diembao/processor"
	"github.com/diembao/diembao/stream"
)

// metrics serves the counts of this process. Each mention is counted once a
// stage, under its outcome, so that sums mean something.
func (a *app) metrics() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	add := func(name, help, outcome string, value func() float64) {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{Namespace: "diembao", Name: name, Help: help,
			ConstLabels: prometheus.Labels{"outcome": outcome}}, value))
	}
	if p := a.counts.crawler; p != nil {
		const help = "Items looked at by the crawler, by outcome."
		add("crawler_items_total", help, "found", func() float64 { return float64(p.Found.Load()) })
		add("crawler_items_total", help, "changed", func() float64 { return float64(p.Changed.Load()) })
		add("crawler_items_total", help, "same", func() float64 { return float64(p.Same.Load()) })
		add("crawler_items_total", help, "removed", func() float64 { return float64(p.Removed.Load()) })
		add("crawler_items_total", help, "unreadable", func() float64 { return float64(p.Unreadable.Load()) })
		add("crawler_items_total", help, "passed", func() float64 { return float64(p.Passed.Load()) })
		add("crawler_visits_total", "Visits of sources, by outcome.", "failed", func() float64 { return float64(p.Failed.Load()) })
		add("crawler_visits_total", "Visits of sources, by outcome.", "ended", func() float64 { return float64(p.Visits.Load() - p.Failed.Load()) })
	}
	if a.archive != nil && a.Config.Crawler.Archive.Bucket != nil {
		const help = "Files of the archive for the bucket, by outcome of the upload."
		add("archive_uploads_total", help, "uploaded", func() float64 { return float64(a.uploads().Uploaded) })
		add("archive_uploads_total", help, "failed", func() float64 { return float64(a.uploads().Failed) })
		gauge := func(name, help string, value func() float64) {
			r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "diembao", Name: name, Help: help}, value))
		}
		gauge("archive_waiting_files", "Files of the archive that the bucket does not have yet.", func() float64 { return float64(a.uploads().Waiting) })
		gauge("archive_waiting_bytes", "Bytes of the files that the bucket does not have yet.", func() float64 { return float64(a.uploads().Bytes) })
	}
	if w := a.counts.worker; w != nil {
		for _, o := range processor.Outcomes() {
			add("processor_quick_total", "Mentions read quickly, by outcome.", string(o), func() float64 { return float64(w.QuickCounts.Get(o)) })
			add("processor_careful_total", "Mentions read carefully, by outcome.", string(o), func() float64 { return float64(w.CarefulCounts.Get(o)) })
		}
	}
	r.MustRegister(&lag{app: a, desc: prometheus.NewDesc("diembao_consumer_waiting", "Messages a consumer has still to be given or is working on.", []string{"consumer"}, nil)})
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}

// uploads is how the archive's bucket is doing.
func (a *app) uploads() archive.Health {
	h, err := a.archive.Health()
	if err != nil {
		a.Log.Warn("metrics", "error", err)
	}
	return h
}

// lag asks the log how far its consumers are behind, when it is asked.
type lag struct {
	app  *app
	desc *prometheus.Desc
}

// Describe names the metric.
func (l *lag) Describe(ch chan<- *prometheus.Desc) { ch <- l.desc }

// Collect asks for each consumer; one that does not answer is left out.
func (l *lag) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	for _, c := range stream.Topology().Consumers {
		waiting, working, err := l.app.bus.Pending(ctx, c.Name)
		if err == nil {
			ch <- prometheus.MustNewConstMetric(l.desc, prometheus.GaugeValue, float64(waiting+working), c.Name)
		}
	}
}
