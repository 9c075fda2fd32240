package bindings

import (
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// channel makes a getter for a field that only supergroups and channels have.
func channel[T any](get func(c *tg.Channel) T) func(p *peer) T {
	return func(p *peer) (none T) {
		c, ok := p.Chat.(*tg.Channel)
		if !ok {
			return none
		}
		return get(c)
	}
}

// group makes a getter for a field that groups of both kinds and channels have.
func group[T any](ofGroup func(c *tg.Chat) T, ofChannel func(c *tg.Channel) T) func(p *peer) T {
	return func(p *peer) (none T) {
		switch c := p.Chat.(type) {
		case *tg.Chat:
			return ofGroup(c)
		case *tg.Channel:
			return ofChannel(c)
		}
		return none
	}
}

// status is when a user was online, in one word.
func (p *peer) status() string {
	if p.User == nil {
		return ""
	}
	switch p.User.Status.(type) {
	case *tg.UserStatusOnline:
		return "online"
	case *tg.UserStatusOffline:
		return "offline"
	case *tg.UserStatusRecently:
		return "recently"
	case *tg.UserStatusLastWeek:
		return "last_week"
	case *tg.UserStatusLastMonth:
		return "last_month"
	}
	return "long_ago"
}

// seen is until when a user is online, or when they were last.
func (p *peer) seen() time.Time {
	if p.User != nil {
		switch s := p.User.Status.(type) {
		case *tg.UserStatusOnline:
			return moment(s.Expires)
		case *tg.UserStatusOffline:
			return moment(s.WasOnline)
		}
	}
	return time.Time{}
}

// emojiStatus is the id of the custom emoji beside the name; 0 for none.
func (p *peer) emojiStatus() int64 {
	var status tg.EmojiStatusClass
	if p.User != nil {
		status = p.User.EmojiStatus
	} else if c, ok := p.Chat.(*tg.Channel); ok {
		status = c.EmojiStatus
	}
	switch s := status.(type) {
	case *tg.EmojiStatus:
		return s.DocumentID
	case *tg.EmojiStatusCollectible:
		return s.DocumentID
	}
	return 0
}

// color is the number of the colour of the name. Those who have chosen none have one of seven by their id:
// https://core.telegram.org/api/colors.
func (p *peer) color() int {
	var color tg.PeerColorClass
	bare := p.BareID()
	if p.User != nil {
		color = p.User.Color
	} else if c, ok := p.Chat.(*tg.Channel); ok {
		color = c.Color
	}
	if chosen, ok := color.(*tg.PeerColor); ok {
		if n, ok := chosen.GetColor(); ok {
			return n
		}
	}
	return int(bare % 7)
}

// hasPhoto says whether there is a picture.
func (p *peer) hasPhoto() bool {
	if p.User != nil {
		_, ok := p.User.Photo.(*tg.UserProfilePhoto)
		return ok
	}
	var photo tg.ChatPhotoClass
	switch c := p.Chat.(type) {
	case *tg.Chat:
		photo = c.Photo
	case *tg.Channel:
		photo = c.Photo
	}
	_, ok := photo.(*tg.ChatPhoto)
	return ok
}

// reasons are why Telegram keeps somebody from being shown.
func (p *peer) reasons() []string {
	var list []tg.RestrictionReason
	if p.User != nil {
		list = p.User.RestrictionReason
	} else if c, ok := p.Chat.(*tg.Channel); ok {
		list = c.RestrictionReason
	}
	reasons := make([]string, len(list))
	for i, r := range list {
		reasons[i] = r.Platform + "-" + r.Reason + ": " + r.Text
	}
	return reasons
}

// raw is the user or chat as Telegram describes it.
func (p *peer) raw() *object {
	switch {
	case p.User != nil:
		return objectOf(p.User)
	case p.Chat != nil:
		return objectOf(p.Chat)
	}
	return nil
}

// rightsOf are rights as an object, nil where none are set.
func rightsOf[T any](get func(p *peer) (T, bool)) func(p *peer) *object {
	return func(p *peer) *object {
		if rights, ok := get(p); ok {
			return objectOf(any(&rights))
		}
		return nil
	}
}

// peerMoreFields are the fields of Peer that few scripts need.
var peerMoreFields = []spec.Field{
	spec.Get("status", "When a user was online, in one word; nil for chats.", (*peer).status).Maybe().
		Is(`"online"|"offline"|"recently"|"last_week"|"last_month"|"long_ago"|nil`),
	spec.Get("last_seen", "When a user was online last, where they let us see it; of one who is online, until when.", (*peer).seen).Is("number?"),
	spec.Get("is_mutual_contact", "Both have the other in their contacts.", user(func(u *tg.User) bool { return u.MutualContact })),
	spec.Get("is_close_friend", "Marked as a close friend.", user(func(u *tg.User) bool { return u.CloseFriend })),
	spec.Get("is_support", "Belongs to Telegram's support.", user(func(u *tg.User) bool { return u.Support })),
	spec.Get("is_min", "Telegram told only a part. It can be written to through the message that showed it.", func(p *peer) bool {
		if c, ok := p.Chat.(*tg.Channel); ok {
			return c.Min
		}
		return p.User != nil && p.User.Min
	}),
	spec.Get("bot_can_join_groups", "The bot may be added to groups.", user(func(u *tg.User) bool { return u.Bot && !u.BotNochats })),
	spec.Get("bot_reads_all", "The bot sees all messages of its groups.", user(func(u *tg.User) bool { return u.BotChatHistory })),
	spec.Get("bot_inline_placeholder", "What an inline bot shows before something is written.", user(func(u *tg.User) string { return u.BotInlinePlaceholder })).Maybe(),
	spec.Get("bot_active_users", "How many use the bot in a month.", user(func(u *tg.User) int { return u.BotActiveUsers })).Maybe(),
	spec.Get("is_supergroup", "A supergroup.", func(p *peer) bool { return p.kind() == "supergroup" }),
	spec.Get("is_forum", "A group with topics.", channel(func(c *tg.Channel) bool { return c.Forum })),
	spec.Get("is_gigagroup", "A group in which only admins write.", channel(func(c *tg.Channel) bool { return c.Gigagroup })),
	spec.Get("is_creator", "The chat belongs to this account.", group(func(c *tg.Chat) bool { return c.Creator }, func(c *tg.Channel) bool { return c.Creator })),
	spec.Get("is_admin", "This account is an admin of the chat, or its creator.", group(
		func(c *tg.Chat) bool { return c.Creator || !c.AdminRights.Zero() }, func(c *tg.Channel) bool { return c.Creator || !c.AdminRights.Zero() })),
	spec.Get("has_left", "This account isn't in the chat.", func(p *peer) bool {
		switch c := p.Chat.(type) {
		case *tg.Chat:
			return c.Left
		case *tg.Channel:
			return c.Left
		}
		return p.forbidden()
	}),
	spec.Get("is_forbidden", "This account was thrown out of the chat.", (*peer).forbidden),
	spec.Get("is_deactivated", "The group has become a supergroup, or is gone.", group(func(c *tg.Chat) bool { return c.Deactivated }, func(*tg.Channel) bool { return false })),
	spec.Get("migrated_to", "The supergroup that the group has become.", func(p *peer) int64 {
		if c, ok := p.Chat.(*tg.Chat); ok {
			if to, ok := c.MigratedTo.(*tg.InputChannel); ok {
				return telegram.MarkedID(&tg.PeerChannel{ChannelID: to.ChannelID})
			}
		}
		return 0
	}).Maybe(),
	spec.Get("date", "When the account joined the chat; of one that it isn't in, when it was made.", group(
		func(c *tg.Chat) time.Time { return moment(c.Date) }, func(c *tg.Channel) time.Time { return moment(c.Date) })).Is("number?"),
	spec.Get("is_protected", "Nothing can be forwarded or saved.", group(func(c *tg.Chat) bool { return c.Noforwards }, func(c *tg.Channel) bool { return c.Noforwards })),
	spec.Get("has_signatures", "Posts tell who wrote them.", channel(func(c *tg.Channel) bool { return c.Signatures })),
	spec.Get("has_slow_mode", "Members wait between two messages.", channel(func(c *tg.Channel) bool { return c.SlowmodeEnabled })),
	spec.Get("has_link", "Linked with a discussion group, or with a channel.", channel(func(c *tg.Channel) bool { return c.HasLink })),
	spec.Get("has_location", "The group is at home somewhere.", channel(func(c *tg.Channel) bool { return c.HasGeo })),
	spec.Get("has_call", "A video chat is going on.", group(func(c *tg.Chat) bool { return c.CallActive }, func(c *tg.Channel) bool { return c.CallActive })),
	spec.Get("join_to_send", "Only members may write.", channel(func(c *tg.Channel) bool { return c.JoinToSend })),
	spec.Get("join_request", "Admins decide who may join.", channel(func(c *tg.Channel) bool { return c.JoinRequest })),
	spec.Get("boost_level", "The level that boosts have raised the chat to.", channel(func(c *tg.Channel) int { return c.Level })).Maybe(),
	spec.Get("admin_rights", "What this account may do as an admin.", rightsOf(func(p *peer) (tg.ChatAdminRights, bool) {
		switch c := p.Chat.(type) {
		case *tg.Chat:
			return c.GetAdminRights()
		case *tg.Channel:
			return c.GetAdminRights()
		}
		return tg.ChatAdminRights{}, false
	})),
	spec.Get("banned_rights", "What was taken from this account.", rightsOf(func(p *peer) (tg.ChatBannedRights, bool) {
		if c, ok := p.Chat.(*tg.Channel); ok {
			return c.GetBannedRights()
		}
		return tg.ChatBannedRights{}, false
	})),
	spec.Get("default_banned_rights", "What members may not do.", rightsOf(func(p *peer) (tg.ChatBannedRights, bool) {
		switch c := p.Chat.(type) {
		case *tg.Chat:
			return c.GetDefaultBannedRights()
		case *tg.Channel:
			return c.GetDefaultBannedRights()
		}
		return tg.ChatBannedRights{}, false
	})),
	spec.Get("is_restricted", "Telegram doesn't show it everywhere.", func(p *peer) bool {
		if c, ok := p.Chat.(*tg.Channel); ok {
			return c.Restricted
		}
		return p.User != nil && p.User.Restricted
	}),
	spec.Get("restriction_reasons", "Why, as \"platform-reason: text\".", (*peer).reasons),
	spec.Get("emoji_status_id", "Id of the custom emoji beside the name; a string where Lua's numbers aren't exact.", (*peer).emojiStatus).Maybe(),
	spec.Get("color", "Number of the colour of the name.", (*peer).color),
	spec.Get("has_photo", "There is a picture.", (*peer).hasPhoto),
	spec.Get("participant", "Its place in the chat that it was listed of, by iter_participants and get_participants.", func(p *peer) *participant {
		return participantOf(p.member)
	}).OutOfTable(),
	spec.Get("raw", "As Telegram describes it; nil if only the id is known.", (*peer).raw).OutOfTable(),
}

func (p *peer) forbidden() bool {
	switch p.Chat.(type) {
	case *tg.ChatForbidden, *tg.ChannelForbidden:
		return true
	}
	return false
}
