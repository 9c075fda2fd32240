package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/runtime/permission"
)

// allowFlags give all scripts of a run permissions, beside those of the config.
type allowFlags struct {
	all   bool
	kinds map[permission.Kind]*[]string
}

// allowDocs say what the value of each flag is.
var allowDocs = map[permission.Kind]string{
	permission.Read: "files and folders that scripts may read", permission.Write: "files and folders that they may write",
	permission.Net: "hosts that they may connect to", permission.Listen: "addresses at which they may serve requests", permission.Env: "variables that they may read",
	permission.Exec: "programs that they may run", permission.Methods: "guarded methods of Telegram that they may call, such as account.*",
	permission.Host: "orders that they may give about all scripts: status, reload, pause, resume", permission.Chats: "chats that they may use though login codes come there: 777000",
}

func (f *allowFlags) add(c *cobra.Command) {
	f.kinds = map[permission.Kind]*[]string{}
	for _, kind := range permission.Kinds {
		name := "allow-" + string(kind)
		f.kinds[kind] = c.Flags().StringSlice(name, nil, allowDocs[kind]+"; all without =")
		c.Flags().Lookup(name).NoOptDefVal = "*"
		if kind == permission.Host { // no star is about them
			c.Flags().Lookup(name).NoOptDefVal = strings.Join(permission.Orders, ",")
		}
	}
	c.Flags().BoolVarP(&f.all, "allow-all", "A", false, "scripts may touch everything that the config does not deny")
}

// rules are what the flags allow. Paths start at the working directory, as typed ones do.
func (f *allowFlags) rules() (permission.Rules, error) {
	if f.all {
		return permission.Everything(), nil
	}
	rules := permission.Rules{}
	for kind, values := range f.kinds {
		for _, value := range *values {
			if value == "" {
				return nil, usageError{fmt.Errorf("--allow-%s: the value is empty", kind)}
			}
			if (kind == permission.Read || kind == permission.Write) && value != "*" {
				path, err := filepath.Abs(value)
				if err != nil {
					return nil, fmt.Errorf("--allow-%s=%s: %w", kind, value, err)
				}
				value = path
			}
			rules[kind] = append(rules[kind], value)
		}
	}
	return rules, nil
}
