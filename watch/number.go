package watch

import (
	"strconv"
	"strings"
)

// viNumber writes a number the Vietnamese way, three significant digits for
// what is not whole: 17; 3,41; 0,000012.
func viNumber(v float64) string {
	if v == float64(int64(v)) {
		return strconv.FormatInt(int64(v), 10)
	}
	s := strconv.FormatFloat(v, 'g', 3, 64)
	if mantissa, exponent, ok := strings.Cut(s, "e"); ok {
		n, _ := strconv.Atoi(exponent)
		s = mantissa + "·10^" + strconv.Itoa(n)
	}
	return strings.Replace(s, ".", ",", 1)
}
