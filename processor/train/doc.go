// Package train builds every model but the encoder from labelled texts: the
// quick classifiers, the heads on the encoder's vectors, and the decisions that
// turn scores into calibrated labels.
//
// It reads labelled JSON lines and writes a folder of models. The same files
// give the same bytes. What the encoder was fine-tuned on is never used to
// calibrate it.
//
// Limit: it trains in memory, on tens of thousands of texts.
package train
