package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
)

type installFlags struct {
	account, sum string
	yes, check   bool
}

func (a *app) installCommand() *cobra.Command {
	var f installFlags
	c := &cobra.Command{
		Use:   "install FILE|URL",
		Short: "Bring a script of somebody else into the folder of scripts",
		Long: "Reads a script from a file or an address (https, or http on this machine), shows its SHA-256, what check finds and\n" +
			"which permissions it will ask for, and writes it into the folder of the account's scripts once you agree. It gets no\n" +
			"permission by that. Another file is never overwritten; one that was installed from the same place and not changed\n" +
			"since is replaced. scripts.lock, beside the config, notes where each came from; --check compares it with the files.",
		Example: "  tgscript install https://example.com/weather.lua\n  tgscript install weather.lua --account bot --yes --sha256 HEX\n  tgscript install --check",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case f.check && len(args) == 0:
				return a.checkInstalled()
			case f.check || len(args) == 0:
				return usageError{errors.New("name a file or an address, or write --check alone")}
			}
			return a.install(c.Context(), args[0], f)
		},
	}
	c.Flags().StringVarP(&f.account, "account", "a", "", "for which account; may be left out if there is one")
	c.Flags().BoolVar(&f.yes, "yes", false, "don't ask")
	c.Flags().StringVar(&f.sum, "sha256", "", "refuse what has another SHA-256")
	c.Flags().BoolVar(&f.check, "check", false, "compare what was installed with scripts.lock")
	return c
}

var installedName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]*\.lua$`)

func (a *app) install(ctx context.Context, from string, f installFlags) error {
	config, err := a.load()
	if err != nil {
		return err
	}
	var named []string
	if f.account != "" {
		named = []string{f.account}
	}
	account, err := a.account(config, named)
	if err != nil {
		return err
	}
	source, text, err := fetchScript(ctx, from)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	hash := hex.EncodeToString(sum[:])
	if f.sum != "" && !strings.EqualFold(f.sum, hash) {
		return fmt.Errorf("%s has the SHA-256 %s, not %s: nothing was installed", printable(source), hash, printable(f.sum))
	}
	name := path.Base(filepath.ToSlash(strings.SplitN(source, "?", 2)[0]))
	if !installedName.MatchString(name) || tgscript.IsTest(name) {
		return fmt.Errorf("%s is no name for a script: letters, digits, _ and -, and .lua at the end", printable(name))
	}
	to, err := placeFor(config, account, name)
	if err != nil {
		return err
	}
	lock, err := readLock(config)
	if err != nil {
		return err
	}
	replace, err := lock.mayWrite(config, to, source)
	if err != nil {
		return err
	}
	if err := a.showInstall(config, to, source, hash, text); err != nil {
		return err
	}
	if agreed, err := a.agrees(ctx, to, f.yes); err != nil || !agreed {
		return err
	}
	if err := placeFile(to, text, replace); err != nil {
		return err
	}
	lock.Scripts[lock.key(config, to)] = lockedScript{Source: source, SHA256: hash, Account: account}
	if err := lock.write(config); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "installed %s\n", scriptName(to))
	return nil
}

// placeFor is where a script of the account goes: into the first folder whose scripts it runs.
func placeFor(config *tgscript.Config, account, name string) (string, error) {
	for _, pattern := range config.Accounts[account].Scripts {
		to := filepath.Join(filepath.Dir(config.Path(pattern)), name)
		if ok, err := filepath.Match(filepath.Base(pattern), name); ok && err == nil && !strings.ContainsAny(filepath.Dir(pattern), "*?[") {
			return to, nil
		}
	}
	return "", fmt.Errorf("accounts.%s.scripts names no folder in which %s would run: write scripts: scripts/*.lua", account, name)
}

// showInstall tells what is about to come. A script with mistakes does not.
func (a *app) showInstall(config *tgscript.Config, to, source, hash string, text []byte) error {
	one := checked{path: to, file: scriptName(to), source: text, findings: reference.Check(bindings.Table(), scriptName(to), text)}
	if err := one.ask(config); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s, %d bytes, from %s\nSHA-256 %s\n", one.file, len(text), printable(source), hash)
	if err := a.checkText([]checked{one}); err != nil {
		return err
	}
	mistakes := 0
	for _, finding := range one.findings {
		if finding.Severity == reference.Error {
			mistakes++
		}
	}
	if mistakes > 0 {
		return fmt.Errorf("nothing was installed: %w", findingsError(mistakes))
	}
	if len(one.needs) == 0 {
		fmt.Fprintln(a.out, "It asks for no permission that check can see.")
	}
	return nil
}

// agrees asks whether to go on.
func (a *app) agrees(ctx context.Context, to string, yes bool) (bool, error) {
	if yes {
		return true, nil
	}
	if !a.interactive() {
		return false, usageError{errors.New("nothing was installed: there is nobody to ask, so read the above and write --yes")}
	}
	fmt.Fprintf(a.err, "Install it as %s? [y/N] ", scriptName(to))
	answer, err := within(ctx, func() (string, error) { return bufio.NewReader(a.in).ReadString('\n') })
	if ctx.Err() != nil {
		return false, err
	}
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return true, nil
	}
	a.say("nothing was installed")
	return false, nil
}

// placeFile writes a file at once: a running tgscript loads it, and must never see a half of it.
func placeFile(to string, text []byte, replace bool) error {
	next, err := os.CreateTemp(filepath.Dir(to), ".install-*")
	if err != nil {
		return fmt.Errorf("write script: %w", err)
	}
	defer func() { _ = os.Remove(next.Name()) }() // after a rename it is gone
	_, err = next.Write(text)
	err = errors.Join(err, next.Chmod(0o644), next.Close()) //nolint:gosec // as an editor writes it
	switch {
	case err != nil:
	case replace:
		err = os.Rename(next.Name(), to)
	default:
		err = os.Link(next.Name(), to) // unlike a rename it fails where a file is
	}
	if err != nil {
		return fmt.Errorf("write script: %w", err)
	}
	return nil
}
