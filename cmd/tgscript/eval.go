package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

func (a *app) evalCommand() *cobra.Command {
	var r tgscript.EvalRequest
	c := &cobra.Command{
		Use:   "eval LUA",
		Short: "Run Lua within a script that runs",
		Long: "Runs a chunk in the live version of a script of the tgscript that runs with this config, as one of its calls:\n" +
			"it sees the script's globals, its client and tg. What it prints and the values of an expression come to stdout.\n" +
			"LUA may be - for a chunk from stdin. Ctrl-C ends the chunk.",
		Example: "  tgscript eval 'client.me.username'\n  tgscript eval -s hello 'counter = 0'\n  tgscript eval - < chunk.lua",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			r.Chunk = args[0]
			if r.Chunk == "-" {
				text, err := io.ReadAll(a.in)
				if err != nil {
					return fmt.Errorf("read chunk: %w", err)
				}
				r.Chunk = string(text)
			}
			return a.eval(c.Context(), r)
		},
	}
	c.Flags().StringVarP(&r.Script, "script", "s", "", "which script; may be left out if there is one")
	c.Flags().StringVarP(&r.Account, "account", "a", "", "a script of this account")
	return c
}

func (a *app) eval(ctx context.Context, r tgscript.EvalRequest) error {
	running, err := a.reach(ctx)
	if err != nil {
		return err
	}
	values, err := running.Eval(ctx, r, func(line string) { fmt.Fprintln(a.out, printableLines(line)) })
	if which, ok := errors.AsType[*tgscript.ControlError](err); ok && which.Code == tgscript.CodeWhichScript {
		return usageError{fmt.Errorf("%s: %s (-s NAME)", which.Message, which.Hint)}
	}
	if err != nil {
		return err
	}
	a.printValues(values)
	return nil
}

// printValues shows what a chunk has given, all values on one line if they have one each.
func (a *app) printValues(values []string) {
	if len(values) > 0 {
		fmt.Fprintln(a.out, printableLines(strings.Join(values, "  ")))
	}
}
