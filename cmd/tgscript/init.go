package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

type initFlags struct{ template, account string }

func (a *app) initCommand() *cobra.Command {
	var f initFlags
	var about []string
	for _, t := range tgscript.Templates {
		about = append(about, fmt.Sprintf("  %-8s  %s", t.Name, t.Doc))
	}
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a project: config, scripts with tests, editor types",
		Long: "Writes config.yaml, scripts with their tests, editor types with a .luarc.json, and a .gitignore that keeps\n" +
			"sessions out of version control. Files that are there already are left alone. On a terminal it asks what its\n" +
			"flags don't say.\n\nThe templates:\n" + strings.Join(about, "\n"),
		Example: "  tgscript init mybot && cd mybot && tgscript run scripts/hello.lua\n  tgscript init --template buttons --account shop mybot\n" +
			"  tgscript init --template bot --server telegram",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.init(f, append(args, ".")[0]) },
	}
	c.Flags().StringVarP(&f.template, "template", "t", "", "userbot (the usual one), bot, buttons or inline")
	c.Flags().StringVarP(&f.account, "account", "a", "", "what the account is called in the config")
	return c
}

const gitignore = "# Sessions are as good as the account: never commit them.\n/data/\n/secrets/\n/.tgscript/\n"

func (a *app) init(f initFlags, dir string) error {
	project, err := a.planned(f)
	if err != nil {
		return err
	}
	files, err := project.Files()
	if err != nil {
		return fmt.Errorf("make project: %w", err)
	}
	files["config.yaml"] = project.config(files["config.yaml"])
	files[".gitignore"] = []byte(gitignore)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make project: %w", err)
		}
		switch err := writeFile(path, files[name], 0o644); {
		case errors.Is(err, fs.ErrExist):
			a.say("kept %s", path)
		case err != nil:
			return fmt.Errorf("make project: %w", err)
		default:
			fmt.Fprintln(a.out, path)
		}
	}
	types, err := writeTypes(dir)
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, types)
	if err := a.luarc(filepath.Join(dir, ".luarc.json")); err != nil {
		return err
	}
	next := "tgscript " + project.Try
	if project.server == "telegram" {
		next = "write your api_id and api_hash into config.yaml, then tgscript login " + project.account
	}
	if dir != "." {
		next = "cd " + forShell(dir) + " && " + next
	}
	a.say("next: %s", next)
	return nil
}

// luarc tells the Lua language server about scripts. Keys that a file has already are kept.
func (a *app) luarc(path string) error {
	settings := map[string]any{}
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("read editor settings: %w", err)
	}
	if len(old) > 0 {
		if err := json.Unmarshal(old, &settings); err != nil {
			a.say("kept %s: it is no plain JSON; add %q to its workspace.library yourself", path, typesDir)
			return nil
		}
	}
	disabled := map[string]string{}
	for _, library := range []string{"io", "debug", "package", "ffi", "jit", "bit", "table.new", "table.clear"} {
		disabled[library] = "disable"
	}
	for key, value := range map[string]any{
		"runtime.version":           "LuaJIT", // 5.1 with goto, which is what scripts are
		"runtime.builtin":           disabled,
		"workspace.checkThirdParty": false,
		"diagnostics.globals":       []string{"client", "tg", "test", "describe", "before_each", "after_each", "expect", "script", "sandbox"},
		"workspace.library":         []string{typesDir},
	} {
		if _, set := settings[key]; !set {
			settings[key] = value
		}
	}
	merged, err := json.MarshalIndent(settings, "", "  ")
	if err != nil {
		return fmt.Errorf("write editor settings: %w", err)
	}
	if err := os.WriteFile(path, append(merged, '\n'), 0o644); err != nil {
		return fmt.Errorf("write editor settings: %w", err)
	}
	fmt.Fprintln(a.out, path)
	return nil
}
