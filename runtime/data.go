package runtime

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// DataFile is a file that a script reads when it is loaded.
type DataFile struct {
	Path string // for messages
	Data []byte
}

// mostData is how many files of a folder are read.
const mostData = 1000

var errOutside = errors.New("it isn't below the folder of scripts")

// Data reads the YAML files of a folder in the first root that has it. The script is reloaded when one of them
// changes, goes or comes. Links may not lead out of a root.
func (g *Generation) Data(folder string) ([]DataFile, error) {
	if !filepath.IsLocal(folder) {
		return nil, fmt.Errorf("read %s: %w", folder, errOutside)
	}
	for _, root := range g.roots() {
		g.files.look(absolute(filepath.Join(root, folder)))
		found, err := g.dataIn(root, folder)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return found, err
		}
	}
	return nil, fmt.Errorf("read %s: %w", folder, fs.ErrNotExist)
}

func (g *Generation) dataIn(root, folder string) ([]DataFile, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // only read from
	entries, err := fs.ReadDir(r.FS(), filepath.ToSlash(folder))
	if err != nil {
		return nil, err
	}
	var found []DataFile
	for _, e := range entries {
		if e.IsDir() || !isData(e.Name()) {
			continue
		}
		if len(found) == mostData {
			return nil, fmt.Errorf("read %s: more than %d files", folder, mostData)
		}
		rel := filepath.Join(folder, e.Name())
		path := filepath.Join(root, rel)
		data, err := g.files.read(absolute(path), path, func() (*os.File, error) { return openUnder(root, rel) })
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		found = append(found, DataFile{Path: path, Data: data})
	}
	return found, nil
}

// isData tells the files that [Generation.Data] reads.
func isData(name string) bool {
	return (strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")) && !strings.HasPrefix(name, ".")
}
