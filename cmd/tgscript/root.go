package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/lmittmann/tint"
	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/runtime"
)

// app is one invocation: the terminal and the flags that every command has.
type app struct {
	*terminal
	configPath string
	set        []string
	data       string
	server     string
	noColor    bool
	verbose    bool
}

// run is the whole program but for the process around it.
func run(ctx context.Context, t *terminal, args []string) int {
	a := &app{terminal: t}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(t.in)
	root.SetOut(t.out)
	root.SetErr(t.err)
	root.InitDefaultCompletionCmd()
	err := unknownCommand(root, args)
	if err == nil {
		err = root.ExecuteContext(ctx)
	}
	if err != nil && !is[usageError](err) && strings.HasPrefix(err.Error(), "unknown command") { // cobra has no type for it
		err = usageError{fmt.Errorf("%w\nsee: tgscript --help", err)}
	}
	a.report(err)
	return exitCode(ctx, err)
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "tgscript",
		Short: "Sign in Telegram accounts and run hot-reloaded Lua scripts on them",
		Long: "tgscript signs in Telegram accounts, users and bots, from a config.yaml and runs Lua scripts on them.\n" +
			"Scripts reload when they are saved. With `server: sandbox` everything runs against a Telegram inside\n" +
			"the process: no account, no api_id, no network.",
		Example: "  tgscript init mybot                   # write a config, a script and editor types\n" +
			"  tgscript run scripts/hello.lua        # run a script\n" +
			"  tgscript login me                     # sign in an account of the config",
		Version:       versionLine(),
		SilenceErrors: true,
		SilenceUsage:  true,
		PersistentPreRun: func(*cobra.Command, []string) {
			if env := a.env; a.noColor {
				a.env = func(name string) (string, bool) {
					if name == "NO_COLOR" {
						return "1", true
					}
					return env(name)
				}
			}
		},
	}
	// Cobra's own templates are functions; setting one of ours would link text/template, which calls methods by name,
	// and the linker would keep every method of every type of Telegram's: 28 MB more.
	root.Flags().Bool("version", false, "print the version") // cobra's own would take -v
	root.AddCommand(a.workshop()...)
	flags := root.PersistentFlags()
	flags.StringVarP(&a.configPath, "config", "c", "", "config file (default: $TGSCRIPT_CONFIG, or config.yaml here)")
	flags.StringArrayVar(&a.set, "set", nil, "override a value of the config: --set accounts.me.phone=+…")
	flags.StringVar(&a.data, "data", "", "folder of state, instead of the config's")
	flags.StringVar(&a.server, "server", "", "telegram, test or sandbox, instead of the config's")
	flags.BoolVar(&a.noColor, "no-color", false, "no colours, even on a terminal")
	flags.BoolVarP(&a.verbose, "verbose", "v", false, "tell more on stderr")
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(
		a.runCommand(), a.statusCommand(), a.logsCommand(), a.reloadCommand(), a.pauseCommand(), a.resumeCommand(),
		a.evalCommand(), a.replCommand(), a.initCommand(), a.installCommand(), a.checkCommand(), a.testCommand(),
		a.loginCommand(), a.logoutCommand(), a.accountsCommand(), a.sessionCommand(), a.kvCommand(), a.proxyCommand(),
		a.configCommand(), a.sandboxCommand(), a.docsCommand(), a.typesCommand(), a.versionCommand(),
		&cobra.Command{Use: "exit-codes", Short: "The exit codes of tgscript", Long: "The exit codes of tgscript:\n\n" + exitCodes},
	)
	for _, c := range root.Commands() {
		strict(c)
	}
	a.completions(root)
	return root
}

// strict makes a mistake in the arguments of a command and those below it a usage error. A command that says nothing of
// its arguments takes none.
func strict(c *cobra.Command) {
	check := c.Args
	if check == nil {
		check = cobra.NoArgs
	}
	c.Args = func(c *cobra.Command, args []string) error {
		if check(c, args) != nil {
			return usageError{fmt.Errorf("%s\nsee: %s --help", wrongArguments(c, args), c.CommandPath())}
		}
		return nil
	}
	for _, sub := range c.Commands() {
		strict(sub)
	}
}

// report is the one place that shows errors. Commands return theirs, and never print them: so each is shown once, with
// what is said in it made harmless to the terminal.
func (a *app) report(err error) {
	for _, err := range unjoined(err) {
		var script *runtime.ScriptError
		if errors.As(err, &script) {
			a.scriptError(script)
			continue
		}
		var refused *tgscript.ControlError
		if errors.As(err, &refused) && refused.Detail != "" {
			a.say("%s %s", a.colour(a.err, red, "error:"), printableLines(refused.Detail))
			continue
		}
		a.say("%s %s", a.colour(a.err, red, "error:"), printableLines(err.Error()))
	}
}

// unjoined takes joined errors apart, so that each is shown on its own.
func unjoined(err error) []error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	var all []error
	for _, e := range joined.Unwrap() {
		all = append(all, unjoined(e)...)
	}
	return all
}

// scriptError shows a failed script: message, excerpt, traceback.
func (a *app) scriptError(err *runtime.ScriptError) {
	a.say("%s %s", a.colour(a.err, red, "error:"), printableLines(err.Detail()))
}

// load reads the config. A file that isn't there, or can't be read, is a configMissing; mistakes in it are
// *tgscript.ConfigError.
func (a *app) load() (*tgscript.Config, error) {
	overrides, err := a.overrides()
	if err != nil {
		return nil, err
	}
	path := a.configPath
	if path == "" {
		path, _ = a.env("TGSCRIPT_CONFIG")
	}
	if path == "" {
		path = "config.yaml"
	}
	c, err := tgscript.Load(path, overrides)
	if errors.Is(err, fs.ErrNotExist) && !configured(err) {
		return nil, configMissing{fmt.Errorf("no config at %s: write one with tgscript init, or name it with --config", path)}
	}
	if err != nil && !configured(err) {
		return nil, configMissing{err}
	}
	return c, err
}

// overrides are what flags say in place of the config.
func (a *app) overrides() (tgscript.Overrides, error) {
	overrides := tgscript.Overrides{Env: a.env, Flags: map[string]string{}}
	for _, pair := range a.set {
		path, value, ok := strings.Cut(pair, "=")
		if !ok || path == "" {
			return overrides, usageError{fmt.Errorf("--set %s: write --set path=value, for example --set api_id=12345", pair)}
		}
		overrides.Flags[path] = value
	}
	for path, value := range map[string]string{"data": a.data, "server": a.server} {
		if value != "" {
			overrides.Flags[path] = value
		}
	}
	return overrides, nil
}

// configured tells a mistake inside a config from the absence of one.
func configured(err error) bool { return is[*tgscript.ConfigError](err) }

// account picks the account that a command is about.
func (a *app) account(c *tgscript.Config, args []string) (string, error) {
	if len(args) > 0 {
		if c.Accounts[args[0]] == nil {
			return "", usageError{fmt.Errorf("no account %q in %s: it has %s", args[0], c.File, strings.Join(c.Names(), ", "))}
		}
		return args[0], nil
	}
	if names := c.Names(); len(names) > 1 {
		return "", usageError{fmt.Errorf("say which account: %s", strings.Join(names, " or "))}
	}
	return c.Names()[0], nil
}

// logger writes to stderr: warnings, and everything with --verbose.
func (a *app) logger() *slog.Logger {
	level := slog.LevelWarn
	if a.verbose {
		level = slog.LevelDebug
	}
	return slog.New(tint.NewTextHandler(a.err, &tint.Options{Level: level, TimeFormat: "15:04:05", NoColor: !a.colours(a.err)}))
}

// writeFile makes a file that was not there; an existing one is left alone and is an error.
func writeFile(path string, content []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}
