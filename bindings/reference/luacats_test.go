package reference_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/runtime/vm"
)

// The forms of https://luals.github.io/wiki/annotations that our file uses.
var annotations = map[string]*regexp.Regexp{
	"meta":     regexp.MustCompile(`^---@meta _$`),
	"alias":    regexp.MustCompile(`^---@alias \w+( \S.*)?$`), // one without a type has its values on lines of their own
	"class":    regexp.MustCompile(`^---@class [\w.]+(: \w+)?$`),
	"field":    regexp.MustCompile(`^---@field (\w+\??|\[string\]) (\S.*)$`),
	"type":     regexp.MustCompile(`^---@type (\w+)$`),
	"param":    regexp.MustCompile(`^---@param (\w+\??|\.\.\.) (\S.*)$`),
	"return":   regexp.MustCompile(`^---@return (\S+|fun\(\): \S.*|\(?\{ .+ \}\)?(\[\])?(\?|\|nil)?|table<.+>(\[\])?(\|nil)?)$`),
	"overload": regexp.MustCompile(`^---@overload fun\(.*\)(: \S.*)?$`),
}

var (
	annotation = regexp.MustCompile(`^---@(\w+)`)
	statement  = regexp.MustCompile(`^(local \w+ = \{\}|[\w.]+ = (\{\}|nil)|function [\w.]+([.:])\w+\((.*)\) end|)$`)
	typeNames  = regexp.MustCompile(`\b[A-Z]\w+`)
)

// kinds are the names of types that an annotation's type part mentions.
func kinds(line string) []string {
	parts := strings.Fields(line)
	switch strings.TrimPrefix(parts[0], "---@") {
	case "alias", "param", "field":
		if len(parts) > 2 {
			return typeNames.FindAllString(regexp.MustCompile(`"[^"]*"`).ReplaceAllString(parts[2], ""), -1)
		}
	case "return", "type":
		return typeNames.FindAllString(strings.Join(parts[1:], " "), -1)
	case "overload":
		return typeNames.FindAllString(line, -1)
	}
	return nil
}

func TestEditorTypesAreWellFormed(t *testing.T) {
	file := string(reference.LuaCATS(bindings.Table()))
	if _, err := vm.Compile("tgscript.lua", []byte(file)); err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for line := range strings.Lines(file) {
		if f := strings.Fields(line); len(f) > 1 && (f[0] == "---@class" || f[0] == "---@alias") {
			known[strings.TrimSuffix(f[1], ":")] = true
		}
	}
	var params []string
	for line := range strings.Lines(file) {
		line = strings.TrimSuffix(line, "\n")
		if kind := annotation.FindStringSubmatch(line); kind != nil {
			form := annotations[kind[1]]
			if form == nil || !form.MatchString(line) {
				t.Errorf("no such annotation: %s", line)
			}
			for _, name := range kinds(line) {
				if !known[name] {
					t.Errorf("nothing defines %s: %s", name, line)
				}
			}
			if kind[1] == "param" {
				params = append(params, strings.TrimSuffix(strings.Fields(line)[1], "?"))
			}
			continue
		}
		if strings.HasPrefix(line, "--") {
			continue
		}
		match := statement.FindStringSubmatch(line)
		if match == nil {
			t.Errorf("no such statement: %s", line)
			continue
		}
		if match[3] != "" && match[4] != strings.Join(params, ", ") {
			t.Errorf("parameters %q differ from the annotations' %q: %s", match[4], params, line)
		}
		params = nil
	}
}

// What the editor offers is what objects have: both come from one table, and this proves that neither
// has a list of its own.
func TestEditorTypesNameEveryMember(t *testing.T) {
	file := string(reference.LuaCATS(bindings.Table()))
	table := bindings.Table()
	for i := range table.Classes {
		c := &table.Classes[i]
		for _, f := range c.Fields {
			if !strings.Contains(file, "---@field "+f.Name+" "+table.FieldType(f)) {
				t.Errorf("%s.%s is missing", c.Name, f.Name)
			}
		}
		for _, m := range c.Methods {
			if !strings.Contains(file, "function "+c.Name+":"+m.Name+"(") {
				t.Errorf("%s:%s is missing", c.Name, m.Name)
			}
		}
	}
	for _, e := range table.Events {
		if !strings.Contains(file, `event: "`+e.Name+`", filters: `+e.Options+`, handler: fun(event: `+e.Class+`)`) {
			t.Errorf("event %s is missing", e.Name)
		}
	}
}

// Where emmylua_check is installed it reads the types as an editor does: it has to find just the
// mistakes that are there.
func TestAnEditorUnderstandsTheTypes(t *testing.T) {
	program, err := exec.LookPath("emmylua_check")
	if err != nil {
		t.Log("emmylua_check is not installed")
		return
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"library/tgscript.lua": string(reference.LuaCATS(bindings.Table())),
		".luarc.json":          `{ "runtime": { "version": "LuaJIT" }, "workspace": { "library": ["library"] } }`,
		"good.lua": `client:on("message", { pattern = "^hi (.*)", incoming = true }, function(event) event:reply(event.text .. event.matches[1], { silent = true }) end)
			client:command("name", function(event) event:ask("Who?", { timeout = "5m" }):reply(event.rest .. event.matches[1]) end)
			tg.every("10m", function() client:send_message("me", "here") end):cancel()
			tg.log.warn(client.me.name, tg.args.x)`,
		"bad.lua": "client:on(\"message\", function(event) print(event.txet) end)\nclient:send_mesage(\"me\", \"x\")\ntg.slep(1)",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	said, err := exec.CommandContext(t.Context(), program, "--output-format", "text", dir).CombinedOutput()
	for _, name := range []string{"txet", "send_mesage", "slep"} {
		if !strings.Contains(string(said), "Undefined field `"+name+"`") {
			t.Errorf("%s isn't found (%v):\n%s", name, err, said)
		}
	}
	if strings.Contains(string(said), "good.lua [") || strings.Contains(string(said), "tgscript.lua [") {
		t.Errorf("finds mistakes where there are none:\n%s", said)
	}
}
