package telegram

import (
	"context"
	"errors"
	"time"
)

// Prompter asks the person who signs in. Each method may block until ctx ends.
type Prompter interface {
	Phone(ctx context.Context) (string, error)
	Code(ctx context.Context, sent CodeSent) (string, error) // returning ErrResend asks Telegram for another code
	Password(ctx context.Context, asked PasswordAsked) (string, error)
	Notice(ctx context.Context, message string)
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

// SignIn makes sure that the account is signed in, within Run: a session that is signed in already is
// used as it is; otherwise the bot token or the phone dialogue of the options signs in. A session
// that belongs to another account than the options say is refused with *WrongAccountError.
func (a *Account) SignIn(ctx context.Context, ask Prompter) (*User, error) { panic("sign in") }

// SignInQR signs a user in by showing a QR code of a tg://login link to a phone that is signed in
// already. show is called again with a new link each time the old one expires.
func (a *Account) SignInQR(ctx context.Context, show func(url string, expires time.Time) error, ask Prompter) (*User, error) {
	panic("sign in")
}
