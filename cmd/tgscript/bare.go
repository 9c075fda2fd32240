package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tgscript/tgscript"
)

// loadOrBare reads the config, or does without if it may: where no file was named and none is here, an account of the
// sandbox serves, and nothing is kept. Call forget when it isn't needed any more.
func (a *app) loadOrBare(account string, may bool) (config *tgscript.Config, forget func() error, err error) {
	forget = func() error { return nil }
	config, err = a.load()
	named, _ := a.env("TGSCRIPT_CONFIG")
	if _, gone := os.Lstat("config.yaml"); !may || !is[configMissing](err) || a.configPath != "" || named != "" || !errors.Is(gone, fs.ErrNotExist) {
		return config, forget, err
	}
	overrides, wrong := a.overrides()
	if wrong != nil {
		return nil, forget, wrong
	}
	if a.data == "" {
		dir, failed := os.MkdirTemp("", "tgscript-run-")
		if failed != nil {
			return nil, forget, fmt.Errorf("make a folder for this run: %w", failed)
		}
		forget = func() error { return os.RemoveAll(dir) }
		overrides.Flags["data"] = dir
	}
	account = cmp.Or(account, "me")
	config, wrong = tgscript.Bare("config.yaml", account, overrides)
	if errors.Is(wrong, tgscript.ErrNoConfig) {
		return nil, func() error { return nil }, errors.Join(err, forget())
	}
	if wrong == nil {
		a.say("no config.yaml here: %s is an account of the sandbox (tgscript init writes a config)", account)
	}
	return config, forget, wrong
}
