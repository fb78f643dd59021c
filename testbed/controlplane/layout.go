package main

// Where a running testbed keeps its files.
//
// In: the folder given as --dir. Out: the path of each file in it. Everything a testbed writes is below that folder, so
// several can run at once and one is removed by removing its folder.

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

type layout struct{ dir string }

// maxSocketPath is what Linux allows in a unix socket's address, less the closing zero.
const maxSocketPath = 107

func newLayout(dir string) (layout, error) {
	if dir == "" {
		return layout{}, fmt.Errorf("--dir is missing: name the testbed's folder (or set CARETAKER_TESTBED_DIR)")
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return layout{}, fmt.Errorf("cannot resolve --dir %s: %w", dir, err)
	}
	l := layout{absolute}
	if len(l.controlSocket()) > maxSocketPath {
		return layout{}, fmt.Errorf("--dir %s is too long: %s must be at most %d bytes to serve as a unix socket; choose a shorter folder", absolute, l.controlSocket(), maxSocketPath)
	}
	return l, nil
}

func (l layout) path(parts ...string) string {
	return filepath.Join(append([]string{l.dir}, parts...)...)
}

func (l layout) controlSocket() string          { return l.path("control.sock") }
func (l layout) state() string                  { return l.path("state.json") }
func (l layout) lock() string                   { return l.path("lock") }
func (l layout) adminKubeconfig() string        { return l.path("kubeconfig") }
func (l layout) auditLog() string               { return l.path("audit.log") }
func (l layout) auditPolicy() string            { return l.path("audit-policy.json") }
func (l layout) pki(file string) string         { return l.path("pki", file) }
func (l layout) log(component string) string    { return l.path("log", component+".log") }
func (l layout) etcdData() string               { return l.path("etcd") }
func (l layout) home() string                   { return l.path("home") }
func (l layout) userKubeconfig(n string) string { return l.path("users", n+".kubeconfig") }

// makeFolders creates the folders that the other paths stand in.
func (l layout) makeFolders() error {
	for _, folder := range []string{"pki", "log", "home", "users"} {
		if err := os.MkdirAll(l.path(folder), 0o700); err != nil {
			return fmt.Errorf("cannot create the testbed's folder: %w", err)
		}
	}
	return nil
}

// writeJSON replaces a file at once, so a reader never sees half of it.
func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return fmt.Errorf("cannot encode %s: %w", path, err)
	}
	return writeFile(path, append(text, '\n'))
}

// writeFile replaces a file at once, readable by its owner alone.
func writeFile(path string, content []byte) error {
	partial, err := os.CreateTemp(filepath.Dir(path), ".partial-*")
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	defer os.Remove(partial.Name())
	_, err = partial.Write(content)
	if closing := partial.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(partial.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("cannot write %s: %w", path, err)
	}
	return nil
}
