package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
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

// unknownCommand finds what no command is called below one that only has others: cobra would show its help and be
// content.
func unknownCommand(root *cobra.Command, args []string) error {
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
