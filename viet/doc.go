// Package viet reads Vietnamese text: it normalises, folds, cuts into tokens
// and sentences, knows a syllable when it sees one, names the language,
// undoes chat spelling, decodes the legacy charsets and judges whether a text
// is fit to be read at all.
//
// It reads and writes nothing but its arguments. All offsets are bytes into
// the string given. What it promises: normalising twice is normalising once;
// Fold and Key give one rune for every rune of NFC text, so that a match in
// the folded text points into the original; no input makes it fail.
//
// Limit: it works by rules on letters and syllables and knows no meaning, so
// a rule-abiding syllable that no dictionary holds passes, and words of
// several syllables are not joined.
package viet
