package sandbox

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

const loginTokenLife = 30 // seconds

// loginToken is a QR code on a screen: https://core.telegram.org/api/qr-login.
type loginToken struct {
	key      keyID
	session  *wire.Session
	expires  int
	accepted *user
}

func qrMethods(t table) {
	on(t, open, (*call).exportLoginToken)
	on(t, open, (*call).importLoginToken)
	on(t, people, (*call).acceptLoginToken)
}

// exportLoginToken: https://core.telegram.org/method/auth.exportLoginToken
func (c *call) exportLoginToken(in *tg.AuthExportLoginTokenRequest) (bin.Encoder, error) {
	if err := c.app(in.APIID, in.APIHash); err != nil {
		return nil, err
	}
	for text, token := range c.loginTokens {
		switch {
		case token.expires <= c.now():
			delete(c.loginTokens, text)
		case token.key == c.key() && token.accepted != nil:
			return c.redeem(text, token)
		case token.key == c.key():
			// One code at a time: the one on the screen is replaced.
			delete(c.loginTokens, text)
		}
	}
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails
	expires := c.now() + loginTokenLife
	c.loginTokens[string(raw)] = &loginToken{key: c.key(), session: c.session, expires: expires}
	return &tg.AuthLoginToken{Expires: expires, Token: raw}, nil
}

// redeem turns an accepted code into a sign-in, here or at the account's own data centre.
func (c *call) redeem(text string, token *loginToken) (bin.Encoder, error) {
	u := token.accepted
	if u.dc != c.dc.id {
		return &tg.AuthLoginTokenMigrateTo{DCID: u.dc, Token: []byte(text)}, nil
	}
	delete(c.loginTokens, text)
	answer, err := c.signedIn(u)
	if err != nil {
		return nil, err
	}
	return &tg.AuthLoginTokenSuccess{Authorization: answer}, nil
}

// importLoginToken: https://core.telegram.org/method/auth.importLoginToken
func (c *call) importLoginToken(in *tg.AuthImportLoginTokenRequest) (bin.Encoder, error) {
	token := c.loginTokens[string(in.Token)]
	switch {
	case token == nil:
		return nil, bad("AUTH_TOKEN_INVALID")
	case token.expires <= c.now():
		return nil, bad("AUTH_TOKEN_EXPIRED")
	case token.accepted == nil:
		return nil, bad("AUTH_TOKEN_INVALID")
	}
	return c.redeem(string(in.Token), token)
}

// acceptLoginToken: https://core.telegram.org/method/auth.acceptLoginToken
func (c *call) acceptLoginToken(in *tg.AuthAcceptLoginTokenRequest) (bin.Encoder, error) {
	token, err := c.accept(c.me, string(in.Token))
	if err != nil {
		return nil, err
	}
	return &tg.Authorization{
		Hash: c.freshInt64(), APIID: c.seed.APIID, AppName: appName, DeviceModel: device(token.session),
		DateCreated: c.now(), DateActive: c.now(), IP: "127.0.0.1", PasswordPending: c.me.password != nil,
	}, nil
}

// accept lets whoever shows a code in as u, and tells them to ask for it.
func (s *Server) accept(u *user, text string) (*loginToken, error) {
	token := s.loginTokens[text]
	switch {
	case token == nil:
		return nil, bad("AUTH_TOKEN_INVALID")
	case token.expires <= s.now():
		return nil, bad("AUTH_TOKEN_EXPIRED")
	case token.accepted != nil:
		return nil, bad("AUTH_TOKEN_ALREADY_ACCEPTED")
	case u.banned:
		return nil, tgerr.New(401, "USER_DEACTIVATED_BAN")
	}
	token.accepted = u
	// If the session is gone the client asks again by itself.
	s.tell(token.session, &tg.UpdateShort{Update: &tg.UpdateLoginToken{}, Date: s.now()})
	return token, nil
}

// AcceptLogin lets the client that shows this QR code in, as scanning it does. link is the whole
// tg://login?token=… link.
func (p *Person) AcceptLogin(link string) error {
	_, encoded, found := strings.Cut(link, "token=")
	if !found {
		return fmt.Errorf("read login link: no token in %q", link)
	}
	raw, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(encoded, "="))
	if err != nil {
		return fmt.Errorf("read login link: %w", err)
	}
	return p.act(func(u *user) error {
		if _, err := p.server.accept(u, string(raw)); err != nil {
			return fmt.Errorf("accept login: %w", err)
		}
		return nil
	})
}

func device(session *wire.Session) string {
	if init := session.Init(); init != nil {
		return init.DeviceModel
	}
	return ""
}
