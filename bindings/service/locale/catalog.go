// Package locale holds what a script says in several languages: YAML files, a language each, with messages by their
// keys, arguments in braces, and plurals by the rules of https://cldr.unicode.org/index/cldr-spec/plural-rules.
package locale

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/tgscript/tgscript/telegram/text"
)

// File is a file of messages. Its name without the extension is its language: "en.yaml", "pt-BR.yaml".
type File struct {
	Name string
	Data []byte
}

// Error says what is wrong with a file.
type Error struct {
	File         string
	Line, Column int // 0 if it isn't known
	Problem      string
}

func (e *Error) Error() string {
	switch {
	case e.Line == 0:
		return e.File + ": " + e.Problem
	case e.Column == 0:
		return fmt.Sprintf("%s:%d: %s", e.File, e.Line, e.Problem)
	}
	return fmt.Sprintf("%s:%d:%d: %s", e.File, e.Line, e.Column, e.Problem)
}

// LuaFields are what scripts see on the caught error.
func (e *Error) LuaFields() map[string]any {
	return map[string]any{"kind": "PARSE", "message": e.Error(), "file": e.File, "line": e.Line, "column": e.Column}
}

// Catalog is the messages of all languages. It never changes.
type Catalog struct {
	Default string // the language that has what others lack
	by      map[string]*messages
}

// messages are those of one language.
type messages struct {
	tag  language.Tag
	file string
	by   map[string]*message
}

// message is one text, or one for each kind of number.
type message struct {
	line  int
	whole *text.Text // nil for a plural
	forms plurals    // nil for others
	args  []string   // names of its arguments, sorted
}

// plurals are texts by their forms.
type plurals map[string]text.Text

// Load reads files whose texts are written in a mode of formatting. All errors of all files are told.
func Load(files []File, fallback string, mode text.Mode) (*Catalog, error) {
	c := &Catalog{Default: canonical(fallback), by: map[string]*messages{}}
	var problems []error
	for _, f := range files {
		name := canonical(strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name)))
		tag, err := language.Parse(name)
		switch {
		case err != nil:
			problems = append(problems, &Error{File: f.Name, Problem: "its name is no language, such as en.yaml or pt-BR.yaml"})
		case c.by[name] != nil:
			problems = append(problems, &Error{File: f.Name, Problem: "the language has a file already, " + c.by[name].file})
		default:
			r := &reader{file: f.Name, mode: mode, into: &messages{tag: tag, file: f.Name, by: map[string]*message{}}}
			r.read(f.Data)
			c.by[name] = r.into
			problems = append(problems, r.problems...)
		}
	}
	if c.by[c.Default] == nil {
		problems = append(problems, &Error{File: c.Default + ".yaml", Problem: "there is no file of the language that has what others lack"})
	}
	return c, errors.Join(problems...)
}

// canonical is how the names of languages are compared.
func canonical(name string) string { return strings.ToLower(strings.ReplaceAll(name, "_", "-")) }

// Languages are those that there are files of, sorted.
func (c *Catalog) Languages() []string { return slices.Sorted(maps.Keys(c.by)) }

// longestLanguage is how long the name of a language may be: RFC 5646 needs 35.
const longestLanguage = 100

// Chain are the languages in which a message is looked for: "de-at" in de-at, de and the default.
func (c *Catalog) Chain(wanted string) (chain []string) {
	if len(wanted) > longestLanguage {
		wanted = "" // of no language
	}
	for name := canonical(wanted); name != ""; {
		if c.by[name] != nil {
			chain = append(chain, name)
		}
		name = name[:max(strings.LastIndexByte(name, '-'), 0)]
	}
	if !slices.Contains(chain, c.Default) {
		chain = append(chain, c.Default)
	}
	return chain
}

// Find looks for a message along a chain, in the form for a number; counted says that there is one.
func (c *Catalog) Find(chain []string, key string, count float64, counted bool) (found text.Text, known bool, err error) {
	for _, name := range chain {
		m := c.by[name].by[key]
		switch {
		case m == nil:
		case m.whole != nil:
			return *m.whole, true, nil
		case !counted:
			return text.Text{}, true, fmt.Errorf("%q is different for each number: it needs the argument %s", key, Count)
		default:
			return m.form(c.by[name].tag, count), true, nil
		}
	}
	return text.Text{}, false, nil
}

// Keys are those of the default language, sorted.
func (c *Catalog) Keys() []string {
	if all := c.by[c.Default]; all != nil {
		return slices.Sorted(maps.Keys(all.by))
	}
	return nil
}
