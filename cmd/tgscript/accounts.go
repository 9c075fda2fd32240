package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
)

// accountStatus is one account as `tgscript accounts --json` prints it.
type accountStatus struct {
	Name     string   `json:"name"`
	Kind     string   `json:"kind"` // "bot" or "user"
	Session  bool     `json:"session"`
	User     string   `json:"user,omitempty"`    // who signed in, if that is known
	Problem  string   `json:"problem,omitempty"` // why the session can't be read
	Scripts  []string `json:"scripts"`
	Proxies  []string `json:"proxies,omitempty"`
	Identity string   `json:"identity,omitempty"`
}

func (a *app) accountsCommand() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "accounts",
		Short:   "List the accounts of the config",
		Example: "  tgscript accounts\n  tgscript accounts --json",
		RunE: func(*cobra.Command, []string) error {
			config, err := a.load()
			if err != nil {
				return err
			}
			return a.listAccounts(config, asJSON)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) listAccounts(config *tgscript.Config, asJSON bool) error {
	list := []accountStatus{}
	for _, name := range config.Names() {
		account := config.Accounts[name]
		options, err := config.AccountOptions(name)
		if err != nil {
			return err
		}
		s := accountStatus{Name: name, Kind: "user", Scripts: account.Scripts, Identity: account.Phone}
		if account.BotToken != "" {
			s.Kind, s.Identity = "bot", ""
		}
		for _, p := range options.Proxy {
			s.Proxies = append(s.Proxies, p.String())
		}
		if s.User, s.Session, err = telegram.StoredSession(options.Dir); err != nil {
			s.Problem = err.Error()
		}
		list = append(list, s)
	}
	if asJSON {
		return a.json(list)
	}
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, s := range list {
		session := "not signed in: tgscript login " + s.Name
		switch {
		case config.Server.Kind == "sandbox":
			session = "in the sandbox"
		case s.Problem != "":
			session = s.Problem
		case s.User != "":
			session = "signed in as " + printable(s.User)
		case s.Session:
			session = "has a session"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%v\n", s.Name, s.Kind, s.Identity, session, s.Scripts)
	}
	return w.Flush()
}
