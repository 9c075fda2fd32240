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
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/docs"
)

type docsFlags struct {
	json, scene, test, names, name bool
	search                         string
}

func (a *app) docsCommand() *cobra.Command {
	var f docsFlags
	c := &cobra.Command{
		Use:   "docs [GUIDE | NAME]",
		Short: "Read the guides, or what a function, event or class does",
		Long: "Shows a guide, or explains what scripts see by its name; without either, lists the guides. A guide comes before a\n" +
			"name: --name wants the name. With --scene names are those of scenarios that direct a sandbox.",
		Example: "  tgscript docs\n  tgscript docs conversations\n  tgscript docs client:send_message\n  tgscript docs --search \"flood wait\"\n" +
			"  tgscript docs --scene sandbox:flood",
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.docs(f, append(args, "")[0]) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "print JSON: the whole table, or what is asked for")
	c.Flags().BoolVar(&f.scene, "scene", false, "names of scenarios, not of scripts")
	c.Flags().BoolVar(&f.test, "test", false, "names of files of tests, not of scripts")
	c.Flags().BoolVar(&f.names, "names", false, "list all names")
	c.Flags().BoolVar(&f.name, "name", false, "what is given is a name, not a guide")
	c.Flags().StringVarP(&f.search, "search", "s", "", "find guides and names by words in them")
	return c
}

func (a *app) docs(f docsFlags, about string) error {
	table := bindings.Table()
	switch {
	case f.scene:
		table = scene.Table()
	case f.test:
		table = scene.TestTable()
	}
	switch {
	case f.json:
		return a.docsJSON(table, f, about)
	case f.names:
		_, err := fmt.Fprintln(a.out, strings.Join(reference.Names(table), "\n"))
		return err
	case f.search != "":
		return a.searchDocs(table, f.search)
	case about == "" && (f.scene || f.test):
		_, err := fmt.Fprintln(a.out, strings.Join(reference.Names(table), "\n"))
		return err
	case about == "":
		a.listGuides()
		return nil
	}
	if g := f.guide(about); g != nil {
		_, err := fmt.Fprint(a.out, a.page(g.Text))
		return err
	}
	text, err := f.lookup(table, about)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(a.out, text)
	return err
}

// guide is the one that is called so; nil if none is, or none is wanted.
func (f docsFlags) guide(about string) *docs.Guide {
	if f.name || f.scene || f.test {
		return nil
	}
	for _, g := range docs.Guides() {
		if strings.EqualFold(g.Name, strings.TrimSuffix(about, ".md")) {
			return &g
		}
	}
	return nil
}

// lookup explains a name.
func (f docsFlags) lookup(table *spec.Table, about string) (string, error) {
	text, near := reference.Lookup(table, about)
	if text != "" {
		return text, nil
	}
	if !f.name && !f.scene && !f.test {
		var names []string
		for _, g := range docs.Guides() {
			names = append(names, g.Name)
		}
		if guide := spec.Nearest(about, names); guide != "" {
			near = append([]string{guide}, near...)
		}
	}
	return "", nothingCalled(about, near)
}

func (a *app) listGuides() {
	fmt.Fprintln(a.out, a.colour(a.out, bold, "Guides"))
	for _, g := range docs.Guides() {
		fmt.Fprintf(a.out, "  %-16s %s\n", g.Name, plainText(g.Title))
	}
	a.say("next: tgscript docs GUIDE, tgscript docs NAME of what scripts see (--names lists them), or --search WORD")
}

// searchDocs shows guides and names with the words; the guides by the places in them.
func (a *app) searchDocs(table *spec.Table, words string) error {
	const most = 40
	found, hits := docs.Search(words), reference.Search(table, words)
	if len(found)+len(hits) == 0 {
		return nothingWith(words)
	}
	for i, f := range found {
		if i == most {
			fmt.Fprintf(a.out, "… and %d lines more\n", len(found)-most)
			break
		}
		fmt.Fprintf(a.out, "%s  %s\n", a.colour(a.out, cyan, f.Guide+" › "+plainText(f.Heading)), plainText(f.Line))
	}
	for i, h := range hits {
		if i == most {
			fmt.Fprintf(a.out, "… and %d names more\n", len(hits)-most)
			break
		}
		fmt.Fprintf(a.out, "%s  %s\n", a.colour(a.out, cyan, h.Name), h.Line)
	}
	return nil
}

func nothingCalled(name string, near []string) error {
	if len(near) == 0 {
		return usageError{fmt.Errorf("nothing is called %q; tgscript docs lists the guides, tgscript docs --names all names", name)}
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
	tests := reference.LuaCATSNamed(scene.TestTable(), "Test", "gives to files of tests")
	if err := os.WriteFile(filepath.Join(filepath.Dir(path), "tgscript-tests.lua"), tests, 0o644); err != nil {
		return "", fmt.Errorf("write types of tests: %w", err)
	}
	return path, nil
}
