// Command generate writes the schema that package tg was made from, one definition a line and without
// comments, into the file that it is given.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("one file expected, got %d", len(args))
	}
	found, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gotd/td").Output()
	if err != nil {
		return fmt.Errorf("find gotd: %w", err)
	}
	source, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(found)), "_schema", "telegram.tl"))
	if err != nil {
		return fmt.Errorf("read gotd's schema: %w", err)
	}
	out, err := condense(string(source))
	if err != nil {
		return err
	}
	return os.WriteFile(args[0], out, 0o644)
}

// condense keeps the definitions, and the number of the layer as the first line. The types that TL
// itself defines with a question mark have no definition of their own in the table.
func condense(source string) ([]byte, error) {
	var layer string
	var out bytes.Buffer
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(line)
		number, isLayer := strings.CutPrefix(line, "// LAYER ")
		switch {
		case isLayer:
			layer = number
		case line == "---functions---", line == "---types---":
			out.WriteString(line + "\n")
		case strings.HasSuffix(line, ";") && !strings.HasPrefix(line, "//") && !strings.Contains(line, " ? "):
			out.WriteString(strings.TrimSuffix(line, ";") + "\n")
		}
	}
	if layer == "" || out.Len() == 0 {
		return nil, errors.New("this is not gotd's schema")
	}
	return append([]byte(layer+"\n"), out.Bytes()...), nil
}
