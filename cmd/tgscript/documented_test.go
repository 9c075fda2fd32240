package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var commandName = regexp.MustCompile("`([a-z][a-z -]*)")

// TestTheDocumentedCommands compares the table of docs/cli.md with the program.
func TestTheDocumentedCommands(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	root := (&app{}).root()
	root.InitDefaultCompletionCmd()
	var documented []string
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) != 4 {
			continue
		}
		for _, match := range commandName.FindAllStringSubmatch(cells[1], -1) {
			name := strings.TrimSpace(match[1])
			if c, rest, err := root.Find(strings.Fields(name)); err != nil || len(rest) > 0 || c == root {
				t.Errorf("docs/cli.md names the command %s, which is not there: %v", name, err)
			}
			documented = append(documented, strings.Fields(name)[0])
		}
	}
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() && !slices.Contains(documented, c.Name()) && c.Name() != "exit-codes" { // a section of its own
			t.Errorf("docs/cli.md doesn't name the command %s", c.Name())
		}
	}
}
