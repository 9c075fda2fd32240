package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) reloadCommand() *cobra.Command {
	var previous bool
	cmd := &cobra.Command{
		Use:   "reload [SCRIPT]",
		Short: "Make a running tgscript load its scripts anew",
		Long: "Tells the tgscript that runs with this config to load a script anew, or all of them. A script with an\n" +
			"error leaves its old version serving. With --previous, the version serves again that was there before the\n" +
			"present one, until the file is saved the next time.",
		Example: "  tgscript reload\n  tgscript reload hello\n  tgscript reload --previous hello",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			running, err := a.reach(c.Context())
			if err != nil {
				return err
			}
			load := running.Reload
			if previous {
				load = running.Previous
			}
			reloaded, err := load(c.Context(), append(args, "")[0])
			for _, script := range reloaded {
				fmt.Fprintf(a.out, "%s reloaded\n", script)
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&previous, "previous", false, "let the version before the present one serve again")
	return cmd
}
