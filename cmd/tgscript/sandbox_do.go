package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/telegram/sandbox/control"
)

func (a *app) sandboxDoCommand() *cobra.Command {
	var address string
	c := &cobra.Command{
		Use:   "do LUA | FILE.lua | - | WORDS...",
		Short: "Direct a sandbox that runs: with Lua, or with plain words",
		Long: "Runs Lua in a running `tgscript sandbox`: text, a file, or stdin for -. Its global sandbox acts as people, waits\n" +
			"for what they see, lets things go wrong and moves the clock; what the Lua returns is printed.\n\n" +
			"Several words are a call: the name of a method of sandbox with its arguments and option=value, or, after\n" +
			"`as NAME`, of a method of that person. A message is CHAT, the last one there, or CHAT#ID.\n" +
			"tgscript docs --scene lists the methods.\n\n" +
			"The sandbox started last is meant, or the one whose folder --data names, or the one at --control, whose\n" +
			"token is in $TGSCRIPT_SANDBOX_TOKEN then.",
		Example: "  tgscript sandbox do flood messages.sendMessage 5\n" +
			"  tgscript sandbox do swallow EchoBot times=3\n" +
			"  tgscript sandbox do as alice send EchoBot /start\n" +
			"  tgscript sandbox do as alice press EchoBot Yes\n" +
			"  tgscript sandbox do 'return sandbox:person(\"alice\"):messages(\"EchoBot\")'\n" +
			"  tgscript sandbox do --data ./sandbox scenario.lua",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.sandboxDo(c.Context(), address, args) },
	}
	c.Flags().StringVar(&address, "control", "", "address of the sandbox's control, if it can't be found by itself")
	c.Flags().SetInterspersed(false) // a text may begin with -
	return c
}

func (a *app) sandboxDo(ctx context.Context, address string, args []string) error {
	name, source, err := a.order(args)
	if err != nil {
		return err
	}
	at := control.Info{Address: address}
	if address == "" {
		if at, err = a.findSandbox(); err != nil {
			return err
		}
	} else if at.Token, _ = a.env("TGSCRIPT_SANDBOX_TOKEN"); at.Token == "" {
		return usageError{errors.New("--control needs the sandbox's token in $TGSCRIPT_SANDBOX_TOKEN")}
	}
	t := &transcript{app: a}
	results, err := at.Do(ctx, name, source, func(line string) { t.print(name, line) })
	for _, line := range results {
		t.print(name, line)
	}
	var failed *control.ScenarioError
	if errors.As(err, &failed) && a.verbose {
		a.say("%s", printableLines(failed.Detail()))
	}
	return err
}

// order is the Lua that the arguments mean.
func (a *app) order(args []string) (name string, source []byte, err error) {
	switch {
	case len(args) > 1 || isCommand(args[0]):
		lua, err := wordsToLua(args)
		if err != nil {
			return "", nil, usageError{err}
		}
		return "command", []byte(lua), nil
	case args[0] == "-":
		source, err = io.ReadAll(a.in)
		return "stdin", source, err
	case strings.HasSuffix(args[0], ".lua"):
		if source, err = os.ReadFile(args[0]); err != nil {
			return "", nil, usageError{fmt.Errorf("read the scenario: %w", err)}
		}
		return args[0], source, nil
	}
	return "lua", []byte(args[0]), nil
}
