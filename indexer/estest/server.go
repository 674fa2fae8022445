package estest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// What a start may take on a busy machine, and a clean stop.
const (
	startLimit = 4 * time.Minute
	stopLimit  = 20 * time.Second
)

// server is a running Elasticsearch.
type server struct {
	url  string
	dir  string // configuration, data, logs
	cmd  *exec.Cmd
	done chan struct{} // closed when the process has ended
}

// settings keep one small node to itself on loopback.
const settings = `
cluster.name: diembao-test
discovery.type: single-node
network.host: 127.0.0.1
http.port: %d
transport.port: %d
path.data: %s
path.logs: %s
xpack.ml.enabled: false
xpack.security.enabled: false
cluster.routing.allocation.disk.threshold_enabled: false
`

func launch(ctx context.Context, home, java string) (*server, error) {
	dir, err := os.MkdirTemp("", "diembao-es-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, done: make(chan struct{})}
	if err := s.prepare(ctx, home); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	// The server outlives ctx: stop ends it, in order.
	s.cmd = exec.Command(filepath.Join(home, "bin", "elasticsearch")) //nolint:noctx // see above
	s.cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir, "ES_JAVA_HOME=" + java, "ES_PATH_CONF=" + filepath.Join(dir, "config"),
		"ES_TMPDIR=" + filepath.Join(dir, "tmp"), "ES_JAVA_OPTS=-Xms512m -Xmx512m",
	}
	s.cmd.Dir = dir
	if err := s.run(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	return s, nil
}

// prepare lays out the folder of one run.
func (s *server) prepare(ctx context.Context, home string) error {
	ports, err := freePorts(ctx, 2)
	if err != nil {
		return err
	}
	s.url = fmt.Sprintf("http://127.0.0.1:%d", ports[0])
	config := filepath.Join(s.dir, "config")
	if err := os.CopyFS(config, os.DirFS(filepath.Join(home, "config"))); err != nil {
		return err
	}
	for _, name := range []string{"data", "logs", "tmp"} {
		if err := os.Mkdir(filepath.Join(s.dir, name), 0o755); err != nil {
			return err
		}
	}
	text := fmt.Sprintf(settings, ports[0], ports[1], filepath.Join(s.dir, "data"), filepath.Join(s.dir, "logs"))
	if err := os.WriteFile(filepath.Join(config, "elasticsearch.yml"), []byte(text), 0o644); err != nil {
		return err
	}
	return giveAway(s.dir)
}

func freePorts(ctx context.Context, n int) (ports []int, err error) {
	for range n {
		var config net.ListenConfig
		l, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close() //nolint:errcheck // after all are found, so that they differ
		ports = append(ports, l.Addr().(*net.TCPAddr).Port)
	}
	return ports, nil
}

// run starts the process and sees to its end.
func (s *server) run() error {
	out, err := os.Create(filepath.Join(s.dir, "out"))
	if err != nil {
		return err
	}
	s.cmd.Stdout, s.cmd.Stderr = out, out
	started := make(chan error, 1)
	go func() { // ends with the process
		defer close(s.done)
		defer out.Close()
		release := start(s.cmd, started)
		defer release()
		if s.cmd.Process != nil {
			_ = s.cmd.Wait() // how it ended does not matter; wait reports an early end
		}
	}()
	return <-started
}

// wait returns when the server answers.
func (s *server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	for {
		if s.answers(ctx) {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no answer within %v", startLimit)
		case <-s.done:
			return errors.New("the server ended while starting")
		case <-time.After(200 * time.Millisecond):
		}
	}
}

func (s *server) answers(ctx context.Context) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url+"/_cluster/health?wait_for_status=yellow&timeout=1s", nil)
	if err != nil {
		return false
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	defer resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// stop ends the server and removes its folder.
func (s *server) stop() {
	terminate(s.cmd)
	select {
	case <-s.done:
	case <-time.After(stopLimit):
		kill(s.cmd)
		<-s.done
	}
	_ = os.RemoveAll(s.dir) // a folder of temporary files
}

// log gives the end of what the server said.
func (s *server) log() string {
	text, err := os.ReadFile(filepath.Join(s.dir, "out"))
	if err != nil {
		return err.Error()
	}
	lines := strings.Split(string(text), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}
