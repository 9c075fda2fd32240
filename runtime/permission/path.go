package permission

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// longest is how many symbolic links one name may lead through.
const longest = 40

var errCircle = errors.New("its symbolic links go in a circle")

// follow resolves the symbolic links of a name of which the last parts may not exist yet.
// filepath.EvalSymlinks refuses those, and a link to nowhere must not count as nothing: writing to it
// makes the file that it names.
func follow(name string, depth int) (string, error) {
	if depth > longest {
		return "", errCircle
	}
	dir, file := filepath.Split(name)
	if dir == name || file == "" {
		return filepath.Clean(name), nil
	}
	dir, err := follow(filepath.Clean(dir), depth)
	if err != nil {
		return "", err
	}
	name = filepath.Join(dir, file)
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name, nil
	case err != nil:
		return "", err
	case info.Mode()&fs.ModeSymlink == 0:
		return name, nil
	}
	to, err := os.Readlink(name)
	if err != nil {
		return "", err
	}
	if !filepath.IsAbs(to) {
		to = filepath.Join(dir, to)
	}
	return follow(filepath.Clean(to), depth+1)
}

// inside says whether a rule is about a file: it names the file, a folder above it, or a pattern that
// matches one of these.
func inside(rule, file string) bool {
	rule = resolved(rule)
	for {
		if file == rule {
			return true
		}
		if ok, err := filepath.Match(rule, file); ok && err == nil {
			return true
		}
		above := filepath.Dir(file)
		if above == file {
			return false
		}
		file = above
	}
}

// resolved follows the links of a rule, as those of the files it is about are followed.
func resolved(rule string) string {
	if strings.ContainsAny(rule, "*?[") {
		dir, pattern := filepath.Split(rule)
		return filepath.Join(resolved(filepath.Clean(dir)), pattern)
	}
	if real, err := follow(rule, 0); err == nil {
		return real
	}
	return rule
}
