package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init [DIR]",
		Short: "Begin a project: config, scripts, editor types",
		Long: "Writes config.yaml, scripts/hello.lua and scripts/echo.lua, editor types with a .luarc.json, and a\n" +
			".gitignore that keeps sessions out of version control. Files that are there already are left alone.",
		Example: "  tgscript init mybot && cd mybot && tgscript run scripts/hello.lua\n  tgscript init",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.init(append(args, ".")[0]) },
	}
}

const gitignore = "# Sessions are as good as the account: never commit them.\n/data/\n/secrets/\n/.tgscript/\n"

func (a *app) init(dir string) error {
	if err := os.MkdirAll(filepath.Join(dir, "scripts"), 0o755); err != nil {
		return fmt.Errorf("make project: %w", err)
	}
	files := map[string][]byte{".gitignore": []byte(gitignore)}
	for _, name := range []string{"config.yaml", "scripts/hello.lua", "scripts/echo.lua"} {
		content, err := fs.ReadFile(tgscript.Starter, name)
		if err != nil {
			return fmt.Errorf("make project: %w", err)
		}
		files[name] = content
	}
	for _, name := range []string{"config.yaml", "scripts/hello.lua", "scripts/echo.lua", ".gitignore"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
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
	if dir == "." {
		a.say("next: tgscript run scripts/hello.lua")
	} else {
		a.say("next: cd %s && tgscript run scripts/hello.lua", dir)
	}
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
		"diagnostics.globals":       []string{"client", "tg"},
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
