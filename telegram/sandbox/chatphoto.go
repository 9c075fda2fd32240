package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// editChannelPhoto: https://core.telegram.org/method/channels.editPhoto
func (c *call) editChannelPhoto(ch *chat, in *tg.ChannelsEditPhotoRequest) (bin.Encoder, error) {
	return c.setPhoto(ch, in.Photo)
}

// editChatPhoto: https://core.telegram.org/method/messages.editChatPhoto
func (c *call) editChatPhoto(ch *chat, in *tg.MessagesEditChatPhotoRequest) (bin.Encoder, error) {
	return c.setPhoto(ch, in.Photo)
}

func (c *call) setPhoto(ch *chat, in tg.InputChatPhotoClass) (bin.Encoder, error) {
	f, err := c.chatPhoto(in)
	switch {
	case err != nil:
		return nil, err
	case f == nil && ch.Photo == 0:
		return nil, bad("CHAT_NOT_MODIFIED")
	}
	// The lock was given up: the caller may have been thrown out meanwhile.
	if err := c.may(c.me, ch, toChange); err != nil {
		return nil, err
	}
	was := c.photoOr(ch.Photo)
	action := c.putPhoto(ch, f)
	c.noted(ch, &tg.ChannelAdminLogEventActionChangePhoto{PrevPhoto: was, NewPhoto: c.photoOr(ch.Photo)})
	return c.answer(c.changed(ch), c.say(ch, action)), nil
}
