package bindings

import (
	"reflect"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// fullPeer is all that Telegram tells of a user, group or channel.
type fullPeer struct{ *telegram.FullPeer }

// channelFull, groupFull and userFull read fields that only one kind has.
func channelFull[T any](get func(*tg.ChannelFull) T) func(*fullPeer) T {
	return func(f *fullPeer) (none T) {
		if f.FullChannel == nil {
			return none
		}
		return get(f.FullChannel)
	}
}

func userFull[T any](get func(*tg.UserFull) T) func(*fullPeer) T {
	return func(f *fullPeer) (none T) {
		if f.FullUser == nil {
			return none
		}
		return get(f.FullUser)
	}
}

// reactions are those that members may use: "all", "none" or a list.
func (f *fullPeer) reactions() any {
	var allowed tg.ChatReactionsClass
	switch {
	case f.FullChannel != nil:
		allowed = f.FullChannel.AvailableReactions
	case f.FullGroup != nil:
		allowed = f.FullGroup.AvailableReactions
	}
	switch allowed := allowed.(type) {
	case *tg.ChatReactionsAll:
		return "all"
	case *tg.ChatReactionsNone:
		return "none"
	case *tg.ChatReactionsSome:
		list := []any{}
		for _, r := range allowed.Reactions {
			switch r := r.(type) {
			case *tg.ReactionEmoji:
				list = append(list, r.Emoticon)
			case *tg.ReactionCustomEmoji:
				list = append(list, r.DocumentID)
			}
		}
		return list
	}
	return nil
}

// fullPeerClass is the class FullPeer.
var fullPeerClass = spec.Class{
	Name: "FullPeer", Call: "full", Go: reflect.TypeFor[*fullPeer](),
	Doc: "All that Telegram tells of a user, group or channel. Fields that make no sense for one are nil or false; " +
		"raw has whatever has no field of its own.",
	Text: func(v any) string { return "FullPeer(" + (&peer{Peer: v.(*fullPeer).Peer}).name() + ")" },
	Fields: []spec.Field{
		spec.Get("peer", "Whom it is about.", func(f *fullPeer) *peer { return peerOf(f.Peer) }),
		spec.Get("id", "Marked id.", func(f *fullPeer) int64 { return f.ID }),
		spec.Get("about", "Description of a chat, or what users write of themselves.", func(f *fullPeer) string { return f.About() }).Maybe(),
		spec.Get("pinned_message_id", "Id of the message that was pinned last.", func(f *fullPeer) int { return f.PinnedID() }).Maybe(),
		spec.Get("linked_chat_id", "The discussion group of a channel, or the channel that a group discusses.", func(f *fullPeer) int64 { return f.LinkedID() }).Maybe(),
		spec.Get("invite_link", "The permanent invite link, for admins.", func(f *fullPeer) string { return f.Invite() }).Maybe(),
		spec.Get("ttl_period", "After how many seconds messages delete themselves.", func(f *fullPeer) int { return f.TTL() }).Maybe(),
		spec.Get("participants_count", "How many members.", func(f *fullPeer) int { return f.Members() }).Maybe(),
		spec.Get("admins_count", "How many admins, for admins.", channelFull(func(f *tg.ChannelFull) int { return f.AdminsCount })).Maybe(),
		spec.Get("kicked_count", "How many are kept out, for admins.", channelFull(func(f *tg.ChannelFull) int { return f.KickedCount })).Maybe(),
		spec.Get("banned_count", "How many are restricted, for admins.", channelFull(func(f *tg.ChannelFull) int { return f.BannedCount })).Maybe(),
		spec.Get("online_count", "How many are online.", channelFull(func(f *tg.ChannelFull) int { return f.OnlineCount })).Maybe(),
		spec.Get("slow_mode", "How many seconds members wait between two messages.", channelFull(func(f *tg.ChannelFull) int { return f.SlowmodeSeconds })).Maybe(),
		spec.Get("slow_mode_until", "When this account may write again.", channelFull(func(f *tg.ChannelFull) int { return f.SlowmodeNextSendDate })).Maybe(),
		spec.Get("available_reactions", "Which reactions are allowed: \"all\", \"none\", or a list.", (*fullPeer).reactions).Is(`"all"|"none"|(string|integer)[]|nil`),
		spec.Get("sticker_set", "Short name of the group's sticker set.", channelFull(func(f *tg.ChannelFull) string { return f.Stickerset.ShortName })).Maybe(),
		spec.Get("history_hidden", "New members don't see what was written before.", channelFull(func(f *tg.ChannelFull) bool { return f.HiddenPrehistory })),
		spec.Get("members_hidden", "Only admins see who is a member.", channelFull(func(f *tg.ChannelFull) bool { return f.ParticipantsHidden })),
		spec.Get("anti_spam", "Telegram's own spam filter is on.", channelFull(func(f *tg.ChannelFull) bool { return f.Antispam })),
		spec.Get("can_view_stats", "Whether this account may see statistics.", channelFull(func(f *tg.ChannelFull) bool { return f.CanViewStats })),
		spec.Get("requests_pending", "How many ask to be let in, for admins.", func(f *fullPeer) int {
			switch {
			case f.FullChannel != nil:
				return f.FullChannel.RequestsPending
			case f.FullGroup != nil:
				return f.FullGroup.RequestsPending
			}
			return 0
		}).Maybe(),
		spec.Get("migrated_from", "The basic group that this supergroup was made of.", channelFull(func(f *tg.ChannelFull) int64 { return -f.MigratedFromChatID })).Maybe(),
		spec.Get("address", "Where the group is at home.", channelFull(func(f *tg.ChannelFull) string {
			if at, ok := f.Location.(*tg.ChannelLocation); ok {
				return at.Address
			}
			return ""
		})).Maybe(),
		spec.Get("is_blocked", "This account has blocked them.", func(f *fullPeer) bool {
			return f.FullUser != nil && f.FullUser.Blocked || f.FullChannel != nil && f.FullChannel.Blocked
		}),
		spec.Get("common_chats_count", "How many groups this account and the user are both in.", userFull(func(f *tg.UserFull) int { return f.CommonChatsCount })).Maybe(),
		spec.Get("birthday", "Birthday of a user, where shown.", userFull(func(f *tg.UserFull) *object { return birthday(f) })),
		spec.Get("personal_channel_id", "The channel that a user shows.", userFull(func(f *tg.UserFull) int64 {
			if f.PersonalChannelID == 0 {
				return 0
			}
			return telegram.MarkedID(&tg.PeerChannel{ChannelID: f.PersonalChannelID})
		})).Maybe(),
		spec.Get("bot_description", "What a bot says before the first message.", userFull(func(f *tg.UserFull) string { return f.BotInfo.Description })).Maybe(),
		spec.Get("raw", "As Telegram describes it.", func(f *fullPeer) *object { return objectOf(f.Raw()) }).OutOfTable(),
	},
}

func birthday(f *tg.UserFull) *object {
	if day, ok := f.GetBirthday(); ok {
		return objectOf(&day)
	}
	return nil
}

var getFull = spec.Method("get_full", "Ask for all that Telegram tells of a user, group or channel.",
	func(c *spec.Call, cl *client, in entityArgs) (*fullPeer, error) {
		full, err := cl.account.Full(c, in.Who.Target)
		if err != nil {
			return nil, err
		}
		return &fullPeer{full}, nil
	},
).Example(`print(client:get_full("@telegram").about)`).Raises("PEER_UNKNOWN", "CHANNEL_PRIVATE", "FLOOD_WAIT")
