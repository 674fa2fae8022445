// Package classify is diembao's own text classifier: syllable and letter
// n-grams hashed into a table, a softmax regression over them, weights of one
// byte each.
//
// It reads text and model files and writes model files; it knows no task by
// name and no Mention. Training is deterministic: the same examples in the same
// order give the same bytes on the same kind of processor. Scoring allocates
// nothing once its buffers are grown and is safe for concurrent use.
//
// Limit: a feature that was not kept in training has no weight, and what stands
// further apart than three syllables is seen only as separate words.
package classify
