package estest

import (
	"archive/zip"
	"net/http"
	"os"
	"path/filepath"
	"testing"
)

func TestReleaseVersion(t *testing.T) {
	for text, want := range map[string]int{
		"IMPLEMENTOR=\"Eclipse Adoptium\"\nJAVA_VERSION=\"25.0.1\"\n": 25,
		`JAVA_VERSION="17.0.17"`:   17,
		`JAVA_VERSION="1.8.0_402"`: 8,
		"":                         0,
		`JAVA_VERSION="x"`:         0,
	} {
		if got := releaseVersion(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestFindJavaPrefersTheOldestThatWill(t *testing.T) {
	if _, err := findJava(900); err == nil || err.Error() != "no Java 900" {
		t.Errorf("got %v, want that there is no Java 900", err)
	}
}

func TestUnpackStaysInside(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bad.zip")
	f, err := os.Create(file)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	if _, err := w.Create("../outside"); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f.Close()
	if err := unpack(file, t.TempDir()); err == nil {
		t.Error("an archive that leads out of its folder was unpacked")
	}
}

func TestStart(t *testing.T) {
	url := StartVersion(t, Eight)
	resp, err := http.Get(url + "/_cluster/health")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if resp.Header.Get("X-Elastic-Product") != "Elasticsearch" {
		t.Errorf("%s does not say that it is Elasticsearch", url)
	}
}
