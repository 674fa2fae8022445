//go:build !linux

package estest

import (
	"os"
	"os/exec"
)

func giveAway(string) error { return nil }

func start(cmd *exec.Cmd, started chan<- error) (release func()) {
	started <- cmd.Start()
	return func() {}
}

func terminate(cmd *exec.Cmd) { _ = cmd.Process.Signal(os.Interrupt) }

func kill(cmd *exec.Cmd) { _ = cmd.Process.Kill() }
