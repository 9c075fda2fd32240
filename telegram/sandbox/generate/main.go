// Command generate writes the page of the methods that the sandbox emulates to the file that it is
// given. A test fails when it is stale.
package main

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/tgscript/tgscript/telegram/sandbox"
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
	if err := os.WriteFile(args[0], page(sandbox.Describe()), 0o644); err != nil {
		return fmt.Errorf("write the methods: %w", err)
	}
	return nil
}

// page is one table for each namespace of TL.
func page(methods []sandbox.Method) []byte {
	var b bytes.Buffer
	b.WriteString("<!-- Written by `go generate ./telegram/sandbox`. -->\n# Methods of the sandbox\n\n")
	fmt.Fprintf(&b, "The %d methods that [the sandbox](sandbox.md) emulates. Any other answers the error `METHOD_NOT_EMULATED: NAME`, code 501,\n", len(methods))
	b.WriteString("and is logged; clients of older layers call methods by the names of their time.\n\n")
	b.WriteString("- **works**: does what Telegram's does, with its errors, as far as clients can tell\n")
	b.WriteString("- **part**: does less, as the note says\n- **fixed**: answers what is well-formed and says nothing\n")
	area := ""
	for _, m := range methods {
		space, name, _ := strings.Cut(m.Name, ".")
		if space != area {
			area = space
			fmt.Fprintf(&b, "\n## %s\n| method | for | | |\n|---|---|---|---|\n", area)
		}
		fmt.Fprintf(&b, "| [%s](https://core.telegram.org/method/%s) | %s | %s | %s |\n", name, m.Name, m.Callers, m.Fidelity, m.Note)
	}
	return b.Bytes()
}
