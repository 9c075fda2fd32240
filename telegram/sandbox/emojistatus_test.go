package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestEmojiStatusNeedsPremium(t *testing.T) {
	s := serve(t, Options{})
	alice := enter(t, s, "alice")
	set := func(status tg.EmojiStatusClass) error {
		return second(alice.api.AccountUpdateEmojiStatus(t.Context(), status))
	}
	if err := set(&tg.EmojiStatusEmpty{}); err != nil {
		t.Error(err)
	}
	wantError(t, set(&tg.EmojiStatus{DocumentID: 1}), "PREMIUM_ACCOUNT_REQUIRED")
	wantError(t, second(alice.api.AccountConfirmPasswordEmail(t.Context(), "12345")), "EMAIL_HASH_EXPIRED")
}
