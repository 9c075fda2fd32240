package tgscript_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/tgscript/tgscript"

// source is one Go file of the module.
type source struct {
	path string // slash-separated, from the root
	dir  string // of its package, "." for the root
	test bool
	file *ast.File
	text string
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name := d.Name(); p != "." && (strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(p, ".go") {
			return nil
		}
		text, err := os.ReadFile(p)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), p, text, parser.ParseComments)
		if err != nil {
			return err
		}
		p = filepath.ToSlash(p)
		all = append(all, source{path: p, dir: path.Dir(p), test: strings.HasSuffix(p, "_test.go"), file: file, text: string(text)})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (s source) imports() []string {
	var list []string
	for _, i := range s.file.Imports {
		list = append(list, strings.Trim(i.Path.Value, `"`))
	}
	return list
}

func within(dir, room string) bool { return dir == room || strings.HasPrefix(dir, room+"/") }

// TestImportsPointOneWay keeps the arrows of ARCHITECTURE.md.
func TestImportsPointOneWay(t *testing.T) {
	rules := []struct {
		room   string // these packages
		except string // but for this one
		never  string // import nothing below this path
		why    string
	}{
		{"runtime", "", "github.com/gotd", "runtime knows no Telegram"},
		{"runtime", "", module + "/telegram", "runtime knows no Telegram"},
		{"runtime", "", module + "/bindings", "bindings stands on runtime"},
		{"runtime/watch", "", module + "/runtime/vm", "watch knows no Lua"},
		{"telegram", "", module + "/runtime", "telegram knows no scripts"},
		{"telegram", "", module + "/bindings", "bindings stands on telegram"},
		{"bindings", "bindings/scene", module + "/telegram/sandbox", "scripts can't tell a sandbox from Telegram"},
		{"bindings", "bindings/scene", module + "/bindings/scene", "scripts never see who directs a sandbox"},
		{"telegram", "telegram/sandbox", module + "/telegram/sandbox", "telegram can't tell a sandbox from Telegram"},
		{".", "runtime/vm", "github.com/yuin/gopher-lua", "the interpreter is hidden behind runtime/vm"},
		{".", "runtime/watch", "github.com/fsnotify/fsnotify", "files are watched by runtime/watch alone"},
		{".", "cmd/tgscript", "github.com/spf13/cobra", "flags live in cmd/tgscript"},
		{".", "cmd/tgscript", "golang.org/x/term", "terminals live in cmd/tgscript"},
		{".", "cmd/tgscript", module + "/cmd", "nothing imports a command"},
		{"cmd/tgscript/trial", "", "github.com/spf13/cobra", "whoever runs tests of scripts knows no flags"},
	}
	for _, s := range sources(t) {
		if s.test && strings.HasSuffix(s.file.Name.Name, "_test") {
			continue // tests from outside may join rooms
		}
		for _, rule := range rules {
			inRoom := rule.room == "." || within(s.dir, rule.room)
			if !inRoom || rule.except != "" && within(s.dir, rule.except) {
				continue
			}
			for _, i := range s.imports() {
				if within(i, rule.never) {
					t.Errorf("%s imports %s: %s", s.path, i, rule.why)
				}
			}
		}
	}
}

func TestFilesStaySmall(t *testing.T) {
	for _, s := range sources(t) {
		if n := strings.Count(s.text, "\n"); n > 400 && !ast.IsGenerated(s.file) {
			t.Errorf("%s has %d lines: 400 is the limit", s.path, n)
		}
	}
}

func TestEveryPackageHasOneComment(t *testing.T) {
	comments := map[string][]string{}
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		comments[s.dir] = append(comments[s.dir], nil...)
		if s.file.Doc != nil {
			comments[s.dir] = append(comments[s.dir], s.path)
		}
	}
	for dir, files := range comments {
		if len(files) != 1 {
			t.Errorf("package %s has %d package comments, wants 1: %v", dir, len(files), files)
		}
	}
}

// TestNamesSayWhatIsInside refuses the drawers in which everything ends up.
func TestNamesSayWhatIsInside(t *testing.T) {
	drawers := []string{"util", "utils", "common", "helper", "helpers", "misc", "manager", "base"}
	for _, s := range sources(t) {
		for _, part := range strings.Split(strings.TrimSuffix(strings.TrimSuffix(s.path, ".go"), "_test"), "/") {
			if slices.Contains(drawers, part) {
				t.Errorf("%s: a name such as %q says nothing", s.path, part)
			}
		}
	}
}

func TestNoInitAndNoVariables(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.Name == "init" && d.Recv == nil {
					t.Errorf("%s has an init function: main says what happens, in order", s.path)
				}
			case *ast.GenDecl:
				if d.Tok == token.VAR {
					checkVariables(t, s, d)
				}
			}
		}
	}
}

// checkVariables allows tables, errors, guards and what is set once: a package variable that is written to
// after start is state that nobody owns, and is found by its missing value.
func checkVariables(t *testing.T, s source, d *ast.GenDecl) {
	for _, spec := range d.Specs {
		v := spec.(*ast.ValueSpec)
		if len(v.Values) > 0 || embedded(d) {
			continue
		}
		switch typ := v.Type.(type) {
		case *ast.SelectorExpr:
			if pkg, ok := typ.X.(*ast.Ident); ok && (pkg.Name == "sync" || pkg.Name == "embed") {
				continue
			}
		}
		t.Errorf("%s: package variable %s has no value: give the state an owner", s.path, v.Names[0].Name)
	}
}

// embedded says whether the toolchain fills the variable: with a file, or with one of another package.
func embedded(d *ast.GenDecl) bool {
	return d.Doc != nil && slices.ContainsFunc(d.Doc.List, func(c *ast.Comment) bool {
		return strings.HasPrefix(c.Text, "//go:embed") || strings.HasPrefix(c.Text, "//go:linkname")
	})
}

// TestTestsDontSleep keeps tests off the wall clock, and keeps them from being switched off.
func TestTestsDontSleep(t *testing.T) {
	for _, s := range sources(t) {
		if !s.test {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := call.X.(*ast.Ident)
			if ok && x.Name == "time" && call.Sel.Name == "Sleep" && !strings.Contains(s.text, `"testing/synctest"`) {
				t.Errorf("%s sleeps: use testing/synctest or an injected clock", s.path)
			}
			if ok && x.Name == "t" && strings.HasPrefix(call.Sel.Name, "Skip") {
				t.Errorf("%s skips a test", s.path)
			}
			return true
		})
	}
}
