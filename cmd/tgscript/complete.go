package main

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/docs"
)

// completer gives what may stand at the end of a line; see cobra.CompletionFunc.
type completer = cobra.CompletionFunc

// completions teach shells the names of accounts, scripts and templates, and those that docs explains.
func (a *app) completions(root *cobra.Command) {
	arguments := map[string]completer{
		"login": a.completeAccount, "logout": a.completeAccount, "session export": a.completeAccount, "session import": a.completeAccount,
		"proxy check": a.completeAccounts,
		"reload":      a.completeScript, "pause": a.completeScript, "resume": a.completeScript, "logs": a.completeScript,
		"kv get": a.completeSpace, "kv set": a.completeSpace, "kv ls": a.completeSpace, "kv rm": a.completeSpace,
		"run": luaFile, "repl": luaFile, "install": luaFile, "check": luaFile, "fmt": luaFile, "test": luaFile,
		"docs": completeNames,
		"init": folder, "types": folder,
	}
	for path, complete := range arguments {
		c, rest, err := root.Find(strings.Fields(path))
		if err == nil && len(rest) == 0 && c != root && c.ValidArgsFunction == nil {
			c.ValidArgsFunction = complete
		}
	}
	a.completeFlags(root)
}

func (a *app) completeFlags(c *cobra.Command) {
	flags := map[string]completer{
		"account": a.completeAccount, "template": completeTemplate, "script": a.completeScript,
		"server": cobra.FixedCompletions([]string{"sandbox", "telegram", "test"}, cobra.ShellCompDirectiveNoFileComp),
		"config": cobra.FixedCompletions([]string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt),
	}
	for name, complete := range flags {
		if c.Name() == "init" && name == "account" {
			continue // a new name
		}
		if flag := c.LocalFlags().Lookup(name); flag != nil {
			_ = c.RegisterFlagCompletionFunc(name, complete) // fails where somebody has done it before
		}
	}
	for _, sub := range c.Commands() {
		a.completeFlags(sub)
	}
}

// completeAccount is for one argument, completeAccounts for any number.
func (a *app) completeAccount(c *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return a.completeAccounts(c, args, begun)
}

func (a *app) completeAccounts(_ *cobra.Command, _ []string, begun string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	config, err := a.load()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp // a shell is no place to tell of it
	}
	for _, name := range config.Names() {
		if !strings.HasPrefix(name, begun) {
			continue
		}
		kind := "user"
		if config.Accounts[name].BotToken != "" {
			kind = "bot"
		}
		names = append(names, cobra.CompletionWithDesc(name, kind))
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeScript gives names of scripts: hello for scripts/hello.lua.
func (a *app) completeScript(_ *cobra.Command, args []string, begun string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	config, err := a.load()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	files, err := config.ScriptFiles()
	if err != nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, file := range files {
		if name := strings.TrimSuffix(filepath.Base(file), ".lua"); strings.HasPrefix(name, begun) {
			names = append(names, cobra.CompletionWithDesc(name, scriptName(file)))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeSpace gives names of scripts as kv takes them: with their account where there are several.
func (a *app) completeSpace(_ *cobra.Command, args []string, begun string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	config, err := a.load()
	if err != nil || len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, account := range config.Names() {
		for _, name := range config.Spaces(account) {
			if len(config.Names()) > 1 {
				name = account + "/" + name
			}
			if strings.HasPrefix(name, begun) {
				names = append(names, name)
			}
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func completeTemplate(_ *cobra.Command, _ []string, begun string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	for _, t := range tgscript.Templates {
		if strings.HasPrefix(t.Name, begun) {
			names = append(names, cobra.CompletionWithDesc(t.Name, t.Doc))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

// completeNames gives what docs explains.
func completeNames(_ *cobra.Command, args []string, begun string) (names []cobra.Completion, _ cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	for _, g := range docs.Guides() {
		if strings.HasPrefix(g.Name, begun) {
			names = append(names, cobra.CompletionWithDesc(g.Name, plainText(g.Title)))
		}
	}
	for _, name := range reference.Names(bindings.Table()) {
		if strings.HasPrefix(name, begun) {
			names = append(names, name)
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}

func luaFile(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return []cobra.Completion{"lua"}, cobra.ShellCompDirectiveFilterFileExt
}

func folder(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
