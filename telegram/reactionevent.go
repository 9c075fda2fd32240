package telegram

import "github.com/gotd/td/tg"

// EventReaction is a message that somebody reacted to. Its Detail is a *ReactionEvent.
const EventReaction = "reaction"

// ReactionEvent is the reactions to a message. Bots are told who did what, in chats where they are admins; people are
// told how many there are now, and who was among the last. https://core.telegram.org/api/reactions
type ReactionEvent struct {
	Happening // Sender is who reacted, for bots
	MessageID int
	Topic     int
	Date      int                      // for bots
	Old, New  []tg.ReactionClass       // of the sender, for bots
	Counts    []tg.ReactionCount       // all there are now, for people, and for bots where nobody is named
	Recent    []tg.MessagePeerReaction // for people: who was among the last
}

func reactionIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateBotMessageReaction:
		return one(EventReaction, &ReactionEvent{Happening: a.happening(u.Peer, u.Actor), MessageID: u.MsgID, Date: u.Date, Old: u.OldReactions, New: u.NewReactions})
	case *tg.UpdateBotMessageReactions:
		return one(EventReaction, &ReactionEvent{Happening: a.happening(u.Peer, nil), MessageID: u.MsgID, Date: u.Date, Counts: u.Reactions})
	case *tg.UpdateMessageReactions:
		return one(EventReaction, &ReactionEvent{
			Happening: a.happening(u.Peer, nil), MessageID: u.MsgID, Topic: u.TopMsgID,
			Counts: u.Reactions.Results, Recent: u.Reactions.RecentReactions,
		})
	}
	return nil
}
