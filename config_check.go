package tgscript

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/tgscript/tgscript/telegram"
)

// accountName is what names a folder everywhere.
var accountName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_-]*$`)

// problem is a value that is well formed but makes no sense, by its path.
type problem struct{ path, message string }

// Check fills in defaults and finds what makes no sense in a config written by hand; Load has already done
// this. Its error joins a *ConfigError for each mistake.
func (c *Config) Check() error {
	var errs []error
	for _, p := range c.problems() {
		errs = append(errs, &ConfigError{File: "config " + p.path, Message: p.message})
	}
	return errors.Join(errs...)
}

// check is Check for a config that was decoded from root: its mistakes have places.
func (d *decoder) check(c *Config, root *yaml.Node) error {
	for _, p := range c.problems() {
		d.fail(nearest(root, p.path), "%s", p.message)
	}
	return d.err()
}

// nearest is the node of a path, or where it would be.
func nearest(n *yaml.Node, path string) *yaml.Node {
	for key := range strings.SplitSeq(path, ".") {
		if n.Kind != yaml.MappingNode {
			return n
		}
		next := valueOf(n, key)
		if next == nil {
			return n
		}
		n = next
	}
	return n
}

// defaults fills in what was left out. Some depend on other values: calls are paced on Telegram alone.
func (c *Config) defaults() {
	if c.Server.Kind == "" {
		c.Server.Kind = "telegram"
	}
	if c.Data == "" {
		c.Data = "data"
	}
	if c.Pace.isZero() {
		c.Pace.Mode = telegram.PaceGentle
		if c.Server.Kind == "sandbox" || c.Server.Kind == "custom" {
			c.Pace.Mode = telegram.PaceOff
		}
	}
	c.Device = merged(c.Device, defaultDevice)
	c.Connection = merged(c.Connection, defaultConnection)
	c.Limits = merged(c.Limits, defaultLimits)
	c.Errors = merged(c.Errors, defaultErrors)
	for name, a := range c.Accounts {
		if a == nil { // as in a file, where an empty account is still an account
			c.Accounts[name] = &Account{}
		}
	}
}

// problems fills in defaults, and finds what makes no sense nonetheless.
func (c *Config) problems() (found []problem) {
	add := func(path, format string, args ...any) {
		found = append(found, problem{path, fmt.Sprintf(format, args...)})
	}
	c.defaults()
	if c.Errors.PauseAfter < 0 || c.Errors.Within < 0 {
		add("errors", "errors.pause_after takes a number from 1 on, and errors.within a time")
	}
	if c.Server.Kind == "telegram" || c.Server.Kind == "test" {
		if c.APIID <= 0 {
			add("api_id", "api_id is missing: get one at https://my.telegram.org (API development tools), or write server: sandbox")
		}
		if c.APIHash == "" {
			add("api_hash", "api_hash is missing: it stands beside the api_id at https://my.telegram.org")
		}
	}
	c.Limits.problems(add)
	c.Metrics.problems(add)
	if len(c.Accounts) == 0 {
		add("accounts", "no account: write accounts: {me: {phone: \"+…\"}} or {bot: {bot_token: …}}")
	}
	for _, name := range c.Names() {
		c.Accounts[name].problems(name, add)
		c.accessProblems(name, add)
		c.disabledProblems(name, add)
	}
	return found
}

// problems are those of an account by itself.
func (a *Account) problems(name string, add func(path, format string, args ...any)) {
	path := "accounts." + name
	if !accountName.MatchString(name) {
		add(path, "account name %q: use letters, digits, _ and - (it names a folder)", name)
	}
	if a.BotToken != "" && a.Phone != "" {
		add(path, "account %s has both bot_token and phone: a bot has the one, a user the other", name)
	}
	if a.BotToken != "" && !strings.Contains(string(a.BotToken), ":") {
		add(path+".bot_token", "bot_token should look like 123456:ABC-DEF…: copy it whole from @BotFather")
	}
	if a.Notify == "me" && a.BotToken != "" {
		add(path+".notify", "notify: me means Saved Messages, which a bot doesn't have: write the @name or id of its owner, who has written to the bot")
	}
}

// problems are numbers below 0, of which none means anything.
func (l Limits) problems(add func(path, format string, args ...any)) {
	for name, value := range map[string]int{
		"calls": l.Calls, "queue": l.Queue, "memory": l.Memory, "heap": l.Heap, "tasks": l.Tasks, "handlers": l.Handlers,
		"log_lines": l.LogLines, "failures": l.Failures, "sql": l.SQL, "store": l.Store, "store_keys": l.StoreKeys,
	} {
		if value < 0 {
			add("limits."+name, "limits.%s takes a number from 1 on, not %d", name, value)
		}
	}
}
