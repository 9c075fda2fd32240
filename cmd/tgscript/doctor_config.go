package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/telegram"
)

func (d *doctor) versions(context.Context) { d.ok("version", "tgscript %s", versionLine()) }

// configuration reads the config, and the scripts that it names.
func (d *doctor) configuration(context.Context) {
	config, err := d.load()
	if err != nil {
		for _, err := range unjoined(err) {
			d.bad("config", configFix(err), "%v", err)
		}
		return
	}
	d.config = config
	if err := config.Check(); err != nil {
		for _, err := range unjoined(err) {
			d.bad("config", configFix(err), "%v", err)
		}
		return
	}
	d.ok("config", "%s: %s, server %s", config.File, counted(len(config.Names()), "account"), config.Server.Kind)
	if config.Server.Kind == "telegram" && config.APIID == 0 {
		d.bad("config", "get yours from https://my.telegram.org/apps and write api_id and api_hash", "there is no api_id")
	}
	files, err := config.ScriptFiles()
	if err != nil {
		d.bad("scripts", "correct the pattern in "+config.File, "%v", err)
		return
	}
	results, err := checkAll(files)
	if err != nil {
		d.bad("scripts", "", "%v", err)
		return
	}
	mistakes := 0
	for _, r := range results {
		for _, f := range r.findings {
			if f.Severity == reference.Error {
				mistakes++
			}
		}
	}
	if mistakes > 0 {
		d.bad("scripts", "tgscript check", "%s, %s", counted(len(files), "script"), counted(mistakes, "mistake"))
		return
	}
	d.ok("scripts", "%s without mistakes", counted(len(files), "script"))
}

func configFix(err error) string {
	var place *tgscript.ConfigError
	switch {
	case is[configMissing](err):
		return "tgscript init"
	case errors.As(err, &place) && place.Line > 0:
		return fmt.Sprintf("correct line %d; docs/config.md has every key", place.Line)
	}
	return "correct the config; docs/config.md has every key"
}

// sessions says of each account whether it is signed in, and which process has it. Nobody is disturbed.
func (d *doctor) sessions(context.Context) {
	if d.config == nil || d.config.Server.Kind == "sandbox" {
		return
	}
	for _, name := range d.config.Names() {
		options, err := d.config.AccountOptions(name)
		if err != nil {
			d.bad("account", "correct what the config says of "+name, "%s: %v", name, err)
			continue
		}
		login := "tgscript login " + name
		who, signedIn, err := telegram.StoredSession(options.Dir)
		switch {
		case err != nil:
			d.bad("account", login, "%s: %v", name, err)
			continue
		case !signedIn && options.BotToken != "":
			d.ok("account", "%s: not signed in yet; the bot's token does that at the first run", name)
			continue
		case !signedIn:
			d.bad("account", login, "%s: not signed in", name)
			continue
		}
		as := strings.TrimSpace(name + ": signed in " + prefixed("as ", who))
		held, err := telegram.SessionHolder(options.Dir)
		switch {
		case err != nil:
			d.bad("account", "", "%s; %v", as, err)
		case held == nil:
			d.ok("account", "%s; no process has it open", as)
		case held.PID > 0 && held.PID != os.Getpid():
			d.ok("account", "%s; open in process %d on %s (%s) since %s", as, held.PID, held.Host, held.Command, held.Since.Format("2006-01-02 15:04"))
		default:
			d.ok("account", "%s; another process has it open", as)
		}
	}
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
