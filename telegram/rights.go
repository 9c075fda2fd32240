package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// AdminOptions say what an admin may do. The zero value takes all rights away.
type AdminOptions struct {
	Rights tg.ChatAdminRights
	Rank   string // title that is shown beside the name; 16 characters at most
}

// AllAdminRights are all rights that this account may give away in a chat, but for being anonymous and for naming
// further admins.
func (a *Account) AllAdminRights(chat Peer) tg.ChatAdminRights {
	all := tg.ChatAdminRights{
		ChangeInfo: true, DeleteMessages: true, BanUsers: true, InviteUsers: true, ManageCall: true, Other: true,
		PostStories: true, EditStories: true, DeleteStories: true,
	}
	channel, _ := chat.Chat.(*tg.Channel)
	if channel != nil && channel.Broadcast {
		all.PostMessages, all.EditMessages, all.ManageDirectMessages = true, true, true
	} else {
		all.PinMessages = true
		all.ManageTopics = channel != nil && channel.Forum
	}
	if channel == nil || channel.Creator {
		return all
	}
	own := channel.AdminRights // nobody can give what they don't have
	return tg.ChatAdminRights{
		ChangeInfo: all.ChangeInfo && own.ChangeInfo, PostMessages: all.PostMessages && own.PostMessages,
		EditMessages: all.EditMessages && own.EditMessages, DeleteMessages: all.DeleteMessages && own.DeleteMessages,
		BanUsers: all.BanUsers && own.BanUsers, InviteUsers: all.InviteUsers && own.InviteUsers,
		PinMessages: all.PinMessages && own.PinMessages, ManageCall: all.ManageCall && own.ManageCall, Other: true,
		ManageTopics: all.ManageTopics && own.ManageTopics, PostStories: all.PostStories && own.PostStories,
		EditStories: all.EditStories && own.EditStories, DeleteStories: all.DeleteStories && own.DeleteStories,
		ManageDirectMessages: all.ManageDirectMessages && own.ManageDirectMessages,
	}
}

// EditAdmin makes somebody an admin, changes what they may do, or ends it. In basic groups admins may do
// everything, so that any right makes one, and a Rank is a *ChatKindError. Nobody can give a right that they don't
// have: RIGHT_FORBIDDEN. https://core.telegram.org/api/rights
func (a *Account) EditAdmin(ctx context.Context, chat, who Target, o AdminOptions) error {
	peer, user, err := a.resolveUser(ctx, who)
	if err != nil {
		return fmt.Errorf("edit admin: %w", err)
	}
	return a.inChat(ctx, "edit admin", chat, chatCall{
		channel: func(_ Peer, channel tg.InputChannelClass) error {
			request := &tg.ChannelsEditAdminRequest{Channel: channel, UserID: user, AdminRights: o.Rights}
			if o.Rank != "" {
				request.SetRank(o.Rank)
			}
			_, err := a.API().ChannelsEditAdmin(ctx, request)
			return err
		},
		group: func(chat Peer, id int64) error {
			if o.Rank != "" {
				return &ChatKindError{Chat: chat.ID, Want: "supergroup or channel, where admins have titles", Hint: upgradeHint}
			}
			ok, err := a.API().MessagesEditChatAdmin(ctx, &tg.MessagesEditChatAdminRequest{ChatID: id, UserID: user, IsAdmin: !o.Rights.Zero()})
			if err == nil && !ok {
				err = fmt.Errorf("nothing was changed about %d", peer.ID)
			}
			return err
		},
	})
}

// Restrict takes rights from a participant until a time that the rights name, or gives them back: the zero value
// gives all back. Who may not view messages is out. Basic groups know only that, and for good: all else is a
// *ChatKindError there. https://core.telegram.org/method/channels.editBanned
func (a *Account) Restrict(ctx context.Context, chat, who Target, rights tg.ChatBannedRights) error {
	_, err := a.restrict(ctx, "edit permissions", chat, who, rights)
	return err
}

// restrict also returns what Telegram tells the chat of it; nil for nothing.
func (a *Account) restrict(ctx context.Context, what string, chat, who Target, rights tg.ChatBannedRights) (told *Message, err error) {
	peer, err := a.Resolve(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", what, err)
	}
	err = a.inChat(ctx, what, chat, chatCall{
		channel: func(chat Peer, channel tg.InputChannelClass) error {
			answer, err := a.API().ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{Channel: channel, Participant: peer.Input, BannedRights: rights})
			told = a.toldIn(answer, chat)
			return err
		},
		group: func(chat Peer, id int64) error {
			user, ok := peer.inputUser()
			if !ok || !rights.ViewMessages || rights.UntilDate != 0 {
				return &ChatKindError{Chat: chat.ID, Want: "supergroup, where members may be restricted or banned for a while", Hint: upgradeHint}
			}
			answer, err := a.API().MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: id, UserID: user})
			told = a.toldIn(answer, chat)
			return err
		},
	})
	return told, err
}

// SetDefaultPermissions says what members who are no admins may not do.
func (a *Account) SetDefaultPermissions(ctx context.Context, chat Target, rights tg.ChatBannedRights) error {
	return a.inAnyChat(ctx, "edit permissions", chat, func(peer Peer) error {
		_, err := a.API().MessagesEditChatDefaultBannedRights(ctx, &tg.MessagesEditChatDefaultBannedRightsRequest{Peer: peer.Input, BannedRights: rights})
		return unchanged(err)
	})
}

// unchanged takes Telegram's complaint that something is so already for success.
func unchanged(err error) error {
	if tgerr.Is(err, "CHAT_NOT_MODIFIED", "CHAT_ABOUT_NOT_MODIFIED", "LINK_NOT_MODIFIED", "USERNAME_NOT_MODIFIED", "TOPIC_NOT_MODIFIED", "PINNED_TOPIC_NOT_MODIFIED") {
		return nil
	}
	return err
}

// BanOptions say how somebody is banned. The zero value bans for good and leaves their messages.
type BanOptions struct {
	Until          time.Time // less than 30 seconds or more than 366 days from now is for good
	DeleteMessages bool      // all that they wrote in a supergroup
}

// Ban throws somebody out and keeps them out; channels and groups can be banned from writing, too. It
// returns Telegram's message about it, nil where there is none. Basic groups keep nobody out.
func (a *Account) Ban(ctx context.Context, chat, who Target, o BanOptions) (*Message, error) {
	rights := tg.ChatBannedRights{ViewMessages: true}
	if !o.Until.IsZero() {
		rights.UntilDate = int(o.Until.Unix())
	}
	told, err := a.restrict(ctx, "ban participant", chat, who, rights)
	if err != nil {
		return nil, err
	}
	if o.DeleteMessages {
		if _, err := a.DeleteHistoryOf(ctx, chat, who); err != nil {
			return nil, err
		}
	}
	return told, nil
}

// Unban lets somebody come back, and lifts whatever they were restricted in.
func (a *Account) Unban(ctx context.Context, chat, who Target) error {
	_, err := a.restrict(ctx, "unban participant", chat, who, tg.ChatBannedRights{})
	return err
}

// Kick throws somebody out, who may come back at once; "me" leaves. It returns Telegram's message about it, nil
// where there is none.
func (a *Account) Kick(ctx context.Context, chat, who Target) (*Message, error) {
	user, err := a.Resolve(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("kick participant: %w", err)
	}
	if self := a.Self(); self != nil && user.ID == self.ID {
		return a.Leave(ctx, chat)
	}
	told, err := a.restrict(ctx, "kick participant", chat, user, tg.ChatBannedRights{ViewMessages: true})
	if err != nil {
		return nil, err
	}
	err = a.inChat(ctx, "kick participant", chat, chatCall{
		channel: func(_ Peer, channel tg.InputChannelClass) error {
			_, err := a.API().ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{Channel: channel, Participant: user.Input})
			return err
		},
		group: func(Peer, int64) error { return nil },
	})
	if err != nil {
		return nil, err
	}
	return told, nil
}

// DeleteHistoryOf deletes all messages of one participant of a supergroup and returns how many.
func (a *Account) DeleteHistoryOf(ctx context.Context, chat, who Target) (deleted int, err error) {
	peer, err := a.Resolve(ctx, who)
	if err != nil {
		return 0, fmt.Errorf("delete history of participant: %w", err)
	}
	err = a.inChannel(ctx, "delete history of participant", chat, func(_ Peer, channel tg.InputChannelClass) error {
		deleted, err = inSteps(func() (*tg.MessagesAffectedHistory, error) {
			return a.API().ChannelsDeleteParticipantHistory(ctx, &tg.ChannelsDeleteParticipantHistoryRequest{Channel: channel, Participant: peer.Input})
		})
		return err
	})
	return deleted, err
}
