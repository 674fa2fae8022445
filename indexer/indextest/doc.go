// Package indextest is the contract of an index as a suite: Run holds one
// engine to it, Same holds two engines to the same answers over random
// mentions and requests.
//
// It writes to the engines it is given and reads nothing else. An engine given
// to it is empty and is used by nobody else.
//
// Limit: it knows what the contract promises, not how fast; speed is measured
// by the engines' benchmarks.
package indextest
