package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func ownerMethods(t table) {
	on(t, people|unlocked, (*call).editChatCreator)
	within(t, 0, toDelete, (*call).deleteParticipantHistory)
	within(t, people, toSee, (*call).getOnlines)
}

// editChatCreator gives a chat to another member, who must know nothing for it; the caller must
// know the password.
//
// See https://core.telegram.org/method/messages.editChatCreator.
func (c *call) editChatCreator(in *tg.MessagesEditChatCreatorRequest) (bin.Encoder, error) {
	c.enter()
	missing := c.me.password == nil
	c.mu.Unlock()
	if missing {
		return nil, bad("PASSWORD_MISSING")
	}
	if err := c.proven(in.Password); err != nil {
		return nil, err
	}
	return c.lastly(func() (bin.Encoder, error) { return c.hand(in) })
}

// hand makes another member the owner, once the caller has proved who it is.
func (c *call) hand(in *tg.MessagesEditChatCreatorRequest) (bin.Encoder, error) {
	ch, err := c.chatMeant(in)
	if err != nil {
		return nil, err
	}
	if err := c.may(c.me, ch, toOwn); err != nil {
		return nil, err
	}
	u, err := c.user(in.UserID)
	if err != nil {
		return nil, err
	}
	next := ch.byUser[u.id]
	switch {
	case next == nil:
		return nil, bad("USER_NOT_PARTICIPANT")
	case u == c.me || u.bot:
		return nil, bad("USER_ID_INVALID")
	}
	was := ch.byUser[c.me.id]
	ch.links() // the first link was the old creator's
	c.watched(ch, u, nil, func() {
		ch.creator = u.id
		next.standing = standing{Rank: next.Rank, Link: next.Link, ApprovedBy: next.ApprovedBy, Since: next.Since}
		was.Rights, was.PromotedBy = allRights(), u.id
	})
	return c.answer(c.changed(ch)), nil
}

// deleteParticipantHistory: https://core.telegram.org/method/channels.deleteParticipantHistory
func (c *call) deleteParticipantHistory(ch *chat, in *tg.ChannelsDeleteParticipantHistoryRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Participant)
	switch {
	case err != nil || p.kind != peerUser:
		return nil, bad("PARTICIPANT_ID_INVALID")
	case ch.broadcast():
		return nil, bad("CHANNEL_INVALID")
	}
	var list []int
	for _, id := range ch.ids {
		if ch.box.records[id].author == p.id {
			list = append(list, id)
		}
	}
	count := c.removeFromChannel(c.me, ch, list, c.session)
	return &tg.MessagesAffectedHistory{Pts: ch.box.pts, PtsCount: count}, nil
}

// getOnlines: https://core.telegram.org/method/messages.getOnlines
func (c *call) getOnlines(ch *chat, _ *tg.MessagesGetOnlinesRequest) (bin.Encoder, error) {
	answer := &tg.ChatOnlines{}
	for _, m := range ch.members {
		if m.user.online > c.today {
			answer.Onlines++
		}
	}
	return answer, nil
}
