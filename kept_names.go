package tgscript

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// UnknownSpaceError says that no script has the name under which something is asked for, or is to be kept.
type UnknownSpaceError struct {
	Account, Space string
	Known          []string // the account's scripts
}

func (e *UnknownSpaceError) Error() string {
	text := fmt.Sprintf("account %s has no script %q, and nothing is kept under that name", e.Account, e.Space)
	if len(e.Known) > 0 {
		text += suggest(e.Space, e.Known)
	}
	return text
}

// misnamed tells of an order for a script that the account doesn't have. What a script has kept outlives it: that can
// be seen and changed under any name.
func (o KeptOrder) misnamed(ctx context.Context, c *Config) error {
	if c.Accounts[o.Account] == nil || strings.HasPrefix(o.Space, "shared:") {
		return nil
	}
	known := c.Spaces(o.Account)
	if slices.Contains(known, o.Space) {
		return nil
	}
	if running, err := Reach(ctx, c); err == nil { // with scripts that were named on its command line
		all, _ := running.Status(ctx) // of one that can't be asked nothing is known
		for _, s := range all {
			for _, script := range s.Scripts {
				if script.Account == o.Account {
					known = append(known, script.Name[strings.LastIndexByte(script.Name, '/')+1:])
				}
			}
		}
	}
	if slices.Contains(known, o.Space) {
		return nil
	}
	there, err := KeptOrder{Do: "list", Account: o.Account, Space: o.Space, Limit: 1}.carryOut(ctx, c)
	if err != nil || len(there.Values) > 0 {
		return err
	}
	slices.Sort(known)
	return &UnknownSpaceError{Account: o.Account, Space: o.Space, Known: slices.Compact(known)}
}

// Spaces are the names under which the account's scripts keep what they keep: those of their files.
func (c *Config) Spaces(account string) (names []string) {
	for _, pattern := range c.Accounts[account].Scripts {
		files, _ := filepath.Glob(c.Path(pattern)) // a bad one is for `config check` to tell
		for _, file := range files {
			if !IsTest(file) {
				names = append(names, strings.TrimSuffix(filepath.Base(file), ".lua"))
			}
		}
	}
	return names
}
