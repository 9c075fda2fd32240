package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) reloadCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "reload [SCRIPT]",
		Short:   "Make a running tgscript load its scripts anew",
		Long:    "Tells the tgscript that runs with this config to load a script anew, or all of them. A script with an\nerror leaves its old version serving.",
		Example: "  tgscript reload\n  tgscript reload hello",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			running, err := a.reach(c.Context())
			if err != nil {
				return err
			}
			reloaded, err := running.Reload(c.Context(), append(args, "")[0])
			for _, script := range reloaded {
				fmt.Fprintf(a.out, "%s reloaded\n", script)
			}
			return err
		},
	}
}
