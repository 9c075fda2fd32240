package bindings

import (
	"context"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// passwordState is the result of get_password_info.
type passwordState struct {
	On          bool `lua:"enabled"`
	Hint        any  `lua:"hint"`
	Recovery    bool `lua:"has_recovery"`
	Unconfirmed any  `lua:"unconfirmed_email"`
	Reset       any  `lua:"reset_date"`
}

var getPasswordInfo = spec.Method("get_password_info", "How two-step verification stands. The config has to allow it.",
	func(c *spec.Call, cl *client, _ spec.None) (passwordState, error) {
		if err := guard(c, "account.getPassword"); err != nil {
			return passwordState{}, err
		}
		p, err := cl.account.Password(c)
		out := passwordState{On: p.On, Recovery: p.Recovery}
		if p.Hint != "" {
			out.Hint = p.Hint
		}
		if p.Unconfirmed != "" {
			out.Unconfirmed = p.Unconfirmed
		}
		if p.ResetPending != 0 {
			out.Reset = p.ResetPending
		}
		return out, err
	},
).Result("{ enabled: boolean, hint?: string, has_recovery: boolean, unconfirmed_email?: string, reset_date?: integer }").
	Raises("PERMISSION_DENIED").Example(`print(client:get_password_info().hint)`)

type edit2faOptions struct {
	Current   string        `lua:"current_password,optional" doc:"The present password; not given while there is none."`
	New       string        `lua:"new_password,optional" doc:"The new one; not given, two-step verification is switched off."`
	Hint      string        `lua:"hint,optional" doc:"What to show to who is asked for it."`
	Email     string        `lua:"email,optional" doc:"Address for who forgets it."`
	EmailCode spec.Callback `lua:"email_code,optional" type:"fun(length: integer): string" doc:"Called for the code that Telegram sends to the address."`
}

type edit2faArgs struct {
	Opts edit2faOptions `lua:"options" doc:"What becomes of it."`
}

var edit2fa = spec.Method("edit_2fa", "Set, change or remove the password of two-step verification. The config has to allow it.",
	func(c *spec.Call, cl *client, in edit2faArgs) (spec.None, error) {
		if err := guard(c, "account.updatePasswordSettings"); err != nil {
			return spec.None{}, err
		}
		change := telegram.PasswordChange{Current: in.Opts.Current, New: in.Opts.New, Hint: in.Opts.Hint, Email: in.Opts.Email}
		if in.Opts.EmailCode.Given() {
			change.EmailCode = func(_ context.Context, length int) (string, error) { return typed(c, in.Opts.EmailCode, length) }
		}
		return spec.None{}, cl.account.EditPassword(c, change)
	},
).Raises("PERMISSION_DENIED", "PASSWORD_HASH_INVALID", "EMAIL_UNCONFIRMED").Example(`client:edit_2fa({ new_password = "correct horse", hint = "battery" })
client:edit_2fa({ current_password = "correct horse" }) -- off again`)
