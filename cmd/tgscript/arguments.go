package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/spec"
)

// wrongArguments says what a command takes, by the line that its help shows.
func wrongArguments(c *cobra.Command, args []string) string {
	_, takes, _ := strings.Cut(c.Use, " ")
	switch {
	case takes == "":
		return fmt.Sprintf("%s takes nothing after it, and got %q", c.CommandPath(), args[0])
	case len(args) == 0:
		return fmt.Sprintf("%s needs %s", c.CommandPath(), takes)
	}
	return fmt.Sprintf("%s takes %s, and got %s", c.CommandPath(), takes, counted(len(args), "argument"))
}

// wrongFlag tells of a mistake in the flags, with the one that may be meant.
func wrongFlag(c *cobra.Command, err error) error {
	if unknown, ok := errors.AsType[*pflag.NotExistError](err); ok {
		var names []string
		add := func(f *pflag.Flag) {
			if !f.Hidden {
				names = append(names, f.Name)
			}
		}
		c.Flags().VisitAll(add)
		c.InheritedFlags().VisitAll(add)
		if near := spec.Nearest(unknown.GetSpecifiedName(), names); near != "" {
			return usageError{fmt.Errorf("%w: did you mean --%s?", err, near)}
		}
	}
	return usageError{fmt.Errorf("%w\nsee: %s --help", err, c.CommandPath())}
}

// missingScript is a script that somebody has named and that isn't there, with the one that may be meant.
func missingScript(config *tgscript.Config, name string) error {
	if _, err := os.Stat(name); !errors.Is(err, fs.ErrNotExist) {
		return nil // whatever else is wrong, a load tells
	}
	near := ""
	if _, err := os.Stat(name + ".lua"); err == nil {
		near = name + ".lua"
	}
	files, _ := config.ScriptFiles() // a wrong pattern is told elsewhere
	for _, file := range files {
		if near == "" && strings.TrimSuffix(filepath.Base(file), ".lua") == strings.TrimSuffix(filepath.Base(name), ".lua") {
			near = scriptName(file)
		}
	}
	if near == "" {
		return usageError{fmt.Errorf("%s: there is no such file", name)}
	}
	return usageError{fmt.Errorf("%s: there is no such file: did you mean %s?", name, near)}
}

// unknownTopic finds what nothing is called that help is wanted of: cobra would show its usage and be content.
func unknownTopic(root *cobra.Command, about []string) error {
	c, rest, err := root.Find(about)
	if err == nil && len(rest) == 0 || len(about) == 0 || about[0] == "help" || strings.HasPrefix(about[0], "-") {
		return nil
	}
	if err == nil {
		err = fmt.Errorf("%s has no command %q", c.CommandPath(), rest[0])
	}
	return usageError{fmt.Errorf("%w\nsee: tgscript --help, and tgscript docs for guides and names", err)}
}

// unknownCommand finds what no command is called below one that only has others: cobra would show its help and be
// content.
func unknownCommand(root *cobra.Command, args []string) error {
	if len(args) > 0 && args[0] == "help" {
		return unknownTopic(root, args[1:])
	}
	c, rest, err := root.Find(args)
	if err != nil || c == root || c.Runnable() || len(rest) == 0 || rest[0] == "" || rest[0][0] == '-' {
		return nil
	}
	var names []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			names = append(names, sub.Name())
		}
	}
	hint := "it has " + strings.Join(names, ", ")
	c.SuggestionsMinimumDistance = 2
	if near := c.SuggestionsFor(rest[0]); len(near) > 0 {
		slices.Sort(near)
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	return usageError{fmt.Errorf("%s has no command %q: %s", c.CommandPath(), rest[0], hint)}
}
