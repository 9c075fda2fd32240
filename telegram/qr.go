package telegram

import (
	"context"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// refreshAhead is how long before its end a QR code is replaced.
const refreshAhead = 2 * time.Second

// SignInQR signs a user in by showing a QR code of a tg://login link to a phone that is signed in
// already. show is called again with a new link each time the old one is about to expire. ask is only
// needed for two-step verification. https://core.telegram.org/api/qr-login
func (a *Account) SignInQR(ctx context.Context, show func(url string, expires time.Time) error, ask Prompter) (*User, error) {
	return a.signIn(ctx, ask, func(ctx context.Context) (*tg.User, error) {
		user, err := a.scan(ctx, show)
		if isHalfway(err) {
			return a.enterPassword(ctx, ask)
		}
		return user, err
	})
}

// scan shows codes until one is scanned.
func (a *Account) scan(ctx context.Context, show func(url string, expires time.Time) error) (*tg.User, error) {
	for {
		answer, err := a.exportToken(ctx)
		if rpc, ok := asRPC(err); ok && rpc.IsOneOf("AUTH_TOKEN_EXPIRED", "AUTH_TOKEN_INVALID") {
			continue
		}
		if err != nil {
			return nil, err
		}
		switch answer := answer.(type) {
		case *tg.AuthLoginToken:
			expires := time.Unix(int64(answer.Expires), 0)
			url := "tg://login?token=" + base64.RawURLEncoding.EncodeToString(answer.Token)
			if err := show(url, expires); err != nil {
				return nil, fmt.Errorf("show QR code: %w", err)
			}
			if err := a.waitForScan(ctx, expires.Sub(a.clock.Now())-refreshAhead); err != nil {
				return nil, err
			}
		case *tg.AuthLoginTokenSuccess:
			return authorized(answer.Authorization)
		default:
			return nil, fmt.Errorf("unexpected answer %T", answer)
		}
	}
}

// exportToken asks for the present token, and follows it to another data center.
func (a *Account) exportToken(ctx context.Context) (tg.AuthLoginTokenClass, error) {
	answer, err := a.api.AuthExportLoginToken(ctx, &tg.AuthExportLoginTokenRequest{APIID: a.opts.APIID, APIHash: a.opts.APIHash})
	for moves := 0; err == nil && moves < 3; moves++ {
		move, ok := answer.(*tg.AuthLoginTokenMigrateTo)
		if !ok {
			return answer, nil
		}
		c, err := a.current()
		if err != nil {
			return nil, err
		}
		if err := a.moveTo(ctx, c, move.DCID); err != nil {
			return nil, fmt.Errorf("move to data center %d: %w", move.DCID, err)
		}
		if answer, err = a.api.AuthImportLoginToken(ctx, move.Token); err != nil {
			return nil, err
		}
	}
	return answer, err
}

// waitForScan waits until Telegram says that the code was scanned, or until it is time for a new one.
func (a *Account) waitForScan(ctx context.Context, limit time.Duration) error {
	timer := time.NewTimer(max(limit, time.Second))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return context.Cause(ctx)
	case <-timer.C:
	case <-a.loginQR:
	}
	return nil
}

// noticeLogin looks for the news that a QR code was scanned.
func (a *Account) noticeLogin(u tg.UpdatesClass) {
	var updates []tg.UpdateClass
	switch u := u.(type) {
	case *tg.UpdateShort:
		updates = []tg.UpdateClass{u.Update}
	case *tg.Updates:
		updates = u.Updates
	case *tg.UpdatesCombined:
		updates = u.Updates
	}
	for _, update := range updates {
		if _, ok := update.(*tg.UpdateLoginToken); ok {
			select {
			case a.loginQR <- struct{}{}:
			default: // one waits already
			}
		}
	}
}
