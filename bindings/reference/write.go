package reference

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
)

// TypesFile is the name of the file of editor types.
const TypesFile = "tgscript.lua"

// Files are all generated files by name: the pages and the editor types.
func Files(t *spec.Table, further ...Page) map[string][]byte {
	files := Markdown(t, further...)
	files[TypesFile] = append(LuaCATS(t), '\n')
	return files
}

// Write writes the generated files into a folder, and removes pages there that are no more.
func Write(t *spec.Table, dir string, further ...Page) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the folder of the reference: %w", err)
	}
	files := Files(t, further...)
	old, err := os.ReadDir(dir)
	if err != nil {
		return fmt.Errorf("read the folder of the reference: %w", err)
	}
	for _, f := range old {
		if files[f.Name()] == nil && strings.HasSuffix(f.Name(), ".md") {
			if err := os.Remove(filepath.Join(dir, f.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("remove an old page: %w", err)
			}
		}
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return fmt.Errorf("write the reference: %w", err)
		}
	}
	return nil
}
