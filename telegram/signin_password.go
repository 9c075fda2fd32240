package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// enterPassword is two-step verification: https://core.telegram.org/api/srp
func (a *Account) enterPassword(ctx context.Context, ask Prompter) (*tg.User, error) {
	if ask == nil {
		return nil, fmt.Errorf("ask for the password: %w", ErrNeedsLogin)
	}
	last := ""
	for tries, blanks := 0, 0; ; {
		challenge, err := a.api.AccountGetPassword(ctx)
		if err != nil {
			return nil, err
		}
		password, err := ask.Password(ctx, PasswordAsked{Hint: challenge.Hint, Attempt: tries + 1, LastError: last})
		if err != nil {
			return nil, fmt.Errorf("ask for the password: %w", err)
		}
		if password == "" {
			if blanks++; blanks > patience {
				return nil, fmt.Errorf("ask for the password: %w", errNoInput)
			}
			last = "Nothing was entered."
			continue
		}
		answer, err := a.checkPassword(ctx, challenge, password)
		if err == nil {
			return authorized(answer)
		}
		rpc, ok := asRPC(err)
		switch {
		case ok && rpc.IsType("PASSWORD_HASH_INVALID"):
			if tries++; tries >= a.opts.tries() {
				return nil, err
			}
			last = signInProblem(rpc.Type, rpc).Error()
		case ok && rpc.IsType("SRP_ID_INVALID") && blanks <= patience:
			blanks++ // the challenge was stale; the next round has a new one
			last = "Telegram wants the password once more."
		default:
			return nil, err
		}
	}
}

// checkPassword proves that we know the password without sending it.
func (a *Account) checkPassword(ctx context.Context, challenge *tg.AccountPassword, password string) (tg.AuthAuthorizationClass, error) {
	proof, err := proofOf(challenge, password)
	if err != nil {
		return nil, err
	}
	return a.restarting(ctx, func() (tg.AuthAuthorizationClass, error) {
		return a.api.AuthCheckPassword(ctx, proof)
	})
}
