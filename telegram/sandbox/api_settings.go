package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func settingsMethods(t table) {
	within(t, people, toChange, (*call).toggleSignatures)
	within(t, people, toChange, (*call).togglePreHistoryHidden)
	within(t, people, toChange, (*call).toggleParticipantsHidden)
	within(t, people, toChange, (*call).toggleJoinToSend)
	within(t, people, toChange, (*call).toggleJoinRequest)
	within(t, people, toOwn, (*call).toggleNoForwards)
	within(t, people, toOwn, (*call).toggleForum)
	on(t, people, (*call).setDiscussionGroup)
	on(t, people, (*call).getGroupsForDiscussion)
}

// toggle turns a setting of a chat and tells everybody.
func (c *call) toggle(ch *chat, setting *bool, on bool, log tg.ChannelAdminLogEventActionClass) (bin.Encoder, error) {
	if *setting == on {
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	*setting = on
	if log != nil {
		c.noted(ch, log)
	}
	return c.answer(c.changed(ch)), nil
}

// toggleSignatures: https://core.telegram.org/method/channels.toggleSignatures
func (c *call) toggleSignatures(ch *chat, in *tg.ChannelsToggleSignaturesRequest) (bin.Encoder, error) {
	if !ch.broadcast() {
		return nil, bad("CHAT_ID_INVALID")
	}
	return c.toggle(ch, &ch.Signatures, in.SignaturesEnabled, &tg.ChannelAdminLogEventActionToggleSignatures{NewValue: in.SignaturesEnabled})
}

// togglePreHistoryHidden: https://core.telegram.org/method/channels.togglePreHistoryHidden
func (c *call) togglePreHistoryHidden(ch *chat, in *tg.ChannelsTogglePreHistoryHiddenRequest) (bin.Encoder, error) {
	switch {
	case ch.broadcast():
		return nil, bad("CHAT_ID_INVALID")
	case ch.Linked != 0 && in.Enabled:
		return nil, bad("CHAT_LINK_EXISTS")
	}
	return c.toggle(ch, &ch.HiddenHistory, in.Enabled, &tg.ChannelAdminLogEventActionTogglePreHistoryHidden{NewValue: in.Enabled})
}

// toggleParticipantsHidden: https://core.telegram.org/method/channels.toggleParticipantsHidden
func (c *call) toggleParticipantsHidden(ch *chat, in *tg.ChannelsToggleParticipantsHiddenRequest) (bin.Encoder, error) {
	if ch.broadcast() {
		return nil, bad("CHAT_ID_INVALID")
	}
	return c.toggle(ch, &ch.HiddenMembers, in.Enabled, nil)
}

// toggleJoinToSend: https://core.telegram.org/method/channels.toggleJoinToSend
func (c *call) toggleJoinToSend(ch *chat, in *tg.ChannelsToggleJoinToSendRequest) (bin.Encoder, error) {
	return c.toggle(ch, &ch.JoinToSend, in.Enabled, nil)
}

// toggleJoinRequest: https://core.telegram.org/method/channels.toggleJoinRequest
func (c *call) toggleJoinRequest(ch *chat, in *tg.ChannelsToggleJoinRequestRequest) (bin.Encoder, error) {
	if ch.broadcast() {
		return nil, bad("CHAT_ID_INVALID")
	}
	return c.toggle(ch, &ch.JoinByRequest, in.Enabled, nil)
}

// toggleNoForwards: https://core.telegram.org/method/messages.toggleNoForwards
func (c *call) toggleNoForwards(ch *chat, in *tg.MessagesToggleNoForwardsRequest) (bin.Encoder, error) {
	return c.toggle(ch, &ch.NoForwards, in.Enabled, &tg.ChannelAdminLogEventActionToggleNoForwards{NewValue: in.Enabled})
}

// toggleForum: https://core.telegram.org/method/channels.toggleForum
func (c *call) toggleForum(ch *chat, in *tg.ChannelsToggleForumRequest) (bin.Encoder, error) {
	switch {
	case ch.broadcast():
		return nil, bad("CHAT_ID_INVALID")
	case ch.Linked != 0:
		return nil, bad("CHAT_DISCUSSION_UNALLOWED")
	}
	return c.toggle(ch, &ch.Forum, in.Enabled, &tg.ChannelAdminLogEventActionToggleForum{NewValue: in.Enabled})
}

// setDiscussionGroup: https://core.telegram.org/method/channels.setDiscussionGroup
func (c *call) setDiscussionGroup(in *tg.ChannelsSetDiscussionGroupRequest) (bin.Encoder, error) {
	channel, err := c.linkable(in.Broadcast, true, "BROADCAST_ID_INVALID")
	if err != nil {
		return nil, err
	}
	group, err := c.linkable(in.Group, false, "MEGAGROUP_ID_INVALID")
	switch {
	case err != nil:
		return nil, err
	case channel == nil && group == nil:
		return nil, bad("LINK_NOT_MODIFIED")
	case channel != nil && group != nil && channel.Linked == group.peer.id,
		group == nil && channel.Linked == 0, channel == nil && group.Linked == 0:
		return nil, bad("LINK_NOT_MODIFIED")
	case group != nil && group.HiddenHistory && channel != nil:
		return nil, bad("MEGAGROUP_PREHISTORY_HIDDEN")
	}
	for _, ch := range []*chat{channel, group} {
		if ch != nil {
			c.unlink(ch)
		}
	}
	if channel != nil && group != nil {
		c.link(channel, group.peer.id)
		c.link(group, channel.peer.id)
	}
	return yes()
}

// linkable finds one side of a link, nil for none.
func (c *call) linkable(in tg.InputChannelClass, broadcast bool, refusal string) (*chat, error) {
	if _, none := in.(*tg.InputChannelEmpty); none {
		return nil, nil
	}
	ch, err := c.channel(in)
	if err != nil || ch.broadcast() != broadcast {
		return nil, bad(refusal)
	}
	return ch, c.may(c.me, ch, toChange)
}

func (c *call) link(ch *chat, other int64) {
	log := &tg.ChannelAdminLogEventActionChangeLinkedChat{PrevValue: ch.Linked, NewValue: other}
	ch.Linked = other
	c.noted(ch, log)
	c.changed(ch)
}

// unlink parts a channel and its discussion group.
func (c *call) unlink(ch *chat) {
	other := c.chats[peer{peerChannel, ch.Linked}]
	if ch.Linked == 0 || other == nil {
		return
	}
	c.link(other, 0)
	c.link(ch, 0)
}

// getGroupsForDiscussion: https://core.telegram.org/method/channels.getGroupsForDiscussion
func (c *call) getGroupsForDiscussion(*tg.ChannelsGetGroupsForDiscussionRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChats{}
	for _, p := range c.everything() {
		ch := c.chats[p]
		if ch != nil && !ch.broadcast() && !ch.Forum && ch.creator == c.me.id && ch.byUser[c.me.id] != nil && ch.MigratedTo == 0 {
			answer.Chats = append(answer.Chats, c.chatFor(c.me, ch))
		}
	}
	return answer, nil
}
