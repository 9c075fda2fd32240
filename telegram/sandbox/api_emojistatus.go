package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func emojiStatusMethods(t table) {
	on(t, people, (*call).updateEmojiStatus)
	on(t, people, (*call).confirmPasswordEmail)
}

// updateEmojiStatus: https://core.telegram.org/method/account.updateEmojiStatus. Nobody has a premium account.
func (c *call) updateEmojiStatus(in *tg.AccountUpdateEmojiStatusRequest) (bin.Encoder, error) {
	if _, none := in.EmojiStatus.(*tg.EmojiStatusEmpty); !none {
		return nil, forbidden("PREMIUM_ACCOUNT_REQUIRED")
	}
	return yes()
}

// confirmPasswordEmail: https://core.telegram.org/method/account.confirmPasswordEmail. Addresses need no confirmation
// here, so that there is none to confirm.
func (c *call) confirmPasswordEmail(*tg.AccountConfirmPasswordEmailRequest) (bin.Encoder, error) {
	return nil, bad("EMAIL_HASH_EXPIRED")
}
