package telegram

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// TransferChat gives a supergroup or channel of this account to another member, for good. Telegram wants the
// account's two-step verification password for it: without one it fails with ErrPasswordWanted, and with ErrNoPassword
// where the account has none. https://core.telegram.org/method/channels.editCreator
func (a *Account) TransferChat(ctx context.Context, chat, to Target, password string) error {
	_, user, err := a.resolveUser(ctx, to)
	if err != nil {
		return fmt.Errorf("transfer chat: %w", err)
	}
	return a.inAnyChat(ctx, "transfer chat", chat, func(peer Peer) error {
		proof, err := a.passwordProof(ctx, password)
		if err != nil {
			return err
		}
		_, err = a.API().MessagesEditChatCreator(ctx, &tg.MessagesEditChatCreatorRequest{Peer: peer.Input, UserID: user, Password: proof})
		return err
	})
}
