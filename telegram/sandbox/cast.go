package sandbox

import "github.com/gotd/td/tg"

// mentions adds everybody whom an update, an action or a participant names. Fields of one name
// mean the same everywhere in TL, so that none needs a case of its own.
func (c *cast) mentions(v any) {
	user := func(id int64) { c.add(peer{peerUser, id}) }
	if v, ok := v.(interface{ GetPeer() tg.PeerClass }); ok {
		c.addTG(v.GetPeer())
	}
	if v, ok := v.(interface{ GetPeerID() tg.PeerClass }); ok {
		c.addTG(v.GetPeerID())
	}
	if v, ok := v.(interface{ GetFromID() tg.PeerClass }); ok {
		c.addTG(v.GetFromID())
	}
	if v, ok := v.(interface{ GetChannelID() int64 }); ok {
		c.add(peer{peerChannel, v.GetChannelID()})
	}
	if v, ok := v.(interface{ GetChatID() int64 }); ok {
		c.add(peer{peerGroup, v.GetChatID()})
	}
	for _, id := range []func() int64{userIDOf(v), actorIDOf(v), inviterIDOf(v), promoterIDOf(v), kickerIDOf(v)} {
		if id != nil {
			user(id())
		}
	}
	if v, ok := v.(interface{ GetUsers() []int64 }); ok {
		for _, id := range v.GetUsers() {
			user(id)
		}
	}
	if v, ok := v.(interface{ GetRecentRequesters() []int64 }); ok {
		for _, id := range v.GetRecentRequesters() {
			user(id)
		}
	}
	c.mentionsWithin(v)
}

// mentionsWithin looks into what is made of parts that name somebody.
func (c *cast) mentionsWithin(v any) {
	switch v := v.(type) {
	case *tg.ChatParticipants:
		for _, p := range v.Participants {
			c.mentions(p)
		}
	case *tg.UpdateChatParticipants:
		c.mentions(v.Participants)
	case *tg.UpdateChannelParticipant:
		c.mentions(v.PrevParticipant)
		c.mentions(v.NewParticipant)
	case *tg.ChannelAdminLogEventActionParticipantInvite:
		c.mentions(v.Participant)
	case *tg.ChannelAdminLogEventActionParticipantToggleBan:
		c.mentions(v.PrevParticipant)
		c.mentions(v.NewParticipant)
	case *tg.ChannelAdminLogEventActionParticipantToggleAdmin:
		c.mentions(v.PrevParticipant)
		c.mentions(v.NewParticipant)
	case *tg.ChannelAdminLogEventActionDeleteMessage:
		c.message(v.Message)
	case *tg.ChannelAdminLogEventActionEditMessage:
		c.message(v.NewMessage)
	case *tg.ChannelAdminLogEventActionUpdatePinned:
		c.message(v.Message)
	}
}

func (c *cast) participant(p tg.ChannelParticipantClass) { c.mentions(p) }

func userIDOf(v any) func() int64 {
	if v, ok := v.(interface{ GetUserID() int64 }); ok {
		return v.GetUserID
	}
	return nil
}

func actorIDOf(v any) func() int64 {
	if v, ok := v.(interface{ GetActorID() int64 }); ok {
		return v.GetActorID
	}
	return nil
}

func inviterIDOf(v any) func() int64 {
	if v, ok := v.(interface{ GetInviterID() int64 }); ok {
		return v.GetInviterID
	}
	return nil
}

func promoterIDOf(v any) func() int64 {
	if v, ok := v.(interface{ GetPromotedBy() int64 }); ok {
		return v.GetPromotedBy
	}
	return nil
}

func kickerIDOf(v any) func() int64 {
	if v, ok := v.(interface{ GetKickedBy() int64 }); ok {
		return v.GetKickedBy
	}
	return nil
}
