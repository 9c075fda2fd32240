package sandbox

import (
	"maps"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

const (
	codeLife    = 5 * 60 // seconds that a code is good for
	codeTimeout = 60     // seconds until another can be asked for
	floodWait   = 30     // seconds that a number in that trouble waits
)

// sentCode is a login code on its way: https://core.telegram.org/api/auth.
type sentCode struct {
	phone   string
	hash    string
	expires int
	tries   int
	sms     bool // sent by SMS, not to the account's own chat
	called  bool // and told in a call after that
	dead    bool
	proven  bool // the code was right, sign-up may follow
}

func authMethods(t table) {
	on(t, open, (*call).sendCode)
	on(t, open, (*call).resendCode)
	on(t, open, (*call).cancelCode)
	on(t, open, (*call).signIn)
	on(t, open, (*call).signUp)
	on(t, open, (*call).importBot)
	on(t, open, (*call).logOut)
}

func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

func (c *call) app(id int, hash string) error {
	if id != c.seed.APIID || hash != c.seed.APIHash {
		return bad("API_ID_INVALID")
	}
	return nil
}

// sendCode: https://core.telegram.org/method/auth.sendCode
func (c *call) sendCode(in *tg.AuthSendCodeRequest) (bin.Encoder, error) {
	if err := c.app(in.APIID, in.APIHash); err != nil {
		return nil, err
	}
	phone := digits(in.PhoneNumber)
	if len(phone) < 7 || len(phone) > 15 {
		return nil, bad("PHONE_NUMBER_INVALID")
	}
	switch trouble := c.seed.Numbers[phone]; trouble {
	case TroubleBanned, TroubleFlood:
		return nil, bad(string(trouble))
	case TroubleWait:
		if wait := c.waitFor(phone); wait > 0 {
			return nil, tgerr.New(420, "FLOOD_WAIT_"+strconv.Itoa(wait))
		}
	}
	u := c.phones[phone]
	if u != nil && u.dc != c.dc.id {
		if u.elsewhere {
			return nil, migrate("NETWORK", u.dc)
		}
		return nil, migrate("PHONE", u.dc)
	}
	if u != nil && u.banned {
		return nil, bad("PHONE_NUMBER_BANNED")
	}
	code := &sentCode{phone: phone, hash: c.freshHash(), sms: u == nil || !c.told(u)}
	maps.DeleteFunc(c.codes, func(_ string, old *sentCode) bool { return old.expires != 0 && old.expires < c.now() })
	c.codes[code.hash] = code
	return c.sent(code)
}

// waitFor is how many seconds a number in trouble has to wait; its time begins with the first try.
func (c *call) waitFor(phone string) int {
	until, begun := c.waits[phone]
	if !begun {
		until = c.now() + floodWait
		c.waits[phone] = until
	}
	return until - c.now()
}

// told tells whether the account has somewhere else to read a code.
func (c *call) told(u *user) bool {
	for _, a := range u.auths {
		if !a.Waiting && !a.Foreign {
			return true
		}
	}
	return false
}

// sent answers where the code went, and writes it to the account itself when that is the way.
func (c *call) sent(code *sentCode) (bin.Encoder, error) {
	code.expires = c.now() + codeLife
	answer := &tg.AuthSentCode{PhoneCodeHash: code.hash}
	answer.SetTimeout(codeTimeout)
	switch {
	case code.called:
		answer.Type = &tg.AuthSentCodeTypeCall{Length: len(c.seed.Code)}
	case code.sms:
		answer.Type = &tg.AuthSentCodeTypeSMS{Length: len(c.seed.Code)}
		answer.SetNextType(&tg.AuthCodeTypeCall{})
	default:
		answer.Type = &tg.AuthSentCodeTypeApp{Length: len(c.seed.Code)}
		answer.SetNextType(&tg.AuthCodeTypeSMS{})
		c.post(draft{
			from: c.users[serviceID], to: peer{peerUser, c.phones[code.phone].id},
			text: "Login code: " + c.seed.Code + ". Do not give this code to anyone, even if they say they are from Telegram!",
		})
	}
	c.log.Info("login code", "phone", "+"+code.phone, "code", c.seed.Code)
	return answer, nil
}

// code finds the code that a hash belongs to.
func (c *call) code(phone, hash string) (*sentCode, error) {
	if hash == "" {
		return nil, bad("PHONE_CODE_HASH_EMPTY")
	}
	code := c.codes[hash]
	if code == nil || code.phone != digits(phone) {
		return nil, bad("PHONE_CODE_EXPIRED")
	}
	return code, nil
}

// resendCode: https://core.telegram.org/method/auth.resendCode
func (c *call) resendCode(in *tg.AuthResendCodeRequest) (bin.Encoder, error) {
	code, err := c.code(in.PhoneNumber, in.PhoneCodeHash)
	if err != nil {
		return nil, err
	}
	if code.called {
		return nil, bad("SEND_CODE_UNAVAILABLE")
	}
	code.called, code.sms, code.tries, code.dead = code.sms, true, 0, false
	return c.sent(code)
}

// cancelCode: https://core.telegram.org/method/auth.cancelCode
func (c *call) cancelCode(in *tg.AuthCancelCodeRequest) (bin.Encoder, error) {
	code, err := c.code(in.PhoneNumber, in.PhoneCodeHash)
	if err != nil {
		return nil, err
	}
	delete(c.codes, code.hash)
	return yes()
}

// check spends one try of a code.
func (c *call) check(phone, hash, given string) (*sentCode, error) {
	if given == "" {
		return nil, bad("PHONE_CODE_EMPTY")
	}
	code, err := c.code(phone, hash)
	if err != nil {
		return nil, err
	}
	if c.seed.Numbers[code.phone] == TroubleExpired || code.dead || c.now() >= code.expires {
		return nil, bad("PHONE_CODE_EXPIRED")
	}
	if given != c.seed.Code {
		code.tries++
		code.dead = code.tries >= c.limits.CodeTries
		return nil, bad("PHONE_CODE_INVALID")
	}
	return code, nil
}

// signIn: https://core.telegram.org/method/auth.signIn
func (c *call) signIn(in *tg.AuthSignInRequest) (bin.Encoder, error) {
	code, err := c.check(in.PhoneNumber, in.PhoneCodeHash, in.PhoneCode)
	if err != nil {
		return nil, err
	}
	if c.seed.Numbers[code.phone] == TroubleDeactivated {
		return nil, tgerr.New(401, "USER_DEACTIVATED_BAN")
	}
	u := c.phones[code.phone]
	if u == nil {
		code.proven = true
		return &tg.AuthAuthorizationSignUpRequired{}, nil
	}
	delete(c.codes, code.hash)
	return c.signedIn(u)
}

// signUp is refused, as Telegram refuses it to clients that aren't its own.
//
// See https://core.telegram.org/method/auth.signUp.
func (c *call) signUp(in *tg.AuthSignUpRequest) (bin.Encoder, error) {
	code, err := c.code(in.PhoneNumber, in.PhoneCodeHash)
	switch {
	case err != nil:
		return nil, err
	case !code.proven:
		return nil, bad("PHONE_CODE_INVALID")
	case strings.TrimSpace(in.FirstName) == "":
		return nil, bad("FIRSTNAME_INVALID")
	case c.phones[code.phone] != nil:
		return nil, bad("PHONE_NUMBER_OCCUPIED")
	}
	return nil, tgerr.New(406, "UPDATE_APP_TO_LOGIN")
}

// importBot: https://core.telegram.org/method/auth.importBotAuthorization
func (c *call) importBot(in *tg.AuthImportBotAuthorizationRequest) (bin.Encoder, error) {
	if err := c.app(in.APIID, in.APIHash); err != nil {
		return nil, err
	}
	u := c.tokens[in.BotAuthToken]
	switch {
	case u == nil:
		return nil, bad("ACCESS_TOKEN_INVALID")
	case u.banned:
		return nil, bad("ACCESS_TOKEN_EXPIRED")
	case u.dc != c.dc.id:
		return nil, migrate("USER", u.dc)
	}
	return c.welcome(u), nil
}

// logOut works in every state of a sign-in, also while the password is still to come.
//
// See https://core.telegram.org/method/auth.logOut.
func (c *call) logOut(*tg.AuthLogOutRequest) (bin.Encoder, error) {
	if c.me == nil {
		return nil, errUnregistered()
	}
	c.unbind(c.key())
	c.keepAuthorizations()
	return &tg.AuthLoggedOut{}, nil
}
