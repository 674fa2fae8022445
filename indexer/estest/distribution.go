package estest

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

const artifact = "org.elasticsearch.distribution.integ-test-zip:elasticsearch:%s:zip"

// distribution gives the folder of an unpacked version, which it fetches and
// unpacks where that was not done before.
func distribution(ctx context.Context, version string) (home string, err error) {
	cache, err := cacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder: %w", err)
	}
	name := "elasticsearch-" + version
	home = filepath.Join(cache, name)
	if _, err := os.Stat(filepath.Join(home, "bin", "elasticsearch")); err == nil {
		return home, nil
	}
	file, err := fetch(ctx, version)
	if err != nil {
		return "", err
	}
	// Several test programs may unpack at the same time: each does so aside
	// and the first to finish wins.
	aside, err := os.MkdirTemp(cache, ".unpack-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(aside) //nolint:errcheck // a cache of temporary files
	if err := unpack(file, aside); err != nil {
		return "", fmt.Errorf("unpack %s: %w", file, err)
	}
	if err := os.Rename(filepath.Join(aside, name), home); err != nil {
		if _, there := os.Stat(filepath.Join(home, "bin", "elasticsearch")); there != nil {
			return "", err
		}
	}
	return home, nil
}

// cacheDir is the user's cache; root's is /var/cache, since the ordinary user
// that runs the server cannot look into root's home.
func cacheDir() (string, error) {
	dir := "/var/cache"
	if os.Geteuid() != 0 {
		var err error
		if dir, err = os.UserCacheDir(); err != nil {
			return "", err
		}
	}
	dir = filepath.Join(dir, "diembao-test")
	return dir, os.MkdirAll(dir, 0o755)
}

// fetch gives the archive from the local Maven repository, filled by Maven
// where it is not there; Maven checks the checksum.
func fetch(ctx context.Context, version string) (string, error) {
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	file := filepath.Join(home, ".m2", "repository", "org", "elasticsearch", "distribution", "integ-test-zip",
		"elasticsearch", version, "elasticsearch-"+version+".zip")
	if _, err := os.Stat(file); err == nil {
		return file, nil
	}
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return "", errors.New("no distribution in the local Maven repository, and no Maven to fetch it")
	}
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", "dependency:get", "-Dartifact="+fmt.Sprintf(artifact, version), "-Dtransitive=false")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("maven cannot fetch the distribution: %w: %.300s", err, out)
	}
	if _, err := os.Stat(file); err != nil {
		return "", errors.New("maven keeps its repository elsewhere than in ~/.m2/repository")
	}
	return file, nil
}

func unpack(file, dir string) error {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return err
	}
	defer archive.Close() //nolint:errcheck // only read
	for _, f := range archive.File {
		if !filepath.IsLocal(f.Name) {
			return fmt.Errorf("%q leads out of the archive", f.Name)
		}
		if err := unpackOne(f, filepath.Join(dir, f.Name)); err != nil {
			return err
		}
	}
	return os.Chmod(dir, 0o755)
}

func unpackOne(f *zip.File, path string) error {
	if strings.HasSuffix(f.Name, "/") {
		return os.MkdirAll(path, 0o755)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	in, err := f.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, f.Mode().Perm()|0o444)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
