package bindings

import (
	"time"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// textOptions say how a text is read.
type textOptions struct {
	ParseMode   string `lua:"parse_mode,optional" enum:"md,markdown,html,none" doc:"How formatting is written in the text; md if not given."`
	LinkPreview *bool  `lua:"link_preview,optional" doc:"Show a preview of the first link; true if not given."`
}

// body reads a text in the mode that the options name.
func (o textOptions) body(s string) (text.Text, error) {
	switch o.ParseMode {
	case "none":
		return text.Of(s), nil
	case "html":
		return text.Parse(text.HTML, s)
	}
	return text.Parse(text.Markdown, s)
}

func (o textOptions) noPreview() bool { return o.LinkPreview != nil && !*o.LinkPreview }

// replyOptions say how an answer goes out.
type replyOptions struct {
	textOptions
	Silent   bool      `lua:"silent,optional" doc:"Without a sound."`
	Schedule time.Time `lua:"schedule,optional" doc:"Send it later."`
}

func (o replyOptions) send(replyTo int) telegram.SendOptions {
	return telegram.SendOptions{ReplyTo: replyTo, Silent: o.Silent, NoPreview: o.noPreview(), At: o.Schedule}
}

// sendOptions say how a message goes out.
type sendOptions struct {
	ReplyTo messageID `lua:"reply_to,optional" doc:"The message that this one answers."`
	replyOptions
}

// editOptions say how a message is changed.
type editOptions struct{ textOptions }

// deleteOptions say how messages are deleted.
type deleteOptions struct {
	Revoke *bool `lua:"revoke,optional" doc:"For everybody, not only for this account; true if not given."`
}

func (o deleteOptions) delete() telegram.DeleteOptions {
	return telegram.DeleteOptions{KeepForOthers: o.Revoke != nil && !*o.Revoke}
}
