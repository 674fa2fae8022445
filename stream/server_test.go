package stream_test

import (
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"github.com/diembao/diembao/stream"
	"github.com/diembao/diembao/stream/streamtest"
)

func TestEmbeddedContract(t *testing.T) {
	t.Parallel() // it sleeps, mostly
	streamtest.Run(t, func(t *testing.T, table stream.Table) stream.Bus {
		return embedded(t, t.TempDir(), table)
	})
}

func TestRemoteContract(t *testing.T) {
	t.Parallel() // it sleeps, mostly
	streamtest.Run(t, func(t *testing.T, table stream.Table) stream.Bus {
		return remote(t, stream.RemoteOptions{URL: single(t).ClientURL(), Token: token, Table: table})
	})
}

func TestClusterContract(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("cluster: three servers and R3 streams: not run with -short")
	}
	streamtest.Run(t, func(t *testing.T, table stream.Table) stream.Bus {
		nodes := cluster(t)
		return remote(t, stream.RemoteOptions{URL: nodes[0].ClientURL(), Token: token, Replicas: 3, Table: table})
	})
}

const token = "test-token"

func embedded(t testing.TB, dir string, table stream.Table) *stream.JetStream {
	t.Helper()
	bus, err := stream.Embedded(t.Context(), stream.EmbeddedOptions{Dir: dir, Table: table})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	return bus
}

// remote connects and applies the topology.
func remote(t testing.TB, o stream.RemoteOptions) *stream.JetStream {
	t.Helper()
	bus, err := stream.Remote(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = bus.Close() })
	if _, err := stream.Apply(t.Context(), bus); err != nil {
		t.Fatal(err)
	}
	return bus
}

// single is one server on a loopback port.
func single(t testing.TB) *server.Server {
	t.Helper()
	return start(t, server.Options{ServerName: "single"})
}

// start runs a server until the test ends.
func start(t testing.TB, o server.Options) *server.Server {
	t.Helper()
	o.Host, o.JetStream, o.NoSigs, o.NoLog, o.Authorization = "127.0.0.1", true, true, true, token
	o.MaxPayload = 8 << 20
	if o.Port == 0 {
		o.Port = server.RANDOM_PORT
	}
	if o.StoreDir == "" {
		o.StoreDir = t.TempDir()
	}
	srv, err := server.NewServer(&o)
	if err != nil {
		t.Fatal(err)
	}
	srv.Start()
	t.Cleanup(func() {
		srv.Shutdown()
		srv.WaitForShutdown()
	})
	if !srv.ReadyForConnections(10 * time.Second) {
		t.Fatal("the server is not ready")
	}
	return srv
}

// cluster is three servers that know each other.
func cluster(t testing.TB) []*server.Server {
	t.Helper()
	var routes []string
	var ports []int
	for range 3 {
		ports = append(ports, freePort(t))
		routes = append(routes, fmt.Sprint("nats://127.0.0.1:", ports[len(ports)-1]))
	}
	var nodes []*server.Server
	for i, port := range ports {
		nodes = append(nodes, start(t, server.Options{
			ServerName: fmt.Sprint("node-", i),
			Cluster:    server.ClusterOpts{Name: "test", Host: "127.0.0.1", Port: port},
			Routes:     server.RoutesFromStr(strings.Join(routes, ",")),
		}))
	}
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		led := slices.ContainsFunc(nodes, (*server.Server).JetStreamIsLeader)
		current := !slices.ContainsFunc(nodes, func(n *server.Server) bool { return !n.JetStreamIsCurrent() })
		if led && current && nodes[0].NumRoutes() > 0 {
			return nodes
		}
	}
	t.Fatal("the cluster has no leader after 20 s")
	return nil
}

func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port
}

func serverOn(port int) server.Options { return server.Options{ServerName: "late", Port: port} }
