package main

import "github.com/spf13/cobra"

// workshop are the commands that help to write scripts, and to set up where they run.
func (a *app) workshop() []*cobra.Command {
	return []*cobra.Command{a.doctorCommand(), a.serviceCommand(), a.fmtCommand()}
}
