// Command generate writes the reference pages, the comparison with Telethon and the editor types into the folder that it is given,
// which is docs/reference of a module.
// A test fails when they are stale.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/parity"
	"github.com/tgscript/tgscript/bindings/reference"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("one folder expected, got %d", len(args))
	}
	rows, err := parity.List()
	if err != nil {
		return fmt.Errorf("read what Telethon has: %w", err)
	}
	tests, err := parity.Tests(os.DirFS(filepath.Join(args[0], "..", "..")))
	if err != nil {
		return fmt.Errorf("read the tests: %w", err)
	}
	return reference.Write(bindings.Table(), args[0], parity.Page(rows, tests))
}
