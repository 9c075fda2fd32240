package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// EditTitle changes the title of a group or channel and returns Telegram's message about it.
func (a *Account) EditTitle(ctx context.Context, chat Target, title string) (*Message, error) {
	var told *Message
	err := a.inChat(ctx, "edit title", chat, chatCall{
		channel: func(peer Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsEditTitle(ctx, &tg.ChannelsEditTitleRequest{Channel: channel, Title: title})
			told = a.toldIn(answer, peer)
			return unchanged(err)
		},
		group: func(peer Peer, id int64) error {
			answer, err := a.API().MessagesEditChatTitle(ctx, &tg.MessagesEditChatTitleRequest{ChatID: id, Title: title})
			told = a.toldIn(answer, peer)
			return unchanged(err)
		},
	})
	return told, err
}

// EditPhoto changes the photo of a group or channel, or takes it away, and returns Telegram's message about it.
func (a *Account) EditPhoto(ctx context.Context, chat Target, photo tg.InputChatPhotoClass) (*Message, error) {
	var told *Message
	err := a.inChat(ctx, "edit photo", chat, chatCall{
		channel: func(peer Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsEditPhoto(ctx, &tg.ChannelsEditPhotoRequest{Channel: channel, Photo: photo})
			told = a.toldIn(answer, peer)
			return unchanged(err)
		},
		group: func(peer Peer, id int64) error {
			answer, err := a.API().MessagesEditChatPhoto(ctx, &tg.MessagesEditChatPhotoRequest{ChatID: id, Photo: photo})
			told = a.toldIn(answer, peer)
			return unchanged(err)
		},
	})
	return told, err
}

// EditAbout changes the description of a group or channel.
func (a *Account) EditAbout(ctx context.Context, chat Target, about string) error {
	return a.inAnyChat(ctx, "edit about", chat, func(peer Peer) error {
		_, err := a.API().MessagesEditChatAbout(ctx, &tg.MessagesEditChatAboutRequest{Peer: peer.Input, About: about})
		return unchanged(err)
	})
}

// EditUsername changes the public name of a supergroup or channel; "" makes it private.
func (a *Account) EditUsername(ctx context.Context, chat Target, name string) error {
	return a.inChannel(ctx, "edit username", chat, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{Channel: channel, Username: name})
		return unchanged(err)
	})
}

// SetSlowMode sets how long members wait between two messages: 0, 10 s, 30 s, 1, 5 or 15 minutes, 1 hour. Others are
// refused with SECONDS_INVALID. https://core.telegram.org/method/channels.toggleSlowMode
func (a *Account) SetSlowMode(ctx context.Context, chat Target, wait time.Duration) error {
	return a.inChannel(ctx, "set slow mode", chat, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsToggleSlowMode(ctx, &tg.ChannelsToggleSlowModeRequest{Channel: channel, Seconds: int(wait.Seconds())})
		return unchanged(err)
	})
}

// SetTTL sets after which time new messages of a chat delete themselves; 0 for never. Private chats have that, too.
func (a *Account) SetTTL(ctx context.Context, chat Target, after time.Duration) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesSetHistoryTTL(ctx, &tg.MessagesSetHistoryTTLRequest{Peer: peer.Input, Period: int(after.Seconds())})
		return unchanged(err)
	})
	if err != nil {
		return fmt.Errorf("set ttl: %w", err)
	}
	return nil
}

// SetDiscussionGroup links a channel with the supergroup in which its posts are discussed; nil parts them.
func (a *Account) SetDiscussionGroup(ctx context.Context, channel, group Target) error {
	var other tg.InputChannelClass = &tg.InputChannelEmpty{}
	if group != nil {
		peer, err := a.Resolve(ctx, group)
		if err != nil {
			return fmt.Errorf("set discussion group: %w", err)
		}
		input, ok := peer.inputChannel()
		if !ok {
			return fmt.Errorf("set discussion group: %w", &ChatKindError{Chat: peer.ID, Want: "supergroup", Hint: upgradeHint})
		}
		other = input
	}
	return a.inChannel(ctx, "set discussion group", channel, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsSetDiscussionGroup(ctx, &tg.ChannelsSetDiscussionGroupRequest{Broadcast: channel, Group: other})
		return unchanged(err)
	})
}

// SetStickerSet sets the sticker set of a supergroup by its short name; "" takes it away.
func (a *Account) SetStickerSet(ctx context.Context, chat Target, name string) error {
	var set tg.InputStickerSetClass = &tg.InputStickerSetEmpty{}
	if name != "" {
		set = &tg.InputStickerSetShortName{ShortName: name}
	}
	return a.inChannel(ctx, "set sticker set", chat, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsSetStickers(ctx, &tg.ChannelsSetStickersRequest{Channel: channel, Stickerset: set})
		return unchanged(err)
	})
}

// SetAvailableReactions says how members may react: with all of these reactions, and with at most limit different
// ones to a message; 0 leaves that as it is.
func (a *Account) SetAvailableReactions(ctx context.Context, chat Target, reactions tg.ChatReactionsClass, limit int) error {
	return a.inAnyChat(ctx, "set available reactions", chat, func(peer Peer) error {
		request := &tg.MessagesSetChatAvailableReactionsRequest{Peer: peer.Input, AvailableReactions: reactions}
		if limit > 0 {
			request.SetReactionsLimit(limit)
		}
		_, err := a.API().MessagesSetChatAvailableReactions(ctx, request)
		return unchanged(err)
	})
}

// SetLocation says where a supergroup is at home; it must have been made with a place.
func (a *Account) SetLocation(ctx context.Context, chat Target, at tg.InputGeoPoint, address string) error {
	return a.inChannel(ctx, "set location", chat, func(_ Peer, channel tg.InputChannelClass) error {
		_, err := a.API().ChannelsEditLocation(ctx, &tg.ChannelsEditLocationRequest{Channel: channel, GeoPoint: &at, Address: address})
		return unchanged(err)
	})
}
