package telegram

import (
	"context"

	"github.com/gotd/td/tgerr"
)

// Close answers the query with nothing if nobody has answered it, so that the person doesn't wait.
func (q *CallbackQuery) Close(ctx context.Context) {
	if q.answered.Load() {
		return
	}
	err := q.Answer(ctx, CallbackAnswer{})
	if err != nil && ctx.Err() == nil && !tgerr.Is(err, "QUERY_ID_INVALID") { // then it was too late, or answered elsewhere
		q.Account.log.WarnContext(ctx, "a pressed button was not answered", "error", err)
	}
}
