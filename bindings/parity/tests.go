package parity

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"regexp"
	"strings"
)

// Test is a piece of a test that shows something at work.
type Test struct {
	Name string // "TestSendFile", "examples/roll.lua"
	Text string
}

// Tests collects the tests of scripts in a module: of the bindings, of the command's stories and of the
// examples, which all run against the sandbox.
func Tests(module fs.FS) ([]Test, error) {
	var tests []Test
	for _, dir := range []string{"bindings", "cmd/tgscript/testdata/stories", "examples"} {
		err := fs.WalkDir(module, dir, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			goTest := strings.HasSuffix(name, "_test.go")
			if !goTest && (dir == "bindings" || path.Ext(name) != ".lua" && path.Ext(name) != ".txtar") {
				return nil
			}
			text, err := fs.ReadFile(module, name)
			switch {
			case err != nil:
				return err
			case goTest:
				found, err := functions(name, string(text))
				if err != nil {
					return err
				}
				tests = append(tests, found...)
			default:
				tests = append(tests, Test{Name: strings.TrimPrefix(name, "cmd/tgscript/testdata/"), Text: string(text)})
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("collect tests: %w", err)
		}
	}
	return tests, nil
}

// functions cuts a file of Go tests into its test functions. A script that stands outside belongs to those that
// name it.
func functions(name, text string) ([]Test, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, text, 0)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	cut := func(n ast.Node) string { return text[set.Position(n.Pos()).Offset:set.Position(n.End()).Offset] }
	scripts := map[string]string{}
	for _, d := range file.Decls {
		values, ok := d.(*ast.GenDecl)
		if !ok {
			continue
		}
		for _, s := range values.Specs {
			if v, ok := s.(*ast.ValueSpec); ok {
				scripts[v.Names[0].Name] = cut(v)
			}
		}
	}
	var tests []Test
	for _, d := range file.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok || !strings.HasPrefix(f.Name.Name, "Test") {
			continue
		}
		test := Test{Name: f.Name.Name, Text: cut(f)}
		ast.Inspect(f, func(n ast.Node) bool {
			if used, ok := n.(*ast.Ident); ok && scripts[used.Name] != "" {
				test.Text += "\n" + scripts[used.Name]
			}
			return true
		})
		tests = append(tests, test)
	}
	return tests, nil
}

// TestedBy are the names of tests that use all of a reference together, or if there is none, one for its name and
// one for each option; missing are the words that no test has.
func TestedBy(r Ref, tests []Test) (names, missing []string) {
	use := usage(r)
	for _, t := range tests {
		if uses(use, t.Text, r.Options) {
			return []string{t.Name}, nil
		}
	}
	seen := map[string]bool{}
	add := func(what string, options ...string) {
		for _, t := range tests {
			if uses(use, t.Text, options) {
				if !seen[t.Name] {
					seen[t.Name] = true
					names = append(names, t.Name)
				}
				return
			}
		}
		missing = append(missing, what)
	}
	add(r.Name)
	for _, option := range r.Options {
		add(option, option)
	}
	return names, missing
}

// uses says whether one call in a text has all the options.
func uses(use *regexp.Regexp, text string, options []string) bool {
	for _, at := range use.FindAllStringIndex(text, -1) {
		if len(options) == 0 || hasAll(arguments(text[at[1]:]), options) {
			return true
		}
	}
	return false
}

// arguments are what follows a name up to the end of its call, or of the call that it is an argument of.
func arguments(text string) string {
	depth, inner := 0, strings.HasPrefix(text, "(")
	for i, r := range text {
		switch r {
		case '(', '{':
			depth++
		case ')', '}':
			depth--
			if depth < 0 || depth == 0 && inner {
				return text[:i]
			}
		}
	}
	return text
}

func hasAll(text string, options []string) bool {
	for _, option := range options {
		if !regexp.MustCompile(`\b` + option + `\s*=`).MatchString(text) {
			return false
		}
	}
	return true
}

// usage matches Lua that uses what a reference names.
func usage(r Ref) *regexp.Regexp {
	name := regexp.QuoteMeta(r.Name)
	if rest, ok := strings.CutPrefix(name, "iter_"); ok && r.Sign == ':' {
		name = "(iter|get)_" + rest // one makes a list of what the other goes through: their options are the same
	}
	switch {
	case r.Owner == "on":
		return regexp.MustCompile(`:on\(\\?["']` + name + `\\?["']`)
	case r.Sign == ':':
		return regexp.MustCompile(`[:.]` + name + `\b`) // a dot for pcall(client.name, client)
	case strings.HasPrefix(r.Owner, "tg"):
		return regexp.MustCompile(regexp.QuoteMeta(r.Owner) + `\.` + name + `\b`)
	}
	return regexp.MustCompile(`\.` + name + `\b`)
}
