package main

import (
	"fmt"
	goruntime "runtime"

	"github.com/gotd/td/tg"
	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/bindings"
)

func (a *app) versionCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "version",
		Short:   "Print the versions of tgscript, Go and Telegram's API layer",
		Example: "  tgscript version\n  tgscript version --json",
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return a.json(map[string]any{"tgscript": bindings.BuiltVersion(), "go": goruntime.Version(), "layer": tg.Layer, "os": goruntime.GOOS, "arch": goruntime.GOARCH})
			}
			_, err := fmt.Fprintln(a.out, "tgscript version "+versionLine())
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func versionLine() string {
	return fmt.Sprintf("%s (Telegram API layer %d, %s, %s/%s)", bindings.BuiltVersion(), tg.Layer, goruntime.Version(), goruntime.GOOS, goruntime.GOARCH)
}
