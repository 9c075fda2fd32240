package scene

import "github.com/tgscript/tgscript/bindings/spec"

type accountArgs struct {
	Account account `lua:"account" doc:"Name of a person or bot."`
}

// deed is the row of what happens to all sessions of an account.
func deed(name, doc string, do func(s *stage, name string) error) spec.Func {
	return spec.Method(name, doc, func(_ *spec.Call, s *stage, in accountArgs) (spec.None, error) {
		if err := s.known(in.Account); err != nil {
			return spec.None{}, err
		}
		return spec.None{}, told(do(s, string(in.Account)))
	}).Example("sandbox:" + name + `("EchoBot")`)
}

// deeds are the rows of what happens to accounts.
var deeds = []spec.Func{
	deed("drop", "Close the connections of an account. Its clients may come back at once.", func(s *stage, name string) error { return s.server.Drop(name) }),
	deed("revoke", "End the sessions of an account: SESSION_REVOKED.", func(s *stage, name string) error { return s.server.Revoke(name) }),
	deed("forget_keys", "Forget the auth keys of an account, as a server does that has lost its memory.", func(s *stage, name string) error { return s.server.ForgetKeys(name) }),
	deed("duplicate_key", "End the sessions of an account as if their keys were used twice: AUTH_KEY_DUPLICATED.", func(s *stage, name string) error { return s.server.Duplicate(name) }),
	deed("ban", "Close an account: USER_DEACTIVATED_BAN.", func(s *stage, name string) error { return s.server.Ban(name, true) }),
	deed("unban", "Open a closed account again.", func(s *stage, name string) error { return s.server.Ban(name, false) }),
}
