package mask

import (
	"strings"
	"testing"
)

// TestHostile runs Hide on long texts that make careless code quadratic; it
// would not end.
func TestHostile(t *testing.T) {
	for _, unit := range []string{
		"0", "0 ", "09 ", "/1", "@", "a@", "a.a@", "1-", "29A", "29A ", "số nhà 1", "số nhà 1 ", "trú tại 1,", "0912345678", "bà A tố cáo. ", "ông A",
		"ông An tố cáo ông Ba ", "CCCD ", "x", "•",
	} {
		Hide(strings.Repeat(unit, (1<<15)/len(unit)))
	}
}
