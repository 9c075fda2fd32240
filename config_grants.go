package tgscript

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tgscript/tgscript/runtime/permission"
)

// Grants are the permissions that the config gives a script file, by the accounts that it runs on.
func (c *Config) Grants(file string) (map[string]*permission.Set, error) {
	path, err := filepath.Abs(file)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", file, err)
	}
	grants := map[string]*permission.Set{}
	for _, account := range c.Names() {
		files, err := c.scriptFiles(account)
		if err != nil {
			continue // patterns without a match are told elsewhere
		}
		if !slices.ContainsFunc(files, func(f string) bool { return sameFile(f, path) }) {
			continue
		}
		script := strings.TrimSuffix(filepath.Base(path), ".lua")
		allow, deny := c.permissions(account, script, permission.Rules{})
		if grants[account], err = permission.New(script, c.Path("."), allow, deny); err != nil {
			return nil, fmt.Errorf("permissions of %s: %w", script, err)
		}
	}
	return grants, nil
}

func sameFile(a, b string) bool {
	absolute, err := filepath.Abs(a)
	return err == nil && absolute == b
}
