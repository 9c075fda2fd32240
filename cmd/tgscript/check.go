package main

import (
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

func (a *app) checkCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "check [SCRIPT...]",
		Short:   "Find mistakes in scripts without running them",
		Long:    "Reads scripts (those of the config, or the ones named) and finds syntax errors, unknown names of client,\ntg and events, unknown options and undefined globals.",
		Example: "  tgscript check\n  tgscript check scripts/hello.lua --json",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(_ *cobra.Command, args []string) error { return a.check(args, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print findings as JSON")
	return c
}

func (a *app) check(files []string, asJSON bool) error {
	if len(files) == 0 {
		config, err := a.load()
		if err != nil {
			return err
		}
		if files, err = config.ScriptFiles(); err != nil {
			return err
		}
	}
	table := bindings.Table()
	findings := []reference.Finding{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("check: %w", err)
		}
		findings = append(findings, reference.Check(table, scriptName(file), source)...)
	}
	if asJSON {
		if err := a.json(findings); err != nil {
			return err
		}
	} else {
		for _, f := range findings {
			fmt.Fprintln(a.out, f)
		}
	}
	if n := len(findings); n > 0 {
		return findingsError(n)
	}
	if !asJSON {
		fmt.Fprintf(a.out, "%d scripts: nothing found\n", len(files))
	}
	return nil
}

// findingsError says how many mistakes were found.
type findingsError int

func (n findingsError) Error() string {
	if n == 1 {
		return "1 mistake found"
	}
	return fmt.Sprintf("%d mistakes found", int(n))
}
