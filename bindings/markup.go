package bindings

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
)

type markupArgs struct {
	Buttons buttons       `lua:"buttons" doc:"One button, a row or rows of buttons."`
	Opts    markupOptions `lua:"options,optional" doc:"Which kinds."`
}

type markupOptions struct {
	InlineOnly bool `lua:"inline_only,optional" doc:"Refuse anything but inline buttons."`
}

var buildReplyMarkup = spec.Method("build_reply_markup", "Make a keyboard once, to send it often. The option `buttons` of other calls takes it, and everything that this one takes.",
	func(_ *spec.Call, _ *client, in markupArgs) (*replyMarkup, error) {
		markup := in.Buttons.markup()
		if _, inline := markup.(*tg.ReplyInlineMarkup); in.Opts.InlineOnly && !inline {
			return nil, &spec.ArgumentError{Function: "build_reply_markup", Place: "argument 1 (buttons)", Problem: "inline buttons expected, got a reply keyboard"}
		}
		return &replyMarkup{markup}, nil
	},
).Direct().Example(`local board = client:build_reply_markup({ { text = "Yes", data = "yes" }, { text = "No", data = "no" } })
client:send_message("@durov", "Sure?", { buttons = board })`).Raises("BUTTON_INVALID")
