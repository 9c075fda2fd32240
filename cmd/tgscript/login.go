package main

import (
	"context"
	"fmt"
	"time"

	"github.com/mdp/qrterminal/v3"
	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
)

type loginFlags struct {
	qr           bool
	codeStdin    bool
	passwordFile string
}

func (a *app) loginCommand() *cobra.Command {
	var f loginFlags
	c := &cobra.Command{
		Use:   "login [ACCOUNT]",
		Short: "Sign in an account of the config",
		Long: "Signs in an account: a bot by its token, a user by the code that Telegram sends, or by scanning a QR code\n" +
			"with a phone that is signed in. A session that is signed in already is kept as it is.\n\n" +
			"Type the code here and never into a chat: Telegram voids a code that it sees in a message.",
		Example: "  tgscript login me\n  tgscript login --qr me\n  echo 12345 | tgscript login --code-stdin me",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.login(c.Context(), f, args) },
	}
	c.Flags().BoolVar(&f.qr, "qr", false, "show a QR code instead of asking for a phone number and code")
	c.Flags().BoolVar(&f.codeStdin, "code-stdin", false, "read the code (and further ones, should it be wrong) from stdin, a line each")
	c.Flags().StringVar(&f.passwordFile, "password-file", "", "read the two-step verification password from this file")
	return c
}

func (a *app) login(ctx context.Context, f loginFlags, args []string) error {
	return a.withAccount(ctx, args, func(ctx context.Context, config *tgscript.Config, account *telegram.Account) error {
		prompter := a.prompter(account.Name(), config, f)
		var (
			self *telegram.User
			err  error
		)
		if f.qr {
			self, err = account.SignInQR(ctx, a.showQR, prompter)
		} else {
			self, err = account.SignIn(ctx, prompter)
		}
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s is signed in as %s\n", account.Name(), printable(self.DisplayName()))
		return nil
	})
}

// withAccount connects one account of the config and runs f on it.
func (a *app) withAccount(ctx context.Context, args []string, f func(context.Context, *tgscript.Config, *telegram.Account) error) (err error) {
	config, err := a.load()
	if err != nil {
		return err
	}
	name, err := a.account(config, args)
	if err != nil {
		return err
	}
	account, err := a.open(config, name)
	if err != nil {
		return err
	}
	defer func() {
		if closed := account.Close(); err == nil {
			err = closed
		}
	}()
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	patience := time.Duration(config.Connection.CallTimeout)
	if own := config.Accounts[name].Connection.CallTimeout; own != 0 {
		patience = time.Duration(own)
	}
	timer := time.AfterFunc(patience, func() { giveUp(unreachableError{patience}) })
	defer timer.Stop()
	return account.Run(ctx, func(ctx context.Context) error {
		timer.Stop() // there is a connection
		return f(ctx, config, account)
	})
}

// unreachableError ends a command that would wait for a connection for ever, as run does.
type unreachableError struct{ after time.Duration }

func (e unreachableError) Error() string {
	return fmt.Sprintf("Telegram can't be reached within %s (connection.call_timeout): see the reason above, and tgscript proxy check where there is a proxy", e.after)
}

// open takes the session of one account. The sandbox inside the process keeps no sessions.
func (a *app) open(config *tgscript.Config, name string) (*telegram.Account, error) {
	if config.Server.Kind == "sandbox" {
		return nil, usageError{fmt.Errorf("server: sandbox lives inside tgscript run and signs its accounts in by itself; for a sandbox that lasts, run tgscript sandbox and point server at it")}
	}
	options, err := config.AccountOptions(name)
	if err != nil {
		return nil, err
	}
	options.Logger = a.logger()
	return telegram.Open(options)
}

func (a *app) logoutCommand() *cobra.Command {
	return &cobra.Command{
		Use:     "logout [ACCOUNT]",
		Short:   "End a session on the server and remove its file",
		Example: "  tgscript logout me\n  tgscript logout --config other.yaml bot",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.withAccount(c.Context(), args, func(ctx context.Context, _ *tgscript.Config, account *telegram.Account) error {
				if err := account.LogOut(ctx); err != nil {
					return err
				}
				fmt.Fprintf(a.out, "%s is signed out\n", account.Name())
				return nil
			})
		},
	}
}

// showQR draws a login link for a phone's camera.
func (a *app) showQR(url string, expires time.Time) error {
	a.say("Telegram on your phone: Settings > Devices > Link Desktop Device, then scan (valid until %s):", expires.Format("15:04:05"))
	qrterminal.GenerateHalfBlock(url, qrterminal.L, a.err)
	a.say("%s", url)
	return nil
}
