package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/telegram/proxy"
)

// hopResult is one hop of a proxy check as JSON.
type hopResult struct {
	Proxy  string  `json:"proxy"`
	Hop    string  `json:"hop"`
	OK     bool    `json:"ok"`
	Millis float64 `json:"ms"`
	Detail string  `json:"detail,omitempty"`
	Error  string  `json:"error,omitempty"`
}

func (a *app) proxyCommand() *cobra.Command {
	c := &cobra.Command{Use: "proxy", Short: "Try out proxies", Example: "  tgscript proxy check\n  tgscript proxy check socks5://user:password@127.0.0.1:1080"}
	var (
		asJSON  bool
		timeout time.Duration
	)
	check := &cobra.Command{
		Use:   "check [ACCOUNT | URL]...",
		Short: "Walk the way to Telegram through a proxy, hop by hop",
		Long: "Says for each hop (dial, handshake, authentication, CONNECT, DC) what happened and how long it took.\n" +
			"Without arguments, the proxies of every account of the config are tried.",
		Example: "  tgscript proxy check\n  tgscript proxy check me\n  tgscript proxy check 'tg://proxy?server=…&port=443&secret=…'",
		Args:    cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			return a.checkProxies(c.Context(), args, timeout, asJSON)
		},
	}
	check.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	check.Flags().DurationVar(&timeout, "timeout", time.Minute, "give up on a proxy after this long")
	c.AddCommand(check)
	return c
}

func (a *app) checkProxies(ctx context.Context, args []string, timeout time.Duration, asJSON bool) error {
	config, configErr := a.load()
	if configErr != nil && !is[configMissing](configErr) {
		return configErr
	}
	var (
		target  proxy.Target
		proxies proxy.Chain
	)
	names := args
	if configErr == nil {
		server, err := config.MTProtoServer()
		if err != nil {
			return err
		}
		target.DC, target.List, target.Options.Test = server.DC, server.Options, server.Test
		if len(names) == 0 {
			names = config.Names()
		}
	} else if len(args) == 0 {
		return configErr
	}
	for _, arg := range names {
		if configErr == nil && config.Accounts[arg] != nil {
			options, err := config.AccountOptions(arg)
			if err != nil {
				return err
			}
			proxies = append(proxies, options.Proxy...)
			continue
		}
		p, err := proxy.Parse(arg)
		if err != nil {
			return usageError{err}
		}
		proxies = append(proxies, p)
	}
	if len(proxies) == 0 {
		return usageError{fmt.Errorf("no account of the config has a proxy: name one, as in tgscript proxy check socks5://127.0.0.1:1080")}
	}
	return a.showChecks(ctx, proxies, target, timeout, asJSON)
}

func (a *app) showChecks(ctx context.Context, proxies proxy.Chain, target proxy.Target, timeout time.Duration, asJSON bool) error {
	var (
		results []hopResult
		failed  error
	)
	for _, p := range proxies {
		if !asJSON {
			fmt.Fprintln(a.out, p)
		}
		ctx, stop := context.WithTimeout(ctx, timeout)
		steps := proxy.Check(ctx, p, target)
		stop()
		for _, step := range steps {
			r := hopResult{Proxy: p.String(), Hop: string(step.Hop), OK: step.Err == nil, Millis: float64(step.Took.Microseconds()) / 1000, Detail: step.Detail}
			mark, note := "ok", step.Detail
			if step.Err != nil {
				failed, r.Error = step.Err, step.Err.Error()
				mark, note = a.colour(a.out, red, "failed"), r.Error
			}
			if results = append(results, r); !asJSON {
				fmt.Fprintf(a.out, "  %-14s %-6s %8.1f ms  %s\n", step.Hop, mark, r.Millis, printable(note))
			}
		}
	}
	if asJSON {
		if err := a.json(results); err != nil {
			return err
		}
	}
	return failed
}
