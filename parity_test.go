package tgscript_test

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/parity"
)

// TestParityNamesWhatIsThere looks for the keys of config.yaml and the commands that the comparison with Telethon
// names.
func TestParityNamesWhatIsThere(t *testing.T) {
	rows, err := parity.List()
	if err != nil {
		t.Fatal(err)
	}
	schema, commands := schemaOf(t), documentedCommands(t)
	for _, row := range rows {
		for _, ref := range row.Ours {
			switch {
			case ref.Owner == "config" && !schema.has(strings.Split(ref.Name, ".")):
				t.Errorf("%s: config.yaml has no %s", row.Theirs, ref.Name)
			case ref.Owner == "command" && !commands[ref.Name]:
				t.Errorf("%s: docs/cli.md has no command %s", row.Theirs, ref.Name)
			}
		}
	}
	for path, there := range map[string]bool{
		"proxy": true, "accounts.NAME.proxy": true, "connection.ipv6": true, "accounts.NAME.prox": false, "connection": true, "connection.NAME": false,
	} {
		if schema.has(strings.Split(path, ".")) != there {
			t.Errorf("%s: not %t", path, there)
		}
	}
}

// configSchema is the JSON Schema of config.yaml, as far as it names keys.
type configSchema struct{ root, at map[string]any }

func schemaOf(t *testing.T) configSchema {
	t.Helper()
	text, err := tgscript.Schema()
	if err != nil {
		t.Fatal(err)
	}
	var root map[string]any
	if err := json.Unmarshal(text, &root); err != nil {
		t.Fatal(err)
	}
	return configSchema{root, root}
}

// has follows keys; NAME stands for one of the user's own.
func (s configSchema) has(path []string) bool {
	if ref, ok := s.at["$ref"].(string); ok {
		at := s.root
		for name := range strings.SplitSeq(strings.TrimPrefix(ref, "#/"), "/") {
			at, _ = at[name].(map[string]any)
		}
		return configSchema{s.root, at}.has(path)
	}
	if len(path) == 0 {
		return s.at != nil
	}
	var next any
	if path[0] == "NAME" {
		next = s.at["additionalProperties"]
	} else if named, ok := s.at["properties"].(map[string]any); ok {
		next = named[path[0]]
	}
	below, ok := next.(map[string]any)
	return ok && configSchema{s.root, below}.has(path[1:])
}

var commandName = regexp.MustCompile("`([a-z][a-z ]*)")

// documentedCommands are those in the table of docs/cli.md, which a test of cmd/tgscript compares with the program.
func documentedCommands(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile("docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 {
			continue
		}
		for _, name := range commandName.FindAllStringSubmatch(cells[1], -1) {
			found[strings.TrimSpace(name[1])] = true
		}
	}
	return found
}
