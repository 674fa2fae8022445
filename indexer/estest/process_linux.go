package estest

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
)

// nobody is the ordinary user as whom root runs the server, which refuses to
// run as root.
const nobody = 65534

func isRoot() bool { return os.Geteuid() == 0 }

// giveAway makes the folder of a run belong to whom the server runs as.
func giveAway(dir string) error {
	if !isRoot() {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, nobody, nobody)
	})
}

// start starts the process in a group of its own. It dies with the test even
// when that is killed; the kernel ties that to the thread, so the goroutine
// keeps it until release.
func start(cmd *exec.Cmd, started chan<- error) (release func()) {
	runtime.LockOSThread()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	if isRoot() {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	started <- cmd.Start()
	return runtime.UnlockOSThread
}

func terminate(cmd *exec.Cmd) { _ = syscall.Kill(cmd.Process.Pid, syscall.SIGTERM) }

func kill(cmd *exec.Cmd) { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
