package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/spec"
)

func (a *app) kvCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "kv",
		Short: "See and change what scripts keep in tg.store",
		Long: "What a script keeps in tg.store, by key. A script is written ACCOUNT/SCRIPT, or SCRIPT where the config has one\n" +
			"account; ACCOUNT/shared:NAME is what scripts of the account share. Values are JSON. While tgscript runs, it is\n" +
			"asked; otherwise the file is opened.",
		Example: "  tgscript kv ls me/hello\n  tgscript kv set me/hello limit 10",
	}
	c.AddCommand(a.kvGet(), a.kvSet(), a.kvList(), a.kvRemove())
	return c
}

// kept carries out an order on the space that an argument names.
func (a *app) kept(c *cobra.Command, place string, o tgscript.KeptOrder) (tgscript.KeptAnswer, error) {
	config, err := a.load()
	if err != nil {
		return tgscript.KeptAnswer{}, err
	}
	names := config.Names()
	account, space, split := strings.Cut(place, "/")
	switch {
	case split && slices.Contains(names, account):
		o.Account, o.Space = account, space
	case len(names) == 1:
		o.Account, o.Space = names[0], place
	default:
		return tgscript.KeptAnswer{}, usageError{fmt.Errorf("%s: write ACCOUNT/SCRIPT; the accounts are %s", place, strings.Join(names, ", "))}
	}
	o.Space = strings.TrimSuffix(o.Space, ".lua")
	return tgscript.EditKept(c.Context(), config, o)
}

func (a *app) kvGet() *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:     "get SCRIPT KEY",
		Short:   "Print a value: text as it is, all else as JSON",
		Example: "  tgscript kv get me/hello name:1001\n  tgscript kv get hello settings --json",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			answer, err := a.kept(c, args[0], tgscript.KeptOrder{Do: "get", Key: args[1]})
			switch {
			case err != nil:
				return err
			case len(answer.Values) == 0:
				return fmt.Errorf("%s has no value %q", args[0], args[1])
			case asJSON:
				return a.json(answer.Values[0])
			}
			if text, ok := answer.Values[0].Value.(string); ok {
				if isTerminal(a.out) { // others may have written it, with orders to the terminal in it
					text = printableLines(text)
				}
				fmt.Fprintln(a.out, text)
				return nil
			}
			text, err := json.Marshal(answer.Values[0].Value)
			fmt.Fprintf(a.out, "%s\n", text)
			return err
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print key, value and expiry as JSON")
	return c
}

func (a *app) kvSet() *cobra.Command {
	var ttl string
	var text bool
	c := &cobra.Command{
		Use:     "set SCRIPT KEY VALUE",
		Short:   "Keep a value: JSON, or what is no JSON as text",
		Example: "  tgscript kv set me/hello settings '{\"language\": \"en\"}'\n  tgscript kv set hello code 0123 --text --ttl 1h",
		Args:    cobra.ExactArgs(3),
		RunE: func(c *cobra.Command, args []string) error {
			o := tgscript.KeptOrder{Do: "set", Key: args[1], Value: json.RawMessage(args[2])}
			if text || !json.Valid(o.Value) {
				o.Value, _ = json.Marshal(args[2]) // text always can be
			}
			if ttl != "" {
				d, ok := spec.ParseDuration(ttl)
				if !ok || d <= 0 {
					return usageError{errors.New("--ttl: write seconds or 5m, 1h30m, 2d")}
				}
				o.TTL = d
			}
			_, err := a.kept(c, args[0], o)
			return err
		},
	}
	c.Flags().StringVar(&ttl, "ttl", "", "how long it lasts: 5m, 2d; for ever if not given")
	c.Flags().BoolVar(&text, "text", false, "take the value as text, even if it is JSON")
	return c
}

func (a *app) kvList() *cobra.Command {
	var asJSON bool
	var limit int
	c := &cobra.Command{
		Use:     "ls SCRIPT [PREFIX]",
		Short:   "List keys and values, in the order of the keys",
		Example: "  tgscript kv ls me/hello\n  tgscript kv ls me/shared:scores user: --json",
		Args:    cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			answer, err := a.kept(c, args[0], tgscript.KeptOrder{Do: "list", Key: append(args, "")[1], Limit: limit})
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.json(answer.Values)
			}
			for _, v := range answer.Values {
				text, err := json.Marshal(v.Value)
				if err != nil {
					return err
				}
				line := printable(v.Key) + "\t" + shortened(string(text), 100)
				if v.Expires != nil {
					line += "\t(until " + v.Expires.Local().Format(time.DateTime) + ")"
				}
				fmt.Fprintln(a.out, line)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().IntVarP(&limit, "limit", "n", 0, "how many at most; all if not given")
	return c
}

func shortened(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (a *app) kvRemove() *cobra.Command {
	var prefix bool
	c := &cobra.Command{
		Use:     "rm SCRIPT KEY",
		Short:   "Take a value away, or all whose keys begin so",
		Example: "  tgscript kv rm me/hello name:1001\n  tgscript kv rm hello code: --prefix",
		Args:    cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			answer, err := a.kept(c, args[0], tgscript.KeptOrder{Do: "remove", Key: args[1], Prefix: prefix})
			if err != nil {
				return err
			}
			if answer.Removed == 0 && !prefix {
				return fmt.Errorf("%s has no value %q", args[0], args[1])
			}
			if prefix {
				fmt.Fprintf(a.out, "%d removed\n", answer.Removed)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&prefix, "prefix", false, "all whose keys begin with KEY; with \"\" everything")
	return c
}
