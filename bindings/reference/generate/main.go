// Command generate writes the reference pages and the editor types into the folder that it is given.
// A test fails when they are stale.
package main

import (
	"fmt"
	"os"

	"github.com/tgscript/tgscript/bindings"
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
	return reference.Write(bindings.Table(), args[0])
}
