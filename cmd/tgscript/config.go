package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

func (a *app) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "config",
		Short:   "Look at the config: effective values, mistakes, schema",
		Example: "  tgscript config show\n  tgscript config schema > config.schema.json",
	}
	c.AddCommand(a.configShow(), a.configCheck(), a.configSchema())
	return c
}

func (a *app) configShow() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "show",
		Short:   "Print every effective value with its origin; secrets are hidden",
		Example: "  tgscript config show\n  TGSCRIPT_DATA=/var/lib/tgscript tgscript config show --json",
		RunE: func(*cobra.Command, []string) error {
			config, err := a.load()
			if err != nil {
				return err
			}
			if asJSON {
				return a.json(config.Settings())
			}
			w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
			for _, s := range config.Settings() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", s.Path, printable(s.Value), s.Origin)
			}
			return w.Flush()
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) configCheck() *cobra.Command {
	return &cobra.Command{
		Use:     "check",
		Short:   "Say whether the config is right",
		Example: "  tgscript config check\n  tgscript config check --config other.yaml",
		RunE: func(*cobra.Command, []string) error {
			config, err := a.load()
			if err != nil {
				return err
			}
			if _, err := config.MTProtoServer(); err != nil { // reads the server's key
				return err
			}
			fmt.Fprintf(a.out, "%s: fine\n", config.File)
			return nil
		},
	}
}

func (a *app) configSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print a JSON Schema of config.yaml for editors",
		Long: "Prints a JSON Schema. Put `# yaml-language-server: $schema=config.schema.json` into the first line of\n" +
			"config.yaml, and editors complete and check it.",
		Example: "  tgscript config schema\n  tgscript config schema > config.schema.json",
		RunE: func(*cobra.Command, []string) error {
			schema, err := tgscript.Schema()
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.out, "%s\n", schema)
			return err
		},
	}
}
