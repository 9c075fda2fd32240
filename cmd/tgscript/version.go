package main

import (
	"fmt"
	goruntime "runtime"
	"runtime/debug"

	"github.com/gotd/td/tg"
	"github.com/spf13/cobra"
)

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of tgscript, Go and Telegram's API layer",
		Example: "  tgscript version\n  tgscript version --json",
		RunE: func(*cobra.Command, []string) error {
			version := "(devel)"
			if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
				version = info.Main.Version
			}
			if asJSON {
				return a.json(map[string]any{"tgscript": version, "go": goruntime.Version(), "layer": tg.Layer, "os": goruntime.GOOS, "arch": goruntime.GOARCH})
			}
			_, err := fmt.Fprintf(a.out, "tgscript %s (Telegram API layer %d, %s, %s/%s)\n", version, tg.Layer, goruntime.Version(), goruntime.GOOS, goruntime.GOARCH)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}
