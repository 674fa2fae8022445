// Package configs x.
package configs
