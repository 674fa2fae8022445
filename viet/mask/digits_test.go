package mask

import (
	"testing"
)

// numberOf gives the number that text begins with.
func numberOf(text string) number { return newNumber(text, chain(nil, text, 0)) }

func TestTakeStopsWhereTheStyleChanges(t *testing.T) {
	for _, c := range []struct {
		text   string
		lo, hi int
		want   int // groups
	}{
		{"123456789", 9, 15, 1},
		{"123 456 789", 9, 15, 3},
		{"123 456 789 012", 9, 15, 4},
		{"123 456 789.012", 9, 15, 3}, // enough, and then another mark
		{"123 456 789 - 012", 9, 15, 3},
		{"12345678", 9, 15, 0},
		{"1234567890123456", 9, 15, 0}, // a group too many digits long
		{"0123456789 - 0123456789", 6, 19, 1},
		{"1234 5678 9012 3456", 6, 19, 4},
	} {
		if got := numberOf(c.text).take(c.lo, c.hi); got != c.want {
			t.Errorf("take(%d, %d) of %q = %d, want %d", c.lo, c.hi, c.text, got, c.want)
		}
	}
}

func TestExactly(t *testing.T) {
	for _, c := range []struct {
		text       string
		size, want int
	}{
		{"001085012345", 12, 1}, {"001 085 012 345", 12, 4}, {"001.085.012.345", 12, 4}, {"001-085-012-345 99", 12, 4},
		{"001085012345 678", 12, 1}, {"0010850123456", 12, 0}, {"00108501234", 12, 0}, {"001 - 085012345", 12, 0}, {"9704 3612 3456 7890", 16, 4},
	} {
		if got := numberOf(c.text).exactly(c.size); got != c.want {
			t.Errorf("exactly(%d) of %q = %d, want %d", c.size, c.text, got, c.want)
		}
	}
}

func TestCitizenNumberHasAProvinceAndACentury(t *testing.T) {
	for text, want := range map[string]bool{
		"001085012345": true, "096399999999": true, "097085012345": false, "000085012345": false, "001485012345": false, "101085012345": false, "079200012345": true,
	} {
		if got := numberOf(text).isCitizenNumber(); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

func TestAmounts(t *testing.T) {
	for text, want := range map[string]int{
		"84.300.000.000 đồng":  4,
		"1.200.000đ":           3,
		"1.200.000 VNĐ":        3,
		"98.504.000 người":     3,
		"98.504.000\u00A0lượt": 3,
		"84.300.000.000":       0, // no unit
		"0912.345.678 đồng":    0, // begins with nought
		"912345678 đồng":       0, // one group
		"84.300.00 đồng":       0,
		"84 300 000 đồng":      0,
		"1.200.000, đồng":      0,
		"1.200.000 - đồng":     0,
	} {
		if got := numberOf(text).amount(); got != want {
			t.Errorf("amount of %q = %d, want %d", text, got, want)
		}
	}
}

func TestMoneyNeedsAUnitRightBehind(t *testing.T) {
	for text, want := range map[string]bool{
		"135000000 đồng": true, "135000000 VND": true, "135000000đ": true, "500 nghìn": true, "500 ty": true, "500 m²": true,
		"135000000": false, "135000000 của dân": false, "135000000, đồng": false, "135000000\nđồng": false,
	} {
		n := numberOf(text)
		if got := n.money(1); got != want {
			t.Errorf("money of %q = %v", text, got)
		}
	}
}
