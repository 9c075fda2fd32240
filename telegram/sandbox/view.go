package sandbox

import "github.com/gotd/td/tg"

// userFor shows u as viewer sees it.
func (w *world) userFor(viewer, u *user) *tg.User {
	first, last := viewer.calls(u)
	t := &tg.User{
		ID:         u.id,
		Self:       viewer == u,
		Bot:        u.bot,
		Verified:   u.service,
		Support:    u.service,
		Deleted:    u.banned && viewer != u,
		AccessHash: w.hash(viewer.id, peer{peerUser, u.id}),
		FirstName:  first,
		LastName:   last,
		Username:   u.username,
	}
	if u.bot {
		t.BotChatHistory = !u.private
		t.SetBotInfoVersion(1)
		t.SetBotInlinePlaceholder("Search…")
	} else {
		t.Premium = u.prefs.Premium
		t.Contact = viewer.hasContact(u)
		t.MutualContact = t.Contact && u.hasContact(viewer)
		if !viewer.bot {
			t.Status = w.statusFor(viewer, u)
		}
	}
	if u.phone != "" && (t.Self || t.Contact && u.allows(privacyPhone, viewer)) {
		t.SetPhone(u.phone)
	}
	if colour, set := u.prefs.Looks.Colour.shown(); set {
		t.SetColor(colour)
	}
	if colour, set := u.prefs.Looks.ProfileColour.shown(); set {
		t.SetProfileColor(colour)
	}
	if photo := w.profilePhoto(u); photo != nil && u.allows(privacyPhoto, viewer) {
		t.SetPhoto(photo)
	}
	return t
}

func (u *user) status(w *world) tg.UserStatusClass {
	switch {
	case u.online == 0:
		return &tg.UserStatusRecently{}
	case u.online > w.today:
		return &tg.UserStatusOnline{Expires: u.online}
	default:
		return &tg.UserStatusOffline{WasOnline: u.online}
	}
}

// chatFor shows c as viewer sees it: whole to members, and to others if it is public.
func (w *world) chatFor(viewer *user, c *chat) tg.ChatClass {
	if c.peer.kind == peerGroup {
		return w.groupFor(viewer, c)
	}
	return w.channelFor(viewer, c)
}

// groupFor shows a basic group. Who was in it and isn't any more is told its name.
func (w *world) groupFor(viewer *user, c *chat) tg.ChatClass {
	m := c.byUser[viewer.id]
	if m == nil {
		return &tg.ChatForbidden{ID: c.peer.id, Title: c.title}
	}
	t := &tg.Chat{
		ID:                c.peer.id,
		Title:             c.title,
		Creator:           c.creator == viewer.id,
		Photo:             w.chatPhotoFor(c),
		ParticipantsCount: len(c.members),
		Date:              c.date,
		Version:           c.version,
	}
	if m.admin() {
		t.SetAdminRights(m.Rights)
	}
	t.Noforwards = c.NoForwards
	t.SetDefaultBannedRights(c.Default)
	if c.MigratedTo != 0 {
		t.Deactivated = true
		t.SetMigratedTo(&tg.InputChannel{ChannelID: c.MigratedTo, AccessHash: w.hash(viewer.id, peer{peerChannel, c.MigratedTo})})
	}
	return t
}

// channelFor shows a channel or supergroup. Rights are told to those alone who have them.
func (w *world) channelFor(viewer *user, c *chat) tg.ChatClass {
	m := c.byUser[viewer.id]
	hash := w.hash(viewer.id, c.peer)
	if out := w.keptOut(c, viewer.id); m == nil && (c.username == "" || out) {
		t := &tg.ChannelForbidden{ID: c.peer.id, AccessHash: hash, Title: c.title, Broadcast: c.broadcast(), Megagroup: !c.broadcast()}
		if until := c.Outside[viewer.id].Rights.UntilDate; out && until != 0 {
			t.SetUntilDate(until)
		}
		return t
	}
	t := &tg.Channel{
		ID:         c.peer.id,
		AccessHash: hash,
		Title:      c.title,
		Username:   c.username,
		Creator:    c.creator == viewer.id,
		Left:       m == nil,
		Broadcast:  c.broadcast(),
		Megagroup:  !c.broadcast(),
		Photo:      w.chatPhotoFor(c),
		Date:       c.date,

		Signatures:      c.Signatures,
		HasLink:         c.Linked != 0,
		SlowmodeEnabled: c.SlowMode != 0,
		Noforwards:      c.NoForwards,
		JoinToSend:      c.JoinToSend,
		JoinRequest:     c.JoinByRequest,
		Forum:           c.Forum,
		Gigagroup:       c.Gigagroup,
		Autotranslation: c.Translation,
	}
	if m != nil {
		t.Date = m.date
		if m.Limits.holds(w.today) {
			t.SetBannedRights(m.Limits.Rights)
		}
	}
	switch {
	case c.creator == viewer.id && m != nil:
		t.SetAdminRights(allRights())
	case m != nil && m.admin():
		t.SetAdminRights(m.Rights)
	}
	if !c.broadcast() {
		t.SetDefaultBannedRights(c.Default)
	}
	t.SetParticipantsCount(len(c.members))
	return t
}

func allRights() tg.ChatAdminRights {
	return tg.ChatAdminRights{
		ChangeInfo: true, PostMessages: true, EditMessages: true, DeleteMessages: true, BanUsers: true,
		InviteUsers: true, PinMessages: true, AddAdmins: true, ManageCall: true, Other: true, ManageTopics: true,
	}
}

// messageFor shows a record to viewer.
func messageFor(viewer *user, r *record) tg.MessageClass { return shown(viewer, r, r.message()) }

// cast gathers the users and chats that must come along with messages and updates, each once.
type cast struct {
	world  *world
	viewer *user
	seen   []peer
	users  []tg.UserClass
	chats  []tg.ChatClass
}

func (w *world) cast(viewer *user) *cast { return &cast{world: w, viewer: viewer} }

func (c *cast) add(p peer) {
	for _, seen := range c.seen {
		if seen == p {
			return
		}
	}
	c.seen = append(c.seen, p)
	if p.kind == peerUser {
		if u := c.world.users[p.id]; u != nil {
			c.users = append(c.users, c.world.userFor(c.viewer, u))
		}
		return
	}
	if t := c.world.chats[p]; t != nil {
		c.chats = append(c.chats, c.world.chatFor(c.viewer, t))
	}
}

func (c *cast) addTG(p tg.PeerClass) {
	if p != nil {
		c.add(peerOf(p))
	}
}

func (c *cast) message(m tg.MessageClass) {
	c.world.freshen(m)
	switch m := m.(type) {
	case *tg.Message:
		if m.ViaBotID != 0 {
			c.add(peer{peerUser, m.ViaBotID})
		}
		c.reactors(m.Reactions)
		c.addTG(m.FromID)
		c.addTG(m.PeerID)
		c.addTG(m.FwdFrom.FromID)
		c.addTG(m.FwdFrom.SavedFromPeer)
		if contact, ok := m.Media.(*tg.MessageMediaContact); ok && contact.UserID != 0 {
			c.add(peer{peerUser, contact.UserID})
		}
		for _, e := range m.Entities {
			if mention, ok := e.(*tg.MessageEntityMentionName); ok {
				c.add(peer{peerUser, mention.UserID})
			}
		}
		if m.PeerID != nil && peerOf(m.PeerID).kind == peerUser {
			c.add(peer{peerUser, c.viewer.id})
		}
	case *tg.MessageService:
		c.addTG(m.FromID)
		c.addTG(m.PeerID)
		c.mentions(m.Action)
	}
}

func (c *cast) update(u tg.UpdateClass) {
	switch u := u.(type) {
	case interface{ GetMessage() tg.MessageClass }: // new, edited, or for later
		c.message(u.GetMessage())
	case *tg.UpdateMessageReactions:
		c.addTG(u.Peer)
		c.reactors(u.Reactions)
	case *tg.UpdateBotMessageReaction:
		c.addTG(u.Peer)
		c.addTG(u.Actor)
	case *tg.UpdateMessagePoll:
		for _, voter := range u.Results.RecentVoters {
			c.addTG(voter)
		}
	default:
		c.mentions(u)
	}
}

func (c *cast) reactors(r tg.MessageReactions) {
	for _, one := range r.RecentReactions {
		c.addTG(one.PeerID)
	}
}

func (c *cast) updates(date int, list []tg.UpdateClass) *tg.Updates {
	for _, u := range list {
		c.update(u)
	}
	return &tg.Updates{Updates: list, Users: c.users, Chats: c.chats, Date: date}
}
