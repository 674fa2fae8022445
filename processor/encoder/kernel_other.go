//go:build !amd64 || noasm

package encoder

const hasBlock = false

// mulBlock exists on amd64 only; kernel never returns it here.
func mulBlock(dst, x, w rows) { mulDot(dst, x, w) }
