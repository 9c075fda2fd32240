package tgscript

import "errors"

// bareAccounts are who scripts can run as where there is no config: both are of the sandbox.
var bareAccounts = map[string]string{
	"me":  `{phone: "+42 777 0100"}`,
	"bot": `{bot_token: "2001:AAE-sandbox-echo-bot-token-000000001"}`,
}

// ErrNoConfig says that what was asked for needs a config.
var ErrNoConfig = errors.New("there is no config")

// Bare is the config where no file has one: the sandbox with one account, me or bot. Relative paths begin at the
// folder of file, which needs not be there. Overrides that lead out of the sandbox are ErrNoConfig.
func Bare(file, account string, o Overrides) (*Config, error) {
	how, ok := bareAccounts[account]
	if !ok {
		return nil, ErrNoConfig
	}
	c, err := parseConfig(file, []byte("server: sandbox\naccounts:\n  "+account+": "+how+"\n"), o)
	if c == nil || c.Server.Kind != "sandbox" {
		return nil, errors.Join(ErrNoConfig, err)
	}
	return c, err
}
