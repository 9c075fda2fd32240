package sandbox

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func groupSettingsMethods(t table) {
	within(t, people, toDelete, (*call).toggleAntiSpam)
	within(t, people, toChange, (*call).toggleAutotranslation)
	within(t, people, toOwn, (*call).convertToGigagroup)
	within(t, people, toOwn, (*call).editLocation)
	within(t, 0, toChange, (*call).setStickers)
	within(t, people, toChange, (*call).setChatAvailableReactions)
	within(t, people, toTopics, (*call).reorderPinnedForumTopics)
}

// toggleAntiSpam: https://core.telegram.org/method/channels.toggleAntiSpam
func (c *call) toggleAntiSpam(ch *chat, in *tg.ChannelsToggleAntiSpamRequest) (bin.Encoder, error) {
	if ch.broadcast() {
		return nil, bad("CHAT_ID_INVALID")
	}
	return c.toggle(ch, &ch.AntiSpam, in.Enabled, &tg.ChannelAdminLogEventActionToggleAntiSpam{NewValue: in.Enabled})
}

// toggleAutotranslation: https://core.telegram.org/method/channels.toggleAutotranslation
func (c *call) toggleAutotranslation(ch *chat, in *tg.ChannelsToggleAutotranslationRequest) (bin.Encoder, error) {
	if !ch.broadcast() {
		return nil, bad("CHANNEL_INVALID")
	}
	return c.toggle(ch, &ch.Translation, in.Enabled, &tg.ChannelAdminLogEventActionToggleAutotranslation{NewValue: in.Enabled})
}

// convertToGigagroup leaves writing to the admins.
//
// See https://core.telegram.org/method/channels.convertToGigagroup.
func (c *call) convertToGigagroup(ch *chat, _ *tg.ChannelsConvertToGigagroupRequest) (bin.Encoder, error) {
	if ch.broadcast() || ch.Forum {
		return nil, bad("CHANNEL_INVALID")
	}
	if ch.Gigagroup {
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	ch.Gigagroup, ch.Default.SendMessages = true, true
	return c.answer(c.changed(ch)), nil
}

// editLocation: https://core.telegram.org/method/channels.editLocation
func (c *call) editLocation(ch *chat, in *tg.ChannelsEditLocationRequest) (bin.Encoder, error) {
	if ch.broadcast() {
		return nil, bad("MEGAGROUP_REQUIRED")
	}
	return nil, bad("MEGAGROUP_GEO_REQUIRED") // groups here have no place
}

// setStickers: https://core.telegram.org/method/channels.setStickers
func (c *call) setStickers(ch *chat, in *tg.ChannelsSetStickersRequest) (bin.Encoder, error) {
	name := ""
	switch set := in.Stickerset.(type) {
	case *tg.InputStickerSetEmpty:
	case *tg.InputStickerSetShortName:
		name = set.ShortName
	default:
		return nil, bad("STICKERSET_INVALID")
	}
	if ch.broadcast() {
		return nil, bad("CHANNEL_INVALID")
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionChangeStickerSet{PrevStickerset: stickerSet(ch.Stickers), NewStickerset: stickerSet(name)})
	ch.Stickers = name
	c.changed(ch)
	return yes()
}

func stickerSet(name string) tg.InputStickerSetClass {
	if name == "" {
		return &tg.InputStickerSetEmpty{}
	}
	return &tg.InputStickerSetShortName{ShortName: name}
}

// setChatAvailableReactions: https://core.telegram.org/method/messages.setChatAvailableReactions
func (c *call) setChatAvailableReactions(ch *chat, in *tg.MessagesSetChatAvailableReactionsRequest) (bin.Encoder, error) {
	if some, ok := in.AvailableReactions.(*tg.ChatReactionsSome); ok {
		for _, r := range some.Reactions {
			if emoji, ok := r.(*tg.ReactionEmoji); ok && emoji.Emoticon == "" {
				return nil, bad("REACTION_INVALID")
			}
		}
	}
	var b bin.Buffer
	if err := in.AvailableReactions.Encode(&b); err != nil {
		return nil, bad("REACTION_INVALID")
	}
	limit, limited := in.GetReactionsLimit()
	if slices.Equal(ch.Reactions, b.Buf) && (!limited || limit == ch.ReactionLimit) {
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionChangeAvailableReactions{PrevValue: ch.reactions(), NewValue: in.AvailableReactions})
	ch.Reactions = b.Buf
	if limited {
		ch.ReactionLimit = limit
	}
	return c.answer(c.changed(ch)), nil
}

// reactions are those that the chat allows.
func (ch *chat) reactions() tg.ChatReactionsClass {
	if len(ch.Reactions) > 0 {
		if allowed, err := tg.DecodeChatReactions(&bin.Buffer{Buf: ch.Reactions}); err == nil {
			return allowed
		}
	}
	return &tg.ChatReactionsAll{}
}

// reorderPinnedForumTopics: https://core.telegram.org/method/messages.reorderPinnedForumTopics
func (c *call) reorderPinnedForumTopics(ch *chat, in *tg.MessagesReorderPinnedForumTopicsRequest) (bin.Encoder, error) {
	if !ch.Forum {
		return nil, bad("CHANNEL_FORUM_MISSING")
	}
	for _, id := range in.Order {
		if ch.topic(id) == nil {
			return nil, bad("TOPIC_ID_INVALID")
		}
	}
	for _, t := range ch.Topics {
		if listed := slices.Contains(in.Order, t.ID); listed || in.Force {
			t.Pinned = listed
		}
	}
	place := func(t *topic) int {
		if at := slices.Index(in.Order, t.ID); at >= 0 {
			return at
		}
		return len(in.Order)
	}
	slices.SortStableFunc(ch.Topics, func(a, b *topic) int { return place(a) - place(b) })
	ch.version++
	update := &tg.UpdatePinnedForumTopics{Peer: ch.peer.tg()}
	update.SetOrder(in.Order)
	return c.answer(c.announce(ch, update)), nil
}

// fullSettings adds the settings that these methods change.
func (c *call) fullSettings(ch *chat, full *tg.ChannelFull) {
	full.Antispam = ch.AntiSpam
	if ch.ttl > 0 {
		full.SetTTLPeriod(ch.ttl)
	}
	full.SetAvailableReactions(ch.reactions())
	if ch.ReactionLimit > 0 {
		full.SetReactionsLimit(ch.ReactionLimit)
	}
	full.CanSetStickers = !ch.broadcast() && ch.creator == c.me.id
	if ch.Stickers != "" {
		full.SetStickerset(tg.StickerSet{ShortName: ch.Stickers, Title: ch.Stickers})
	}
}
