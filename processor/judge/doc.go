// Package judge says what a text is to a policy officer: whether it concerns
// public policy, its tone, its act, its topic and its stance toward each
// policy named.
//
// It reads Origin, Text and Reading.Policies and writes Reading.Relevant, Tone,
// Act, Topic, Stances and Question. The quick steps use hashed n-grams and the
// lexicon of tone; the careful steps add the encoder's view. Every label
// carries a calibrated probability and the sentences that speak most for it;
// Sure holds where guesses of that class and probability were right nine times
// in ten on texts not used in training.
//
// Limit: labels mean what the labelling guide of the training texts says and
// are about Vietnamese only; of long texts the beginning and the end count.
package judge
