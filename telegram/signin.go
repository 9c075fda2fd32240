package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// Prompter asks the person who signs in. Each method may block until ctx ends.
type Prompter interface {
	Phone(ctx context.Context) (string, error)
	Code(ctx context.Context, sent CodeSent) (string, error) // returning ErrResend asks Telegram for another code
	Password(ctx context.Context, asked PasswordAsked) (string, error)
	Notice(ctx context.Context, message string)
}

// Presence may be implemented by a Prompter that can know beforehand that nobody will answer. It is asked before a
// session is given up and before a code is sent: Telegram blocks a number that has too many codes sent.
type Presence interface {
	Present() error // why nobody will answer
}

// ErrResend is what a Prompter returns from Code to have the code sent again, another way.
var ErrResend = errors.New("resend the code")

// CodeSent says how the code travels.
type CodeSent struct {
	Phone     string
	Where     string        // "in the Telegram app on another device", "by SMS" ...
	Length    int           // digits; 0 if unknown
	Next      string        // the way that a resend would take; "" if there is none
	Timeout   time.Duration // how long Telegram wants us to wait before a resend
	Attempt   int           // 1 for the first
	LastError string        // why the last attempt failed; "" for the first
}

// PasswordAsked comes with each request for the two-step verification password.
type PasswordAsked struct {
	Hint      string
	Attempt   int
	LastError string
}

const defaultTries = 3

func (o Options) tries() int {
	if o.Tries > 0 {
		return o.Tries
	}
	return defaultTries
}

// SignIn makes sure that the account is signed in, within Run: a session that is signed in already is
// used as it is; otherwise the bot token or the phone dialogue of the options signs in. A session
// that belongs to another account than the options say is refused with *WrongAccountError. Without
// ask, a user whose session is not signed in gets ErrNeedsLogin or *AccountLostError.
func (a *Account) SignIn(ctx context.Context, ask Prompter) (*User, error) {
	return a.signIn(ctx, ask, func(ctx context.Context) (*tg.User, error) {
		switch {
		case a.opts.BotToken != "":
			return a.signInBot(ctx)
		case ask == nil:
			return nil, ErrNeedsLogin
		default:
			return a.signInPhone(ctx, ask)
		}
	})
}

// signIn is what all ways to sign in have in common; way is followed if the session isn't signed in.
func (a *Account) signIn(ctx context.Context, ask Prompter, way func(ctx context.Context) (*tg.User, error)) (*User, error) {
	c, err := a.current()
	if err != nil {
		return nil, fmt.Errorf("sign in account %s: %w", a.opts.Name, err)
	}
	user, err := a.whoAmI(ctx)
	lost := a.lostError(err)
	if lost != nil || isHalfway(err) {
		if err := a.present(ask, lost); err != nil {
			return nil, fmt.Errorf("sign in account %s: %w", a.opts.Name, err)
		}
	}
	if lost != nil {
		if err := a.makeRoom(ctx, c, ask, lost); err != nil {
			return nil, err
		}
	}
	if lost != nil || isHalfway(err) {
		a.vault.setReplacing(true)
		user, err = way(ctx)
		a.vault.setReplacing(false)
	}
	if err != nil {
		return nil, fmt.Errorf("sign in account %s: %w", a.opts.Name, explainSignIn(err))
	}
	if err := a.rightAccount(user); err != nil {
		return nil, fmt.Errorf("sign in account %s: %w", a.opts.Name, err)
	}
	return a.arrive(ctx, c, &User{user})
}

// isHalfway tells a key with which a code was accepted, and no password yet: an earlier sign-in was broken off there.
func isHalfway(err error) bool {
	rpc, ok := asRPC(err)
	return ok && rpc.IsType("SESSION_PASSWORD_NEEDED")
}

// present says why nobody is there to sign in; a bot needs nobody. Of a session that was signed in it says why it
// is of no use any more.
func (a *Account) present(ask Prompter, lost *AccountLostError) error {
	p, ok := ask.(Presence)
	if !ok || a.opts.BotToken != "" {
		return nil
	}
	err := p.Present()
	if err != nil && lost != nil && a.vault.snapshot().precious() {
		return lost
	}
	return err
}

// whoAmI asks Telegram whose session this is.
func (a *Account) whoAmI(ctx context.Context) (*tg.User, error) {
	users, err := a.api.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}})
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		if user, ok := u.(*tg.User); ok {
			return user, nil
		}
	}
	return nil, errors.New("no answer to who is signed in")
}

// makeRoom gets a new key in place of one that was signed in and is no more. That needs somebody who
// signs in, since the old session is out of the way then.
func (a *Account) makeRoom(ctx context.Context, c *control, ask Prompter, lost *AccountLostError) error {
	stored := a.vault.snapshot()
	fresh := stored == nil || !stored.precious() && lost.Reason == LostUnregistered
	nobody := ask == nil && a.opts.BotToken == ""
	final := lost.Reason == LostBanned || lost.Reason == LostDeleted
	switch {
	case fresh && (nobody || stored != nil && !a.isUnusable()):
		return nil // as it should be
	case fresh: // logged out in this Run, or refused from the start
		return a.moveTo(ctx, c, 0)
	case final || nobody:
		return lost
	}
	if ask != nil {
		ask.Notice(ctx, lost.Error())
	}
	a.log.WarnContext(ctx, "signing in anew", "reason", string(lost.Reason))
	return a.moveTo(ctx, c, 0)
}

// moveTo has a new key made at a data center, 0 for the present one, and waits for the link with it.
func (a *Account) moveTo(ctx context.Context, c *control, dc int) error {
	a.mu.Lock()
	present := a.link
	a.mu.Unlock()
	old := a.vault.snapshot()
	a.setUnusable(nil, nil)
	select {
	case c.orders <- order{of: old, dc: dc}:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	return a.waitBeyond(ctx, present, old)
}

// arrive is the end of each sign-in.
func (a *Account) arrive(ctx context.Context, c *control, user *User) (*User, error) {
	if err := a.vault.own(owner{ID: user.ID, Name: user.DisplayName(), Phone: user.Phone, Bot: user.Bot}); err != nil {
		return nil, fmt.Errorf("sign in account %s: %w", a.opts.Name, err)
	}
	a.setSelf(user)
	s := signed{self: user, reply: make(chan error, 1)}
	select {
	case c.signed <- s:
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	select {
	case err := <-s.reply:
		if err != nil {
			return nil, fmt.Errorf("start the events of account %s: %w", a.opts.Name, err)
		}
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
	a.log.InfoContext(ctx, "signed in", "user", user.DisplayName(), "id", user.ID)
	return user, nil
}

// rightAccount compares who is signed in with what the options want.
func (a *Account) rightAccount(have *tg.User) error {
	switch {
	case a.opts.BotToken != "":
		id, _, _ := strings.Cut(a.opts.BotToken, ":")
		if !have.Bot || id != strconv.FormatInt(have.ID, 10) {
			return &WrongAccountError{Want: "the bot " + id, Have: describe(have)}
		}
	case a.opts.Phone != "":
		if have.Bot || (have.Phone != "" && digits(have.Phone) != digits(a.opts.Phone)) {
			return &WrongAccountError{Want: "the number " + maskPhone(a.opts.Phone), Have: describe(have)}
		}
	}
	return nil
}

// describe names a user for an error.
func describe(u *tg.User) string {
	what := "the user "
	if u.Bot {
		what = "the bot "
	}
	what += (&User{u}).DisplayName()
	if u.Username != "" {
		what += " (@" + u.Username + ")"
	}
	return what + " with id " + strconv.FormatInt(u.ID, 10)
}

// maskPhone leaves as much of a number as its owner needs to know it by.
func maskPhone(phone string) string {
	d := digits(phone)
	if len(d) < 6 {
		return "+" + strings.Repeat("*", len(d))
	}
	return "+" + d[:2] + strings.Repeat("*", len(d)-4) + d[len(d)-2:]
}

// digits leaves the digits of what somebody has typed.
func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

func (a *Account) signInBot(ctx context.Context) (*tg.User, error) {
	answer, err := a.restarting(ctx, func() (tg.AuthAuthorizationClass, error) {
		return a.api.AuthImportBotAuthorization(ctx, &tg.AuthImportBotAuthorizationRequest{
			APIID: a.opts.APIID, APIHash: a.opts.APIHash, BotAuthToken: a.opts.BotToken,
		})
	})
	if err != nil {
		return nil, err
	}
	return authorized(answer)
}

// restarting repeats a step of a sign-in that Telegram wants to start again.
func (a *Account) restarting(ctx context.Context, step func() (tg.AuthAuthorizationClass, error)) (tg.AuthAuthorizationClass, error) {
	const limit = 3
	for n := 0; ; n++ {
		answer, err := step()
		if rpc, ok := asRPC(err); ok && rpc.IsType("AUTH_RESTART") && n < limit {
			if err := a.tune.sleep(ctx, time.Second<<n); err != nil {
				return nil, err
			}
			continue
		}
		return answer, err
	}
}

// authorized is the user of a successful answer.
func authorized(answer tg.AuthAuthorizationClass) (*tg.User, error) {
	switch answer := answer.(type) {
	case *tg.AuthAuthorization:
		if user, ok := answer.User.(*tg.User); ok {
			return user, nil
		}
		return nil, errors.New("no answer to who is signed in")
	case *tg.AuthAuthorizationSignUpRequired:
		return nil, signInProblem("PHONE_NUMBER_UNOCCUPIED", nil)
	default:
		return nil, fmt.Errorf("unexpected answer %T", answer)
	}
}
