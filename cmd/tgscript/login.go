package main

import (
	"context"
	"errors"
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
	config, account, err := a.openNamed(args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, account.Close()) }()
	return a.connected(ctx, config, account, func(ctx context.Context) error { return f(ctx, config, account) })
}

// connected runs f while an account is connected, and gives up when no connection comes about.
func (a *app) connected(ctx context.Context, config *tgscript.Config, account *telegram.Account, f func(context.Context) error) error {
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	patience := time.Duration(config.Connection.CallTimeout)
	if own := config.Accounts[account.Name()].Connection.CallTimeout; own != 0 {
		patience = time.Duration(own)
	}
	timer := time.AfterFunc(patience, func() { giveUp(unreachableError{patience}) })
	defer timer.Stop()
	return account.Run(ctx, func(ctx context.Context) error {
		timer.Stop() // there is a connection
		return f(ctx)
	})
}

// openNamed takes the session of the account that the arguments name, or of the only one.
func (a *app) openNamed(args []string) (*tgscript.Config, *telegram.Account, error) {
	config, err := a.load()
	if err != nil {
		return nil, nil, err
	}
	name, err := a.account(config, args)
	if err != nil {
		return nil, nil, err
	}
	account, err := a.open(config, name)
	return config, account, err
}

// unreachableError ends a command that would wait for a connection for ever, as run does.
type unreachableError struct{ after time.Duration }

func (e unreachableError) Error() string {
	return fmt.Sprintf("Telegram can't be reached within %s (connection.call_timeout): see the reason above, and tgscript proxy check where there is a proxy", e.after)
}

// open takes the session of one account. The sandbox inside the process keeps no sessions.
func (a *app) open(config *tgscript.Config, name string) (*telegram.Account, error) {
	if config.Server.Kind == "sandbox" {
		return nil, usageError{errors.New("server: sandbox lives inside tgscript run and signs its accounts in by itself; " +
			"for a sandbox that lasts, run tgscript sandbox and point server at it")}
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
			return a.logout(c.Context(), args)
		},
	}
}

func (a *app) logout(ctx context.Context, args []string) (err error) {
	config, account, err := a.openNamed(args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, account.Close()) }()
	if _, err := account.ExportSession(); err != nil { // nothing to end, and no reason to make a key for it
		return fmt.Errorf("account %s: %w", account.Name(), err)
	}
	if err := a.connected(ctx, config, account, account.LogOut); err != nil {
		return err
	}
	fmt.Fprintf(a.out, "%s is signed out\n", account.Name())
	return nil
}

// showQR draws a login link for a phone's camera.
func (a *app) showQR(url string, expires time.Time) error {
	a.say("Telegram on your phone: Settings > Devices > Link Desktop Device, then scan (valid until %s):", expires.Format("15:04:05"))
	qrterminal.GenerateHalfBlock(url, qrterminal.L, a.err)
	a.say("%s", url)
	return nil
}
