package encoder

import (
	"embed"
	"io/fs"
)

//go:embed reader/config.json reader/weights.bin reader/pieces.tsv reader/norm.tsv
var files embed.FS

// Reader is the model that ships with the binary.
func Reader() fs.FS {
	sub, err := fs.Sub(files, "reader")
	if err != nil { // the name is a constant
		panic(err)
	}
	return sub
}
