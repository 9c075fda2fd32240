package tgscript_test

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram/text"
)

// guides are the pages that people have written.
func guides(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob("docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, file := range append(files, "README.md", "examples/README.md") {
		words, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pages[filepath.ToSlash(file)] = string(words)
	}
	return pages
}

// fence is Lua in a page. Its lines are those of the page.
var fence = regexp.MustCompile("(?ms)^```lua\n(.*?)^```$")

// TestTheLuaOfGuidesIsGood compiles every example of the guides, and checks it as `tgscript check` does.
func TestTheLuaOfGuidesIsGood(t *testing.T) {
	scripts, scenes, tests := bindings.Table(), scene.Table(), scene.TestTable()
	for page, words := range guides(t) {
		for _, at := range fence.FindAllStringSubmatchIndex(words, -1) {
			lua := words[at[2]:at[3]]
			table := scripts
			switch {
			case strings.Contains(lua, "test("), strings.Contains(lua, "test.each("):
				table = tests
			case strings.Contains(lua, "sandbox:"):
				table = scenes
			}
			above := strings.Repeat("\n", strings.Count(words[:at[2]], "\n"))
			for _, finding := range reference.Check(table, page, []byte(above+lua)) {
				if finding.Severity == reference.Error { // snippets may end before they use what they have
					t.Error(finding)
				}
			}
		}
	}
}

// inTables is a row that a table of a guide names: `client:send_message`, `tg.sleep`, `event:answer`.
var inTables = regexp.MustCompile("`(client|message|event|dialog|draft|file|peer|button|conv|tg)([.:])([a-z0-9_.]+)")

var python = regexp.MustCompile("(?m)^```python$")

// TestGuidesNameWhatIsThere looks up all that guides name between backquotes.
func TestGuidesNameWhatIsThere(t *testing.T) {
	named := rows(bindings.Table())
	for page, words := range guides(t) {
		for i, line := range strings.Split(words, "\n") {
			for _, m := range inTables.FindAllStringSubmatch(line, -1) {
				owner, name := m[1], strings.TrimRight(m[3], ".")
				if owner != "tg" {
					name, _, _ = strings.Cut(name, ".")
				}
				if m[2] == "." && python.MatchString(words) && (owner == "client" || owner == "message") {
					continue // that's Python
				}
				if !named[owner+m[2]+name] {
					t.Errorf("%s:%d: there is no %s%s%s", page, i+1, owner, m[2], name)
				}
			}
		}
	}
}

// rows are the names of all that scripts see, by what the guides call the objects. An event may be of any kind.
func rows(table *spec.Table) map[string]bool {
	all := map[string]bool{}
	for _, c := range table.Classes {
		owners := []string{c.Call}
		if c.Call == "message" || strings.HasSuffix(c.Name, "Event") {
			owners = append(owners, "event")
		}
		for _, owner := range owners {
			for _, f := range c.Fields {
				all[owner+"."+f.Name] = true
			}
			for _, m := range c.Methods {
				all[owner+":"+m.Name] = true
			}
		}
	}
	var walk func(prefix string, spaces []spec.Namespace)
	walk = func(prefix string, spaces []spec.Namespace) {
		for _, s := range spaces {
			all[prefix+s.Name] = true
			for _, f := range s.Functions {
				all[prefix+s.Name+"."+f.Name] = true
			}
			for _, v := range s.Values {
				all[prefix+s.Name+"."+v.Name] = true
			}
			walk(prefix+s.Name+".", s.Spaces)
		}
	}
	walk("", table.Namespaces)
	return all
}

// TestFormattingIsAsItsPageSays reads each row of docs/text.md both ways.
func TestFormattingIsAsItsPageSays(t *testing.T) {
	rows := regexp.MustCompile("(?m)^\\| `(.+?)` \\| `(.+?)` \\|").FindAllStringSubmatch(guides(t)["docs/text.md"], -1)
	if len(rows) < 9 {
		t.Errorf("the page has %d rows", len(rows))
	}
	for _, row := range rows {
		markdown, err := text.Parse(text.Markdown, row[1])
		if err != nil {
			t.Error(err)
		}
		html, err := text.Parse(text.HTML, row[2])
		if err != nil || !reflect.DeepEqual(markdown, html) || len(html.Entities) == 0 {
			t.Errorf("%s is %+v, %s is %+v, %v", row[1], markdown, row[2], html, err)
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)\s#]+)(#[^)\s]*)?\)`)

// TestLinksOfGuidesLeadSomewhere follows the links between pages. Those of the reference are there once they are made.
func TestLinksOfGuidesLeadSomewhere(t *testing.T) {
	made := reference.Files(bindings.Table())
	for page, words := range guides(t) {
		for _, m := range link.FindAllStringSubmatch(words, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			to := path.Join(path.Dir(page), m[1])
			if name, ok := strings.CutPrefix(to, "docs/reference/"); ok && (made[name] != nil || name == "parity.md") {
				continue
			}
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: there is no %s", page, to)
			}
		}
	}
}

// TestEveryPageIsInTheIndex keeps pages from being lost.
func TestEveryPageIsInTheIndex(t *testing.T) {
	pages := guides(t)
	for page := range pages {
		name, below := strings.CutPrefix(page, "docs/")
		if below && name != "README.md" && !strings.Contains(pages["docs/README.md"], fmt.Sprintf("(%s)", name)) {
			t.Errorf("docs/README.md doesn't lead to %s", name)
		}
	}
	examples, err := filepath.Glob("examples/*.lua")
	if err != nil {
		t.Fatal(err)
	}
	examples = slices.DeleteFunc(examples, tgscript.IsTest)
	for _, file := range examples {
		if name := filepath.Base(file); !strings.Contains(pages["examples/README.md"], fmt.Sprintf("(%s)", name)) {
			t.Errorf("examples/README.md doesn't lead to %s", name)
		}
	}
}
