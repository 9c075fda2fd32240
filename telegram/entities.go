package telegram

import (
	"context"

	"github.com/gotd/td/tg"
)

// entities makes formatting ready to be sent: people that are mentioned without a user name have to
// be addressed. One who isn't known stays in the text, without the link.
func (a *Account) entities(ctx context.Context, entities []tg.MessageEntityClass) []tg.MessageEntityClass {
	for i, e := range entities {
		if _, ok := e.(*tg.MessageEntityMentionName); ok {
			return a.withMentions(ctx, entities, i)
		}
	}
	return entities
}

func (a *Account) withMentions(ctx context.Context, entities []tg.MessageEntityClass, first int) []tg.MessageEntityClass {
	ready := append(make([]tg.MessageEntityClass, 0, len(entities)), entities[:first]...)
	for _, e := range entities[first:] {
		mention, ok := e.(*tg.MessageEntityMentionName)
		if !ok {
			ready = append(ready, e)
			continue
		}
		peer, err := a.resolveID(ctx, mention.UserID)
		user, ok := peer.inputUser()
		if err != nil || !ok {
			a.log.DebugContext(ctx, "mentioned user is unknown, the link is left out", "user", mention.UserID)
			continue
		}
		ready = append(ready, &tg.InputMessageEntityMentionName{Offset: mention.Offset, Length: mention.Length, UserID: user})
	}
	return ready
}
