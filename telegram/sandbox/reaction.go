package sandbox

import (
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// reaction is what one user put below a message.
type reaction struct {
	user     int64
	emoticon string // or the key of a custom emoji
	date     int
	big      bool
	unread   bool // by the message's author
}

// allowedReactions are those that everybody has: https://core.telegram.org/api/reactions.
var allowedReactions = []string{
	"👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴",
	"😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻",
	"👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊",
	"🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡",
}

// shownReactions counts reactions as viewer sees them: in the order in which each came first.
func shownReactions(viewer *user, r *record, list []reaction) tg.MessageReactions {
	// Who reacted can be seen but in channels, whose readers are nobody's business.
	named := !r.post.extra.hidden
	out := tg.MessageReactions{CanSeeList: named}
	at := map[string]int{}
	chosen := 0
	for _, one := range list {
		i, seen := at[one.emoticon]
		if !seen {
			i = len(out.Results)
			at[one.emoticon] = i
			out.Results = append(out.Results, tg.ReactionCount{Reaction: reactionTG(one.emoticon)})
		}
		out.Results[i].Count++
		if one.user == viewer.id {
			out.Results[i].SetChosenOrder(chosen)
			chosen++
		}
	}
	slices.SortStableFunc(out.Results, func(a, b tg.ReactionCount) int { return b.Count - a.Count })
	if named {
		recent := list[max(0, len(list)-3):]
		for _, one := range slices.Backward(recent) {
			out.RecentReactions = append(out.RecentReactions, one.shown(viewer, r))
		}
	}
	return out
}

func (one reaction) shown(viewer *user, r *record) tg.MessagePeerReaction {
	return tg.MessagePeerReaction{
		Big: one.big, Unread: one.unread && r.author == viewer.id, My: one.user == viewer.id,
		PeerID: &tg.PeerUser{UserID: one.user}, Date: one.date, Reaction: reactionTG(one.emoticon),
	}
}

// react puts u's reactions below a message in place of those that were there, tells everybody who
// has the message, and returns what u is told.
func (s *Server) react(u *user, r *record, keys []string, big bool, origin *wire.Session) (tg.UpdateClass, error) {
	if _, ok := r.said(); !ok {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	if err := s.reactionsAllowed(u, r.chat, keys); err != nil {
		return nil, err
	}
	e := r.post.more()
	e.hidden = r.chat.kind == peerChannel && s.chats[r.chat].broadcast()
	var old []string
	for _, one := range e.reactions {
		if one.user == u.id {
			old = append(old, one.emoticon)
		}
	}
	if slices.Equal(old, keys) {
		return nil, bad("MESSAGE_NOT_MODIFIED")
	}
	e.reactions = slices.DeleteFunc(e.reactions, func(one reaction) bool { return one.user == u.id })
	for _, key := range keys {
		e.reactions = append(e.reactions, reaction{u.id, key, s.today, big, u.id != r.author})
	}
	s.countReaction(r)
	var answer tg.UpdateClass
	s.everyCopy(r, func(viewer *user, seen *record) {
		update := &tg.UpdateMessageReactions{Peer: seen.chat.tg(), MsgID: seen.id, Reactions: shownReactions(viewer, seen, e.reactions)}
		switch {
		case viewer == u:
			answer = update
			s.pushShort(u, origin, update)
		case viewer.bot:
			s.tellBotOfReaction(viewer, u, seen, old, keys)
		default:
			s.pushShort(viewer, nil, update)
		}
	})
	s.touched()
	return answer, nil
}

// everyCopy calls f for everybody who has a message, with the message as they have it.
func (s *Server) everyCopy(r *record, f func(viewer *user, seen *record)) {
	for _, at := range r.post.copies {
		seen := at.box.records[at.id]
		switch {
		case seen == nil:
		case at.owner != nil:
			f(at.owner, seen)
		default:
			for _, m := range s.chats[seen.chat].members {
				f(m.user, seen)
			}
		}
	}
}

// tellBotOfReaction tells a bot of a reaction in its private chats, and where it is an admin.
func (s *Server) tellBotOfReaction(bot, actor *user, r *record, old, keys []string) {
	if c := s.chats[r.chat]; actor.bot || c != nil && (!c.boss(bot.id) || c.broadcast()) {
		return
	}
	s.noteQts(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateBotMessageReaction{
			Peer: r.chat.tg(), MsgID: r.id, Date: s.today, Actor: &tg.PeerUser{UserID: actor.id},
			OldReactions: reactionsOf(old), NewReactions: reactionsOf(keys), Qts: qts,
		}
	})
}

func reactionsOf(keys []string) []tg.ReactionClass {
	var list []tg.ReactionClass
	for _, key := range keys {
		list = append(list, reactionTG(key))
	}
	return list
}

// countReaction keeps the author's list of messages with reactions that the author hasn't seen.
func (s *Server) countReaction(r *record) {
	author := s.users[r.author]
	chat, id := s.seenBy(author, r)
	if id == 0 {
		return
	}
	unread := slices.ContainsFunc(r.post.extra.reactions, func(one reaction) bool { return one.unread })
	d := author.dialog(chat)
	at, found := slices.BinarySearch(d.reacted, id)
	switch {
	case unread && !found:
		d.reacted = slices.Insert(d.reacted, at, id)
	case !unread && found:
		d.reacted = slices.Delete(d.reacted, at, at+1)
	}
}
