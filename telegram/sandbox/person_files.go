package sandbox

import (
	"context"
	"fmt"

	"github.com/gotd/td/tg"
)

// File is what a person sends from their device.
type File struct {
	Name  string
	Type  string // MIME type; "" goes by the name
	Data  []byte
	Photo bool // as a photo, compressed, not as a file
}

// SendFile sends a file with a caption, which may be empty. Where to is as in [Person.Send].
func (p *Person) SendFile(ctx context.Context, to string, f File, caption string, opts SendOptions) (Message, error) {
	var sent Message
	if err := ctx.Err(); err != nil {
		return sent, err
	}
	err := p.act(func(u *user) error {
		c := &call{Server: p.server, me: u}
		media, err := c.brought(f)
		if err != nil {
			return fmt.Errorf("send a file: %w", err)
		}
		chat, err := c.chat(u, to)
		if err != nil {
			return err
		}
		if err := c.mayWrite(u, chat); err != nil {
			return fmt.Errorf("send a file: %w", err)
		}
		if err := c.mayShow(u, chat, media); err != nil {
			return fmt.Errorf("send a file: %w", err)
		}
		d := draft{from: u, to: chat, media: media, replyTo: opts.ReplyTo, silent: opts.Silent, markup: opts.Markup}
		if caption != "" {
			if d.text, d.entities, err = c.compose(caption, opts.Entities, c.inputUser); err != nil {
				return fmt.Errorf("send a file: %w", err)
			}
		}
		r, _ := c.post(d)
		sent = c.messageOf(u, r)
		return nil
	})
	return sent, err
}

func (c *call) brought(f File) (tg.MessageMediaClass, error) {
	bring := func() (content, error) { return c.blobs.put(f.Data) }
	if f.Photo {
		made, err := c.newPhoto(bring)
		if err != nil {
			return nil, err
		}
		return c.photoMedia(made, false, 0)
	}
	made := &file{mime: f.Type, attributes: []tg.DocumentAttributeClass{&tg.DocumentAttributeFilename{FileName: f.Name}}}
	if _, err := c.newDocument(made, bring, nil); err != nil {
		return nil, err
	}
	return c.documentMedia(made, false, 0)
}

// ReadFile returns the photo, in its greatest size, or the document of a message.
func (p *Person) ReadFile(chat string, id int) ([]byte, error) {
	var data []byte
	err := p.act(func(u *user) error {
		r, _, err := p.server.message(u, chat, id)
		if err != nil {
			return err
		}
		m, _ := r.said()
		if m == nil {
			return fmt.Errorf("read a file of message %d: %w", id, ErrUnknown)
		}
		f := p.server.fileIn(m.Media)
		if f == nil {
			return fmt.Errorf("read a file of message %d: %w", id, ErrUnknown)
		}
		at := f.content
		if f.photo {
			at = f.greatest()
		}
		data, err = p.server.blobs.read(at.id, 0, int(at.size))
		return err
	})
	return data, err
}

// fileIn is the photo or document of a message, nil if it has none.
func (w *world) fileIn(m tg.MessageMediaClass) *file {
	switch m := m.(type) {
	case *tg.MessageMediaPhoto:
		if m.Photo != nil {
			return w.archive.files[m.Photo.GetID()]
		}
	case *tg.MessageMediaDocument:
		if m.Document != nil {
			return w.archive.files[m.Document.GetID()]
		}
	}
	return nil
}
