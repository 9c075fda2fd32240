package sandbox

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// Tell tells a person or bot an update that nothing in the sandbox causes, such as a boost or somebody's story. Updates
// that Telegram counts by qts get their number, and come again to a client that was away; others are lost on who isn't
// there. What the sandbox counts by pts is for its own methods to tell.
//
// See https://core.telegram.org/api/updates#update-handling.
func (p *Person) Tell(ctx context.Context, update tg.UpdateClass) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return p.act(func(u *user) error {
		number := func(int) {}
		switch update := update.(type) {
		case *tg.UpdateBotChatBoost:
			number = func(qts int) { update.Qts = qts }
		case *tg.UpdateBotStopped:
			number = func(qts int) { update.Qts = qts }
		case *tg.UpdateBotMessageReactions:
			number = func(qts int) { update.Qts = qts }
		case interface{ GetPts() int }:
			return fmt.Errorf("tell %s: it is counted by pts", update.(tg.UpdateClass).TypeName())
		default:
			p.server.pushShort(u, nil, update)
			return nil
		}
		p.server.noteQts(u, func(qts int) tg.UpdateClass {
			number(qts)
			return update
		})
		return nil
	})
}

// SendAlbum sends files as one album, with a caption below the first. Where to is as in [Person.Send].
func (p *Person) SendAlbum(ctx context.Context, to string, files []File, caption string, opts SendOptions) ([]Message, error) {
	var sent []Message
	if err := ctx.Err(); err != nil {
		return sent, err
	}
	err := p.act(func(u *user) error {
		c := &call{Server: p.server, me: u}
		chat, err := c.chat(u, to)
		if err != nil {
			return err
		}
		if err := c.mayWrite(u, chat); err != nil {
			return fmt.Errorf("send an album: %w", err)
		}
		group := c.newGroup()
		for i, f := range files {
			media, err := c.brought(f)
			if err != nil {
				return fmt.Errorf("send an album: %w", err)
			}
			d := draft{from: u, to: chat, media: media, replyTo: opts.ReplyTo, silent: opts.Silent, group: group}
			if i == 0 {
				d.text = caption
			}
			r, _ := c.post(d)
			sent = append(sent, c.messageOf(u, r))
		}
		return nil
	})
	return sent, err
}
