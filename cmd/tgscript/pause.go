package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func (a *app) pauseCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "pause SCRIPT",
		Short: "Give a running script nothing to do",
		Long: "The script of the tgscript that runs with this config gets no more events, and its timers stand still, until\n" +
			"tgscript resume. What it is doing goes on to its end. Events that come meanwhile are not for it; those that\n" +
			"wait in its queue go on waiting. It may be reloaded while it is paused.",
		Example: "  tgscript pause hello\n  tgscript pause bot/hello --reason \"too many messages\"",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			running, err := a.reach(c.Context())
			if err != nil {
				return err
			}
			script, err := running.Pause(c.Context(), args[0], reason)
			if err != nil {
				return err
			}
			fmt.Fprintf(a.out, "%s is paused\n", script)
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "what tgscript status says about it")
	return c
}

func (a *app) resumeCommand() *cobra.Command {
	var handler string
	c := &cobra.Command{
		Use:   "resume SCRIPT",
		Short: "End the pause of a script, and of its handlers that have failed too often",
		Long: "The script gets events again, and so do those of its handlers that were paused because they failed too often\n" +
			"(errors.pause_after in the config); with --handler only one of these.",
		Example: "  tgscript resume hello\n  tgscript resume hello --handler hello.lua:12",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			running, err := a.reach(c.Context())
			if err != nil {
				return err
			}
			script, ended, err := running.Resume(c.Context(), args[0], handler)
			switch {
			case err != nil:
				return err
			case ended == 0:
				a.say("%s was not paused", script)
			default:
				fmt.Fprintf(a.out, "%s is resumed\n", script)
			}
			return nil
		},
	}
	c.Flags().StringVar(&handler, "handler", "", "only the handler that was registered there: hello.lua:12")
	return c
}
