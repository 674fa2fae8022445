package configs

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/diembao/diembao/processor/body"
	"github.com/diembao/diembao/processor/document"
	"github.com/diembao/diembao/processor/place"
	"github.com/diembao/diembao/processor/policy"
)

//go:embed policies.yaml documents.yaml bodies.yaml places
var shipped embed.FS

// Registry is everything the processor recognises by list.
type Registry struct {
	Policies  policy.Registry
	Documents document.Config
	Bodies    body.Registry
	Places    place.Config
	Communes  []place.Commune
}

// LoadRegistry reads the lists that ship with the program and, where files
// names others, those instead. Relative names are relative to base.
func LoadRegistry(files RegistryFiles, base string) (*Registry, error) {
	var r Registry
	var problems Problems
	list := func(name, own string, into any) {
		data, file, err := pick(name, own, base)
		if err != nil {
			problems = append(problems, Problem{File: file, Message: "cannot be read: " + cause(err)})
			return
		}
		problems = append(problems, fill(file, data, into)...)
	}
	list("policies.yaml", files.Policies, &r.Policies)
	list("documents.yaml", files.Documents, &r.Documents)
	list("bodies.yaml", files.Bodies, &r.Bodies)
	problems = append(problems, r.loadPlaces()...)
	problems = append(problems, r.loadCommunes(files.Communes, base)...)
	if len(problems) > 0 {
		return nil, problems.sorted()
	}
	return &r, nil
}

// validated is a list that checks itself.
type validated interface {
	Validate(report func(path, message string))
}

// pick gives the user's file where one is named, else the one that ships.
func pick(name, own, base string) (data []byte, file string, err error) {
	if own == "" {
		data, err = shipped.ReadFile(name)
		return data, "configs/" + name, err
	}
	if !filepath.IsAbs(own) {
		own = filepath.Join(base, own)
	}
	data, err = os.ReadFile(own) //nolint:gosec // the user names the file
	return data, own, err
}

func fill(file string, data []byte, into any) Problems {
	d, problems := open(file, data)
	if d == nil {
		return problems
	}
	problems = append(problems, d.decode(into)...)
	if v, ok := into.(validated); ok {
		v.Validate(d.report(&problems))
	}
	return problems
}

// loadPlaces reads the gazetteer, whose parts stand in files of their own, and
// checks it as a whole: a district names a province of another file.
func (r *Registry) loadPlaces() (problems Problems) {
	names, err := fs.Glob(shipped, "places/*.yaml")
	if err != nil {
		return Problems{{File: "configs/places", Message: err.Error()}}
	}
	var parts []*source
	for _, name := range names {
		data, err := shipped.ReadFile(name)
		if err != nil {
			return Problems{{File: name, Message: cause(err)}}
		}
		d, bad := open("configs/"+name, data)
		if problems = append(problems, bad...); d != nil {
			problems = append(problems, d.decode(&r.Places)...)
			parts = append(parts, d)
		}
	}
	r.Places.Validate(func(path, message string) {
		for _, d := range parts {
			if d.has(path) {
				d.report(&problems)(path, message)
				return
			}
		}
		problems = append(problems, Problem{File: "configs/places", Path: path, Message: message})
	})
	return problems
}

func (r *Registry) loadCommunes(name, base string) (problems Problems) {
	if name == "" {
		return nil
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(base, name)
	}
	f, err := os.Open(name) //nolint:gosec // the user names the file
	if err != nil {
		return Problems{{File: name, Message: "cannot be read: " + cause(err)}}
	}
	defer f.Close()
	r.Communes, err = place.ReadCommunes(f, func(line int, message string) {
		problems = append(problems, Problem{File: name, Line: line, Message: message})
	})
	if err != nil {
		problems = append(problems, Problem{File: name, Message: err.Error()})
	}
	return problems
}
