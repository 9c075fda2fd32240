package bindings

import (
	"context"
	"reflect"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// guard says whether the script may call methods that could give the account away.
func guard(c *spec.Call, methods ...string) error {
	for _, method := range methods {
		if err := mayCall(envOf(c).Allow, method); err != nil {
			return err
		}
	}
	return nil
}

// login is where the account is signed in, as scripts see it.
type login struct {
	*tg.Authorization
	account *telegram.Account
}

// loginClass is the class Session.
var loginClass = spec.Class{
	Name: "Session", Call: "session", Go: reflect.TypeFor[*login](),
	Doc: "A device on which the account is signed in.",
	Text: func(v any) string {
		s := v.(*login)
		return "Session(" + s.AppName + " on " + s.DeviceModel + ")"
	},
	Equal: func(a, b any) bool { return a.(*login).Hash == b.(*login).Hash },
	Fields: []spec.Field{
		spec.Get("hash", "What stands for it; a string, for it has 64 bits.", func(s *login) string { return strconv.FormatInt(s.Hash, 10) }),
		spec.Get("current", "The session that this script uses.", func(s *login) bool { return s.Current }),
		spec.Get("official", "An app of Telegram's own.", func(s *login) bool { return s.OfficialApp }),
		spec.Get("password_pending", "The code was right, the password is still missing.", func(s *login) bool { return s.PasswordPending }),
		spec.Get("device", "Model of the device.", func(s *login) string { return s.DeviceModel }),
		spec.Get("platform", "What it runs.", func(s *login) string { return s.Platform }).Maybe(),
		spec.Get("system", "Version of its system.", func(s *login) string { return s.SystemVersion }),
		spec.Get("app", "Name of the app.", func(s *login) string { return s.AppName }),
		spec.Get("app_version", "Version of the app.", func(s *login) string { return s.AppVersion }),
		spec.Get("api_id", "Application id of the app.", func(s *login) int { return s.APIID }),
		spec.Get("created", "When it was signed in: seconds since 1970.", func(s *login) int { return s.DateCreated }),
		spec.Get("active", "When it was last used: seconds since 1970.", func(s *login) int { return s.DateActive }),
		spec.Get("ip", "Its address when it was last used.", func(s *login) string { return s.IP }),
		spec.Get("country", "Where that is.", func(s *login) string { return s.Country }),
		spec.Get("raw", "The session as Telegram describes it.", func(s *login) *object { return objectOf(s.Authorization) }).OutOfTable(),
	},
	Methods: []spec.Func{
		spec.Method("terminate", "Sign the device out. Telegram refuses that to a session that is younger than a day.",
			func(c *spec.Call, s *login, _ spec.None) (spec.None, error) {
				if err := guard(c, "account.resetAuthorization"); err != nil {
					return spec.None{}, err
				}
				return spec.None{}, s.account.EndLogin(c, s.Hash)
			},
		).Raises("PERMISSION_DENIED", "FRESH_RESET_AUTHORISATION_FORBIDDEN", "HASH_INVALID").Example(`for _, session in ipairs(client:get_sessions()) do
  if session.app == "Unknown" then session:terminate() end
end`),
	},
}

var getSessions = spec.Method("get_sessions", "List where the account is signed in; this session comes first. The config has to allow it.",
	func(c *spec.Call, cl *client, _ spec.None) ([]*login, error) {
		if err := guard(c, "account.getAuthorizations"); err != nil {
			return nil, err
		}
		list, err := cl.account.Logins(c)
		sessions := make([]*login, len(list))
		for i := range list {
			sessions[i] = &login{&list[i], cl.account}
		}
		return sessions, err
	},
).Raises("PERMISSION_DENIED").Example(`for _, session in ipairs(client:get_sessions()) do
  print(session.device, session.app, session.country, os.date("%c", session.active))
end`)

var terminateOthers = spec.Method("terminate_other_sessions", "Sign every device out but this one. The config has to allow it.",
	func(c *spec.Call, cl *client, _ spec.None) (spec.None, error) {
		if err := guard(c, "auth.resetAuthorizations"); err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.EndOtherLogins(c)
	},
).Raises("PERMISSION_DENIED", "FRESH_RESET_AUTHORISATION_FORBIDDEN").Example(`client:terminate_other_sessions()`)

type acceptLoginArgs struct {
	Link string `lua:"link" doc:"What the QR code says: tg://login?token=..."`
}

var acceptLogin = spec.Method("accept_qr_login", "Let a device sign in that shows a QR code. It gets the whole account, so the config has to allow it.",
	func(c *spec.Call, cl *client, in acceptLoginArgs) (*login, error) {
		if err := guard(c, "auth.acceptLoginToken"); err != nil {
			return nil, err
		}
		accepted, err := cl.account.AcceptLogin(c, in.Link)
		if err != nil {
			return nil, err
		}
		return &login{accepted, cl.account}, nil
	},
).Raises("PERMISSION_DENIED", "AUTH_TOKEN_INVALID", "AUTH_TOKEN_EXPIRED").Example(`print(client:accept_qr_login("tg://login?token=abc").device)`)

var logOut = spec.Method("log_out", "End the account's session at Telegram and remove it here. The script ends with it; the config has to allow it.",
	func(c *spec.Call, cl *client, _ spec.None) (spec.None, error) {
		if err := guard(c, "auth.logOut"); err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.LogOut(c)
	},
).Raises("PERMISSION_DENIED").Example(`client:log_out()`)

var getTTL = spec.Method("get_account_ttl", "After how many days without use the account deletes itself.",
	func(c *spec.Call, cl *client, _ spec.None) (int, error) { return cl.account.AccountTTL(c) },
).Example(`print(client:get_account_ttl() .. " days")`)

type ttlArgs struct {
	Days int `lua:"days" doc:"From 30 on."`
}

var setTTL = spec.Method("set_account_ttl", "Change after how many days without use the account deletes itself. The config has to allow it.",
	func(c *spec.Call, cl *client, in ttlArgs) (spec.None, error) {
		if err := guard(c, "account.setAccountTTL"); err != nil {
			return spec.None{}, err
		}
		return spec.None{}, cl.account.SetAccountTTL(c, in.Days)
	},
).Raises("PERMISSION_DENIED", "TTL_DAYS_INVALID").Example(`client:set_account_ttl(365)`)

type changePhoneArgs struct {
	Phone string        `lua:"phone" doc:"The new number."`
	Code  spec.Callback `lua:"code" type:"fun(): string" doc:"Called for the code that Telegram sends to it."`
}

var changePhone = spec.Method("change_phone", "Move the account to another number. The config has to allow it.",
	func(c *spec.Call, cl *client, in changePhoneArgs) (*peer, error) {
		if err := guard(c, "account.sendChangePhoneCode", "account.changePhone"); err != nil {
			return nil, err
		}
		me, err := cl.account.ChangePhone(c, in.Phone, func(context.Context) (string, error) { return typed(c, in.Code) })
		return userPeer(me), err
	},
).Raises("PERMISSION_DENIED", "PHONE_NUMBER_OCCUPIED", "PHONE_CODE_INVALID").Example(`client:on("message", { from = "@me", pattern = "^move to (%S+)" }, function(event)
  client:change_phone(event.matches[1], function() return event:ask("The code?").raw_text end)
end)`)

// typed asks a script for a code, which it may give as text or as a number.
func typed(c *spec.Call, ask spec.Callback, args ...any) (string, error) {
	answer, err := ask.Call(c, args...)
	if err != nil {
		return "", err
	}
	switch answer := answer.(type) {
	case string:
		return answer, nil
	case float64:
		return strconv.FormatFloat(answer, 'f', -1, 64), nil
	}
	return "", &spec.ArgumentError{Place: "what the function returned", Problem: "a code expected"}
}
