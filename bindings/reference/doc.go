// Package reference turns the table of rows into what people read: editor types (LuaCATS), Markdown
// pages, JSON, the answers of `tgscript docs` and the findings of `tgscript check`.
package reference

import "github.com/tgscript/tgscript/bindings/spec"

// LuaCATS is the file of editor types, for lua-language-server and EmmyLua.
func LuaCATS(t *spec.Table) []byte { panic("soon") }

// Markdown is the reference, one page a class or namespace, by file name.
func Markdown(t *spec.Table) map[string][]byte { panic("soon") }

// JSON is the whole table for other tools.
func JSON(t *spec.Table) ([]byte, error) { panic("soon") }

// Lookup finds what `tgscript docs NAME` shows, as plain text. When nothing has that name, text is
// empty and the suggestions are near names.
func Lookup(t *spec.Table, name string) (text string, suggestions []string) { panic("soon") }

// Finding is a mistake in a script, found without running it.
type Finding struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Message string `json:"message"`
}

// Check finds mistakes in a script: syntax, names that don't exist, options that no function has.
func Check(t *spec.Table, file string, source []byte) []Finding { panic("soon") }
