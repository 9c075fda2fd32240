package sandbox

import (
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func chatInfoMethods(t table) {
	within(t, 0, toChange, (*call).editChannelTitle)
	within(t, 0, toChange, (*call).editChatTitle)
	within(t, 0, toChange, (*call).editChatAbout)
	within(t, 0, toChange, (*call).editChannelPhoto)
	within(t, 0, toChange, (*call).editChatPhoto)
	within(t, people, toSee, (*call).checkChannelUsername)
	within(t, people, toOwn, (*call).updateChannelUsername)
	on(t, people, (*call).getAdminedPublicChannels)
}

const (
	titleLength = 128
	aboutLength = 255
)

// title checks a new title.
func newTitle(title string) (string, error) {
	title = strings.TrimSpace(title)
	if title == "" || len([]rune(title)) > titleLength {
		return "", bad("CHAT_TITLE_EMPTY")
	}
	return title, nil
}

// editChannelTitle: https://core.telegram.org/method/channels.editTitle
func (c *call) editChannelTitle(ch *chat, in *tg.ChannelsEditTitleRequest) (bin.Encoder, error) {
	return c.retitle(ch, in.Title)
}

// editChatTitle: https://core.telegram.org/method/messages.editChatTitle
func (c *call) editChatTitle(ch *chat, in *tg.MessagesEditChatTitleRequest) (bin.Encoder, error) {
	return c.retitle(ch, in.Title)
}

func (c *call) retitle(ch *chat, title string) (bin.Encoder, error) {
	title, err := newTitle(title)
	switch {
	case err != nil:
		return nil, err
	case title == ch.title:
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionChangeTitle{PrevValue: ch.title, NewValue: title})
	c.uncall(ch.title, ch.peer)
	ch.title = title
	c.world.call(title, ch.peer)
	return c.answer(c.changed(ch), c.say(ch, &tg.MessageActionChatEditTitle{Title: title})), nil
}

// editChatAbout: https://core.telegram.org/method/messages.editChatAbout
func (c *call) editChatAbout(ch *chat, in *tg.MessagesEditChatAboutRequest) (bin.Encoder, error) {
	switch {
	case len([]rune(in.About)) > aboutLength:
		return nil, bad("CHAT_ABOUT_TOO_LONG")
	case in.About == ch.about:
		return nil, bad("CHAT_ABOUT_NOT_MODIFIED")
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionChangeAbout{PrevValue: ch.about, NewValue: in.About})
	ch.about = in.About
	c.changed(ch)
	return yes()
}

// checkChannelUsername: https://core.telegram.org/method/channels.checkUsername
func (c *call) checkChannelUsername(_ *chat, in *tg.ChannelsCheckUsernameRequest) (bin.Encoder, error) {
	return c.checkName(in.Username)
}

// updateChannelUsername: https://core.telegram.org/method/channels.updateUsername
func (c *call) updateChannelUsername(ch *chat, in *tg.ChannelsUpdateUsernameRequest) (bin.Encoder, error) {
	if err := c.freeName(in.Username, ch.username); err != nil {
		return nil, err
	}
	c.noted(ch, &tg.ChannelAdminLogEventActionChangeUsername{PrevValue: ch.username, NewValue: in.Username})
	c.rename(ch, in.Username)
	c.changed(ch)
	return yes()
}

// rename gives a chat another user name; "" makes it private.
func (c *call) rename(ch *chat, username string) {
	delete(c.names, strings.ToLower(ch.username))
	ch.username = username
	if username != "" {
		c.names[strings.ToLower(username)] = ch.peer
	}
}

// getAdminedPublicChannels: https://core.telegram.org/method/channels.getAdminedPublicChannels
func (c *call) getAdminedPublicChannels(*tg.ChannelsGetAdminedPublicChannelsRequest) (bin.Encoder, error) {
	answer := &tg.MessagesChats{}
	for _, p := range c.everything() {
		if ch := c.chats[p]; ch != nil && ch.creator == c.me.id && ch.username != "" && ch.byUser[c.me.id] != nil {
			answer.Chats = append(answer.Chats, c.chatFor(c.me, ch))
		}
	}
	return answer, nil
}
