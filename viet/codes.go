package viet

// Codes of single letters that rules name; see alphabet.
var (
	codeC = table['c'].code
	codeG = table['g'].code
	codeH = table['h'].code
	codeI = table['i'].code
	codeP = table['p'].code
	codeQ = table['q'].code
	codeT = table['t'].code
	codeU = table['u'].code
	codeY = table['y'].code
)

// vowelCode and shapedCode tell vowels, and vowels with a circumflex, breve
// or horn, by letter code.
var (
	vowelCode  = codesWith(isVowel)
	shapedCode = codesWith(isShaped)
)

func codesWith(class uint8) *[64]bool {
	var set [64]bool
	for _, r := range alphabet {
		if l := look(r); l.class&class != 0 {
			set[l.code] = true
		}
	}
	return &set
}
