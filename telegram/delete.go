package telegram

import "context"

// DeleteOptions say how messages are deleted.
type DeleteOptions struct {
	KeepForOthers bool // only for this account, where Telegram allows that
}

// Delete deletes messages and returns how many Telegram says it deleted.
func (a *Account) Delete(ctx context.Context, chat Target, ids []int, opts DeleteOptions) (int, error) {
	panic("delete")
}
