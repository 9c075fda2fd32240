package tgscript

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
)

//go:embed config.yaml scripts/hello.lua scripts/echo.lua templates
var starters embed.FS

// Template is what a new project may begin with.
type Template struct{ Name, Doc, Account, Try string } // Try: arguments of tgscript that show it at work

// Templates are all of them; the first is the usual one. It has the files that this repository runs itself.
var Templates = []Template{
	{"userbot", "an account of a person: a script that writes to itself, and one that answers", "me", "run scripts/hello.lua"},
	{"bot", "a bot with commands and a short conversation", "bot", "run --chat scripts/bot.lua"},
	{"buttons", "a bot with a menu of buttons", "bot", "run --chat scripts/menu.lua"},
	{"inline", "a bot that offers things in any chat", "bot", "run --chat scripts/inline.lua"},
}

// Files are the template's, by their paths: config.yaml, scripts, tests of scripts.
func (t Template) Files() (map[string][]byte, error) {
	files := map[string][]byte{}
	add := func(root string) error {
		return fs.WalkDir(starters, root, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			content, err := fs.ReadFile(starters, p)
			if err != nil {
				return err
			}
			name := p
			if root != "." && root != "config.yaml" && root != "scripts" {
				name = p[len(root)+1:]
			}
			files[name] = content
			return nil
		})
	}
	roots := []string{path.Join("templates", t.Name)}
	if t.Name == Templates[0].Name {
		roots = append(roots, "config.yaml", "scripts")
	}
	for _, root := range roots {
		if err := add(root); err != nil {
			return nil, fmt.Errorf("read template %s: %w", t.Name, err)
		}
	}
	return files, nil
}
