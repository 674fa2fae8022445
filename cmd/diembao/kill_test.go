package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/diembao/diembao/crawler/newsroom"
	"github.com/diembao/diembao/desk"
	"github.com/diembao/diembao/mention"
	"github.com/diembao/diembao/viet"
)

// childData makes a run of the test binary a demo on that folder.
const childData = "DIEMBAO_TEST_DEMO"

func TestMain(m *testing.M) {
	if data := os.Getenv(childData); data != "" {
		root := newRoot()
		root.SetArgs([]string{"demo", "--data", data, "--listen", "127.0.0.1:0", "--every", "1ms"})
		os.Exit(report(root.ExecuteContext(context.Background())))
	}
	os.Exit(m.Run())
}

// child is a demo in a process of its own.
type child struct {
	cmd  *exec.Cmd
	base string
}

func startChild(t *testing.T, data string) *child {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{cmd: exec.CommandContext(t.Context(), self)}
	c.cmd.Env = append(os.Environ(), childData+"="+data)
	c.cmd.Stderr = os.Stderr
	out, err := c.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if base, ok := strings.CutPrefix(lines.Text(), "desk: "); ok {
			c.base = strings.TrimSuffix(base, "/")
			break
		}
	}
	go func() { // keep reading, so that progress lines do not block it
		buf := make([]byte, 4096)
		for {
			if _, err := out.Read(buf); err != nil {
				return
			}
		}
	}()
	return c
}

// kill ends it as a power cut would.
func (c *child) kill() {
	_ = c.cmd.Process.Signal(syscall.SIGKILL)
	_ = c.cmd.Wait()
}

// all pages through the API and gives every mention by ID; a mention that
// comes twice fails the test.
func (c *child) all(t *testing.T) (map[mention.ID]desk.MentionItem, error) {
	t.Helper()
	found := map[mention.ID]desk.MentionItem{}
	cursor := ""
	for {
		resp, err := http.Get(c.base + "/api/v1/mentions?limit=1000&cursor=" + cursor)
		if err != nil {
			return nil, err
		}
		var page desk.MentionsBody
		err = json.NewDecoder(resp.Body).Decode(&page)
		resp.Body.Close()
		if err != nil {
			return nil, err
		}
		for _, item := range page.Items {
			if _, twice := found[item.ID]; twice {
				t.Errorf("%s stands in the index twice", item.ID)
			}
			found[item.ID] = item
		}
		if page.Next == "" {
			return found, nil
		}
		cursor = page.Next
	}
}

// Killed with SIGKILL at ten random moments, the demo goes on each time, and
// in the end every item of the press is in the index exactly once, in its
// newest text.
func TestKilledTenTimes(t *testing.T) {
	if testing.Short() {
		t.Skip("kill -9: runs without -short only")
	}
	data := t.TempDir()
	for i := range 10 {
		c := startChild(t, data)
		time.Sleep(time.Duration(200+rand.IntN(3000)) * time.Millisecond)
		c.kill()
		if t.Failed() {
			t.Fatalf("round %d", i)
		}
	}
	c := startChild(t, data)
	defer c.kill()
	press := pressOf(t, data)
	var missing []string
	eventually(t, 4*time.Minute, "every item is in the index", func() bool {
		found, err := c.all(t)
		if err != nil {
			return false
		}
		missing = missing[:0]
		for _, it := range press.Published(time.Now()) {
			now, removed := press.Current(it.ID, time.Now())
			item, there := found[press.Mention(it.ID)]
			if !there && !removed {
				missing = append(missing, it.ID)
			}
			if there && !removed && it.Kind != mention.Social && item.Title != viet.Clean(now.Title) {
				missing = append(missing, it.ID+" in its newest text") // a second look is due within minutes
			}
		}
		if len(missing) > 0 {
			t.Logf("%d of %d, missing %s …", len(found), len(press.Items()), fmt.Sprint(missing[:min(3, len(missing))]))
		}
		return len(missing) == 0
	})
}

// pressOf is the press as the data folder's clock has it.
func pressOf(t *testing.T, data string) *newsroom.Press {
	t.Helper()
	clock, err := demoClock(data+"/clock.json", time.Millisecond)
	if err != nil {
		t.Fatal(err)
	}
	press, err := newsroom.New(clock.Options())
	if err != nil {
		t.Fatal(err)
	}
	return press
}
