package sandbox

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func reactionsMethods(t table) {
	on(t, 0, (*call).sendReaction)
	on(t, people, (*call).getMessagesReactions)
	on(t, people, (*call).getMessageReactionsList)
	on(t, people, (*call).getUnreadReactions)
	on(t, people, (*call).readReactions)
	on(t, people, (*call).getTopReactions)
	on(t, people, (*call).getRecentReactions)
	on(t, people, (*call).getAvailableReactions)
	on(t, people, (*call).clearRecentReactions)
	on(t, people, (*call).setDefaultReaction)
}

// record finds a message of a peer as the caller sees it.
func (c *call) record(p peer, id int) (*record, error) {
	r := c.boxOf(p).records[id]
	if r == nil || r.chat != p {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	return r, nil
}

// meant is record for a peer that the client named.
func (c *call) meant(in tg.InputPeerClass, id int) (peer, *record, error) {
	p, err := c.peer(in)
	if err != nil {
		return p, nil, err
	}
	r, err := c.record(p, id)
	return p, r, err
}

// sendReaction: https://core.telegram.org/method/messages.sendReaction
func (c *call) sendReaction(in *tg.MessagesSendReactionRequest) (bin.Encoder, error) {
	p, r, err := c.meant(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	if p.kind != peerUser && c.chats[p].byUser[c.me.id] == nil {
		return nil, forbidden("CHAT_WRITE_FORBIDDEN")
	}
	var keys []string
	for _, given := range in.Reaction {
		key, err := reactionKey(given)
		if err != nil {
			return nil, err
		}
		if key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	update, err := c.react(c.me, r, keys, in.Big, c.session)
	if err != nil {
		return nil, err
	}
	if in.AddToRecent {
		c.me.prefs.reacted(keys)
	}
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{update}), nil
}

// plainEmoji leaves out the selector that asks for a coloured picture: with it and without it an
// emoji is the same reaction.
func plainEmoji(s string) string {
	return string(slices.DeleteFunc([]rune(s), func(r rune) bool { return r == 0xFE0F }))
}

// getMessagesReactions: https://core.telegram.org/method/messages.getMessagesReactions
func (c *call) getMessagesReactions(in *tg.MessagesGetMessagesReactionsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	var list []tg.UpdateClass
	for _, id := range in.ID[:min(len(in.ID), pageAtMost)] {
		r, err := c.record(p, id)
		if err != nil {
			continue
		}
		update := &tg.UpdateMessageReactions{Peer: p.tg(), MsgID: id}
		if r.post.extra != nil {
			update.Reactions = shownReactions(c.me, r, r.post.extra.reactions)
		}
		list = append(list, update)
	}
	return c.cast(c.me).updates(c.today, list), nil
}

// getMessageReactionsList: https://core.telegram.org/method/messages.getMessageReactionsList
func (c *call) getMessageReactionsList(in *tg.MessagesGetMessageReactionsListRequest) (bin.Encoder, error) {
	p, r, err := c.meant(in.Peer, in.ID)
	if err != nil {
		return nil, err
	}
	if p.kind == peerChannel && c.chats[p].broadcast() {
		return nil, forbidden("BROADCAST_FORBIDDEN")
	}
	wanted := ""
	if only, filtered := in.GetReaction(); filtered {
		if wanted, err = reactionKey(only); err != nil {
			return nil, err
		}
	}
	var all []reaction
	if r.post.extra != nil {
		for _, one := range slices.Backward(r.post.extra.reactions) {
			if wanted == "" || one.emoticon == wanted {
				all = append(all, one)
			}
		}
	}
	from, to, next, err := pageOf(len(all), in.Offset, in.Limit)
	if err != nil {
		return nil, err
	}
	out := &tg.MessagesMessageReactionsList{Count: len(all)}
	cast := c.cast(c.me)
	for _, one := range all[from:to] {
		out.Reactions = append(out.Reactions, one.shown(c.me, r))
		cast.add(peer{peerUser, one.user})
	}
	if next != "" {
		out.SetNextOffset(next)
	}
	out.Users, out.Chats = cast.users, cast.chats
	return out, nil
}

// pageOf cuts a page out of count entries; the offset is what the last page said came next.
func pageOf(count int, offset string, limit int) (from, to int, next string, err error) {
	if offset != "" {
		if from, err = strconv.Atoi(offset); err != nil || from < 0 {
			return 0, 0, "", bad("OFFSET_INVALID")
		}
	}
	from = min(from, count)
	if limit <= 0 || limit > pageAtMost {
		limit = pageAtMost
	}
	if to = min(from+limit, count); to < count {
		next = strconv.Itoa(to)
	}
	return from, to, next, nil
}

// getUnreadReactions: https://core.telegram.org/method/messages.getUnreadReactions
func (c *call) getUnreadReactions(in *tg.MessagesGetUnreadReactionsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	all := c.me.dialog(p).reacted
	list, offset := window{in.OffsetID, 0, in.AddOffset, in.Limit, in.MaxID, in.MinID}.cut(all, nil)
	return c.page(p, list, len(all), offset), nil
}

// readReactions: https://core.telegram.org/method/messages.readReactions
func (c *call) readReactions(in *tg.MessagesReadReactionsRequest) (bin.Encoder, error) {
	p, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	for _, id := range slices.Clone(c.me.dialog(p).reacted) {
		c.sawReactions(p, id)
	}
	return &tg.MessagesAffectedHistory{Pts: c.me.box.pts}, nil
}

// sawReactions marks the reactions to a message of the caller's as seen.
func (c *call) sawReactions(p peer, id int) {
	r := c.boxOf(p).records[id]
	if r == nil || r.author != c.me.id || r.post.extra == nil {
		return
	}
	for i := range r.post.extra.reactions {
		r.post.extra.reactions[i].unread = false
	}
	c.countReaction(r)
	c.touched()
}

// getTopReactions: https://core.telegram.org/method/messages.getTopReactions
func (c *call) getTopReactions(in *tg.MessagesGetTopReactionsRequest) (bin.Encoder, error) {
	return someReactions(c.me.prefs.topReactions(), in.Limit), nil
}

// getRecentReactions: https://core.telegram.org/method/messages.getRecentReactions
func (c *call) getRecentReactions(in *tg.MessagesGetRecentReactionsRequest) (bin.Encoder, error) {
	return someReactions(c.me.prefs.Recent, in.Limit), nil
}

// clearRecentReactions: https://core.telegram.org/method/messages.clearRecentReactions
func (c *call) clearRecentReactions(*tg.MessagesClearRecentReactionsRequest) (bin.Encoder, error) {
	c.me.prefs.Recent = nil
	c.touched()
	c.pushShort(c.me, c.session, &tg.UpdateRecentReactions{})
	return yes()
}

// setDefaultReaction: https://core.telegram.org/method/messages.setDefaultReaction
func (c *call) setDefaultReaction(in *tg.MessagesSetDefaultReactionRequest) (bin.Encoder, error) {
	key, err := reactionKey(in.Reaction)
	switch {
	case err != nil || key == "":
		return nil, bad("REACTION_INVALID")
	case strings.HasPrefix(key, customReaction) && !c.me.prefs.Premium:
		return nil, forbidden("PREMIUM_ACCOUNT_REQUIRED")
	}
	c.me.prefs.Favourite = key
	c.touched()
	return yes()
}

func someReactions(keys []string, limit int) *tg.MessagesReactions {
	return &tg.MessagesReactions{Reactions: reactionsOf(keys[:min(max(limit, 0), len(keys))])}
}

// getAvailableReactions names the reactions; their animations, stickers all, aren't here.
//
// See https://core.telegram.org/method/messages.getAvailableReactions.
func (c *call) getAvailableReactions(in *tg.MessagesGetAvailableReactionsRequest) (bin.Encoder, error) {
	const version = 1
	if in.Hash == version {
		return &tg.MessagesAvailableReactionsNotModified{}, nil
	}
	out := &tg.MessagesAvailableReactions{Hash: version}
	none := &tg.DocumentEmpty{}
	for _, emoticon := range allowedReactions {
		out.Reactions = append(out.Reactions, tg.AvailableReaction{
			Reaction: emoticon, Title: emoticon, StaticIcon: none, AppearAnimation: none, SelectAnimation: none, ActivateAnimation: none, EffectAnimation: none,
		})
	}
	return out, nil
}
