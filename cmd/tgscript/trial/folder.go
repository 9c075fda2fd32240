package trial

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// folder is where scripts have their files: a new one for each case.
func (c *company) folder() (string, error) {
	if c.dir == "" {
		dir, err := os.MkdirTemp("", folderName)
		if err != nil {
			return "", fmt.Errorf("make a folder for the test: %w", err)
		}
		c.dir = dir
	}
	return c.dir, nil
}

// within opens the folder of the scripts' files: no name and no link leads out of it.
func (c *company) within() (*os.Root, error) {
	dir, err := c.folder()
	if err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("open the folder of the test: %w", err)
	}
	return root, nil
}

// Read reads a file of the scripts.
func (c *company) Read(name string) ([]byte, error) {
	if !filepath.IsLocal(name) {
		return nil, fmt.Errorf("read %s: it is not in the scripts' folder", name)
	}
	root, err := c.within()
	if err != nil {
		return nil, err
	}
	defer root.Close()
	data, err := root.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, errors.Unwrap(err))
	}
	return data, nil
}

// Write writes a file for the scripts.
func (c *company) Write(name string, data []byte) error {
	if !filepath.IsLocal(name) {
		return fmt.Errorf("write %s: it is not in the scripts' folder", name)
	}
	root, err := c.within()
	if err != nil {
		return err
	}
	defer root.Close()
	if err = root.MkdirAll(filepath.Dir(name), 0o700); err == nil {
		err = root.WriteFile(name, data, 0o600)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}

// supply copies files and folders of the config's folder to where the script finds them. What links name is copied,
// if it is in there too: who wrote a test may not be who runs it.
func (c *company) supply(names []string) error {
	if len(names) == 0 {
		return nil
	}
	from, err := os.OpenRoot(c.project.dir)
	if err != nil {
		return fmt.Errorf("give the script files: %w", err)
	}
	defer from.Close()
	for _, name := range names {
		if !filepath.IsLocal(name) {
			return fmt.Errorf("give the script %s: files are named as seen from the config's folder", name)
		}
		if err := c.copied(from, filepath.ToSlash(filepath.Clean(name))); err != nil {
			return fmt.Errorf("give the script %s: %w", name, err)
		}
	}
	return nil
}

// copied takes a file, or a folder with all that isn't there yet.
func (c *company) copied(from *os.Root, name string) error {
	return fs.WalkDir(from.FS(), name, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if _, err := c.Read(file); err == nil && path.Clean(file) != name {
			return nil
		}
		data, err := from.ReadFile(filepath.FromSlash(file))
		if err != nil {
			return err
		}
		return c.Write(file, data)
	})
}
