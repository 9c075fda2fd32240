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

// Beneath says whether a rule of deny is about something inside of a folder, which is to be moved or removed whole.
// The path is one that [Set.Path] has returned. A rule that is a pattern counts if its folder is inside, or could be.
func (s *Set) Beneath(kind Kind, path string) error {
	if s == nil {
		return nil
	}
	for _, rule := range s.rules.Load().deny[kind] {
		if rule == "*" || within(resolved(rule), path) {
			return &DeniedError{Script: s.script, What: rule, Kind: kind, Forbidden: true}
		}
	}
	return nil
}

// within says whether what a rule names may lie in a folder: part by part, for a pattern may stand for any of them.
func within(rule, folder string) bool {
	separator := string(filepath.Separator)
	names, parts := strings.Split(rule, separator), strings.Split(strings.TrimSuffix(folder, separator), separator)
	if len(names) < len(parts) {
		return false
	}
	for i, part := range parts {
		if ok, err := filepath.Match(names[i], part); names[i] != part && (!ok || err != nil) {
			return false
		}
	}
	return true
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
