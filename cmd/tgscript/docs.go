package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/scene"
)

func (a *app) docsCommand() *cobra.Command {
	var asJSON, ofScenes bool
	c := &cobra.Command{
		Use:     "docs [NAME]",
		Short:   "Explain a function, event or class that scripts see",
		Long:    "Explains what scripts see by its name; without a name, lists all names. With --scene it is what scenarios\nsee that direct a sandbox.",
		Example: "  tgscript docs client:send_message\n  tgscript docs sleep\n  tgscript docs --json\n  tgscript docs --scene sandbox:flood",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			table := bindings.Table()
			if ofScenes {
				table = scene.Table()
			}
			if asJSON {
				all, err := reference.JSON(table)
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(a.out, "%s\n", all)
				return err
			}
			if len(args) == 0 {
				_, err := fmt.Fprintln(a.out, strings.Join(reference.Names(table), "\n"))
				return err
			}
			text, near := reference.Lookup(table, args[0])
			if text == "" {
				return nothingCalled(args[0], near)
			}
			_, err := fmt.Fprintln(a.out, text)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print the whole table as JSON")
	c.Flags().BoolVar(&ofScenes, "scene", false, "of scenarios, not of scripts")
	return c
}

func nothingCalled(name string, near []string) error {
	if len(near) == 0 {
		return usageError{fmt.Errorf("nothing is called %q; tgscript docs lists all names", name)}
	}
	return usageError{fmt.Errorf("nothing is called %q; did you mean %s?", name, strings.Join(near, ", "))}
}

// typesDir is where editors find the types, below the folder of the scripts.
const typesDir = ".tgscript/library"

func (a *app) typesCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "types [DIR]",
		Short:   "Write editor types (LuaCATS), for completion and checks while typing",
		Example: "  tgscript types\n  tgscript types mybot",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			path, err := writeTypes(append(args, ".")[0])
			if err != nil {
				return err
			}
			fmt.Fprintln(a.out, path)
			return nil
		},
	}
}

// writeTypes always overwrites: the file is generated.
func writeTypes(dir string) (string, error) {
	path := filepath.Join(dir, filepath.FromSlash(typesDir), "tgscript.lua")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("write types: %w", err)
	}
	if err := os.WriteFile(path, reference.LuaCATS(bindings.Table()), 0o644); err != nil {
		return "", fmt.Errorf("write types: %w", err)
	}
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), reference.APITypesFile), reference.APITypes(), 0o644); err != nil {
		return "", fmt.Errorf("write types of Telegram's API: %w", err)
	}
	return path, nil
}
