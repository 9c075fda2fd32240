package tgscript

import (
	"path/filepath"
)

// typedName is what a script is called that somebody types.
const typedName = "repl"

// typedPath is where its file would be, if it had one: what it requires is looked for beside the config.
func (h *Host) typedPath() string { return filepath.Join(h.config.Path("."), typedName+".lua") }

// typedText is the source of the script that begins empty; nil for all that have a file.
func (h *Host) typedText(path string) *string {
	if !h.opts.Interactive || len(h.opts.Scripts) > 0 || path != h.typedPath() {
		return nil
	}
	return new(string)
}
