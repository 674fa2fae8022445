package estest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// findJava gives the home of the oldest Java that is at least so new: the one
// nearest to what a version was made for.
func findJava(atLeast int) (home string, err error) {
	best := 0
	for _, dir := range javaHomes() {
		if v := javaVersion(dir); v >= atLeast && (best == 0 || v < best) {
			home, best = dir, v
		}
	}
	if best == 0 {
		return "", fmt.Errorf("no Java %d", atLeast)
	}
	return home, nil
}

// javaHomes lists where a Java may be.
func javaHomes() []string {
	homes := []string{os.Getenv("ES_JAVA_HOME"), os.Getenv("JAVA_HOME")}
	if path, err := exec.LookPath("java"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			homes = append(homes, filepath.Dir(filepath.Dir(path)))
		}
	}
	for _, pattern := range []string{"/usr/lib/jvm/*", "/opt/java/*", "/Library/Java/JavaVirtualMachines/*/Contents/Home"} {
		found, _ := filepath.Glob(pattern) // the patterns are well-formed
		homes = append(homes, found...)
	}
	return homes
}

// javaVersion reads the version that a Java writes beside itself; 0 where
// there is no Java.
func javaVersion(home string) int {
	if home == "" {
		return 0
	}
	if _, err := os.Stat(filepath.Join(home, "bin", "java")); err != nil {
		return 0
	}
	text, err := os.ReadFile(filepath.Join(home, "release"))
	if err != nil {
		return 0
	}
	return releaseVersion(string(text))
}

func releaseVersion(text string) int {
	found := regexp.MustCompile(`JAVA_VERSION="(?:1\.)?(\d+)`).FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return 0
	}
	return n
}
