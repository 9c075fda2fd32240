package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// Profile is what is changed of the account's profile; nil fields stay.
type Profile struct{ FirstName, LastName, About *string }

// UpdateProfile changes what others see of the account.
func (a *Account) UpdateProfile(ctx context.Context, p Profile) (*User, error) {
	request := &tg.AccountUpdateProfileRequest{}
	if p.FirstName != nil {
		request.SetFirstName(*p.FirstName)
	}
	if p.LastName != nil {
		request.SetLastName(*p.LastName)
	}
	if p.About != nil {
		request.SetAbout(*p.About)
	}
	answer, err := a.API().AccountUpdateProfile(ctx, request)
	if err != nil {
		return nil, fmt.Errorf("update profile: %w", err)
	}
	return a.changedSelf(answer), nil
}

// UpdateUsername changes the account's user name; "" takes it away.
func (a *Account) UpdateUsername(ctx context.Context, name string) (*User, error) {
	answer, err := a.API().AccountUpdateUsername(ctx, name)
	if err != nil {
		return nil, fmt.Errorf("update user name: %w", err)
	}
	return a.changedSelf(answer), nil
}

// changedSelf is the account as Telegram describes it after a change.
func (a *Account) changedSelf(answer tg.UserClass) *User {
	user, ok := answer.(*tg.User)
	if !ok {
		return a.Self()
	}
	a.peers.learn([]tg.UserClass{user}, nil)
	self := &User{user}
	a.setSelf(self)
	return self
}

// SetOnline shows the account as online, or as it is when nobody uses it. Telegram lets that lapse after some minutes.
func (a *Account) SetOnline(ctx context.Context, on bool) error {
	if _, err := a.API().AccountUpdateStatus(ctx, !on); err != nil {
		return fmt.Errorf("set status: %w", err)
	}
	return nil
}

// SetEmojiStatus shows a custom emoji beside the account's name, until a time if that isn't zero; 0 takes it away. It
// needs Telegram Premium.
func (a *Account) SetEmojiStatus(ctx context.Context, emoji int64, until time.Time) error {
	var status tg.EmojiStatusClass = &tg.EmojiStatusEmpty{}
	if emoji != 0 {
		shown := &tg.EmojiStatus{DocumentID: emoji}
		if !until.IsZero() {
			shown.SetUntil(int(until.Unix()))
		}
		status = shown
	}
	if _, err := a.API().AccountUpdateEmojiStatus(ctx, status); err != nil {
		return fmt.Errorf("set emoji status: %w", err)
	}
	return nil
}

// Birthday is a day of birth. The year may be 0.
type Birthday struct{ Day, Month, Year int }

// SetBirthday tells the account's birthday to those who may see it; nil takes it away.
func (a *Account) SetBirthday(ctx context.Context, b *Birthday) error {
	request := &tg.AccountUpdateBirthdayRequest{}
	if b != nil {
		day := tg.Birthday{Day: b.Day, Month: b.Month}
		if b.Year != 0 {
			day.SetYear(b.Year)
		}
		request.SetBirthday(day)
	}
	if _, err := a.API().AccountUpdateBirthday(ctx, request); err != nil {
		return fmt.Errorf("set birthday: %w", err)
	}
	return nil
}

// Colour is how the account's name, or its profile, is coloured.
type Colour struct {
	ID    int   // of Telegram's palette, from 0; less than 0 for the usual one
	Emoji int64 // custom emoji of the pattern behind it; 0 for none
}

// SetColour colours the account's name in chats or, with profile, its profile. All but the first seven colours need
// Telegram Premium.
func (a *Account) SetColour(ctx context.Context, c Colour, profile bool) error {
	request := &tg.AccountUpdateColorRequest{ForProfile: profile}
	if c.ID >= 0 || c.Emoji != 0 {
		colour := &tg.PeerColor{}
		if c.ID >= 0 {
			colour.SetColor(c.ID)
		}
		if c.Emoji != 0 {
			colour.SetBackgroundEmojiID(c.Emoji)
		}
		request.SetColor(colour)
	}
	if _, err := a.API().AccountUpdateColor(ctx, request); err != nil {
		return fmt.Errorf("set colour: %w", err)
	}
	return nil
}
