package tgscript

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	"github.com/tgscript/tgscript/runtime"
)

// lastGoodDir is in the data folder, where @ can't begin the name of an account.
const lastGoodDir = "@last_good"

// keptSources are the sources of a script's last good version in a file.
type keptSources struct {
	path string
	log  *slog.Logger
}

// lastGood keeps what a script was made of, if the config wants it; else nil.
func (h *Host) lastGood(account, script string) runtime.LastGood {
	wanted := h.config.LastGood
	if own := h.config.Accounts[account].LastGood; own != nil {
		wanted = *own
	}
	if !wanted {
		return nil
	}
	dir := filepath.Join(h.config.Path(h.config.Data), lastGoodDir, account)
	return &keptSources{filepath.Join(dir, url.PathEscape(script)+".json"), h.log.With("account", account, "script", script)}
}

// Save replaces what is kept. A disk that refuses is told of: the script runs nonetheless.
func (k *keptSources) Save(sources runtime.Sources) {
	if err := k.save(sources); err != nil {
		k.log.Warn("the last good version was not kept", "error", err)
	}
}

// save writes beside the old file and renames: whatever goes wrong, the version before stays whole.
func (k *keptSources) save(sources runtime.Sources) (err error) {
	text, err := json.Marshal(sources)
	if err != nil {
		return fmt.Errorf("write sources: %w", err)
	}
	dir := filepath.Dir(k.path)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make folder of sources: %w", err)
	}
	f, err := os.CreateTemp(dir, ".new-*") // for its user alone
	if err != nil {
		return fmt.Errorf("write sources: %w", err)
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), k.path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write sources: %w", err), os.Remove(f.Name()))
	}
	return nil
}

// Load is nil where nothing can be read.
func (k *keptSources) Load() (sources runtime.Sources) {
	text, err := os.ReadFile(k.path)
	if err == nil {
		err = json.Unmarshal(text, &sources)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		k.log.Warn("the last good version can't be read", "error", err)
		return nil
	}
	return sources
}

// rescued tells at once of a script whose last good version serves in place of what is there now.
func (h *Host) rescued(err error) bool {
	script, ok := errors.AsType[*runtime.ScriptError](err)
	if !ok || script.Serving == 0 {
		return false
	}
	h.onError(script)
	return true
}
