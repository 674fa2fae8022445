// Package configs holds the files that a unit edits (sources, policies,
// documents, bodies, places) and the only loader of configuration.
//
// It reads YAML and writes nothing. It promises to be strict, to name every
// mistake at once with file and line (Problems), and to leave the defaults that
// ship with the program in force where a file says nothing.
//
// Limit: it checks what can be checked without the network; whether a source
// answers is for `diembao sources check`.
package configs
