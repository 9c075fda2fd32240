package bindings

import (
	"reflect"
	"strconv"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// button is a button that a script has made, for a keyboard.
type button struct {
	telegram.Button
	board keyboardOptions // what it wants of its keyboard, for those who write that at the button
}

// replyMarkup is a keyboard that is ready to be sent.
type replyMarkup struct{ markup tg.ReplyMarkupClass }

// keyboard is a keyboard that a script puts together bit by bit.
type keyboard struct{ telegram.Keyboard }

// buttonLook is how a button looks.
type buttonLook struct {
	Style string  `lua:"style,optional" enum:"primary,danger,success" doc:"Its colour."`
	Icon  spec.ID `lua:"icon,optional" doc:"Id of a custom emoji to the left of the text."`
}

func (o buttonLook) styled(b telegram.Button) *button {
	b.Style.BgPrimary, b.Style.BgDanger, b.Style.BgSuccess = o.Style == "primary", o.Style == "danger", o.Style == "success"
	if o.Icon != 0 {
		b.Style.SetIcon(int64(o.Icon))
	}
	return &button{Button: b}
}

// callbackOptions say how a callback button works.
type callbackOptions struct {
	Password bool `lua:"password,optional" doc:"The person's password is asked for first."`
}

func (o callbackOptions) callback(label, data string) telegram.Button {
	b := telegram.CallbackButton(label, data)
	b.Inline.(*tg.InlineButtonTypeCallback).RequiresPassword = o.Password
	return b
}

// buttonClass is the class Button.
var buttonClass = spec.Class{
	Name: "Button", Call: "button", Go: reflect.TypeFor[*button](),
	Doc:  "A button for a keyboard. The functions of tg.button make them.",
	Text: func(v any) string { b := v.(*button); return "Button(" + strconv.Quote(b.Text) + " " + b.kind() + ")" },
	Fields: []spec.Field{
		spec.Get("text", "What is written on it.", func(b *button) string { return b.Text }),
		spec.Get("kind", "What it does.", (*button).kind),
		spec.Get("data", "What the bot is told when it is pressed.", (*button).data).Maybe(),
		spec.Get("url", "The link or mini app that it opens.", (*button).url).Maybe(),
		spec.Get("inline_query", "The inline query that it begins.", (*button).query).Is("string?"),
		spec.Get("style", "Its colour.", (*button).style).Is(`"primary"|"danger"|"success"`).Maybe(),
		spec.Get("requires_password", "The person's password is asked for first.", (*button).locked),
	},
}

// replyMarkupClass is the class ReplyMarkup.
var replyMarkupClass = spec.Class{
	Name: "ReplyMarkup", Call: "markup", Go: reflect.TypeFor[*replyMarkup](),
	Doc:  "A keyboard that is ready to be sent, as the option `buttons`.",
	Text: func(v any) string { return "ReplyMarkup(" + v.(*replyMarkup).markup.TypeName() + ")" },
	Fields: []spec.Field{
		spec.Get("raw", "The keyboard as Telegram describes it.", func(m *replyMarkup) *object { return objectOf(m.markup) }).OutOfTable(),
	},
}

// kind is the word for what a button does, after its constructor in tg.button.
func (b *button) kind() string {
	switch kind := b.Inline.(type) {
	case *tg.InlineButtonTypeCallback:
		return "inline"
	case *tg.InlineButtonTypeURL:
		return "url"
	case *tg.InlineButtonTypeSwitchInline:
		return "switch_inline"
	case *tg.InlineButtonTypeURLAuth, *tg.InputInlineButtonTypeURLAuth:
		return "auth"
	case *tg.InlineButtonTypeWebView:
		return "web_app"
	case *tg.InlineButtonTypeCopy:
		return "copy"
	case *tg.InlineButtonTypeUserProfile, *tg.InputInlineButtonTypeUserProfile:
		return "user_profile"
	case *tg.InlineButtonTypeBuy:
		return "buy"
	case *tg.InlineButtonTypeGame:
		return "game"
	case *tg.InlineButtonTypeDisabled:
		return "disabled"
	case nil:
	default:
		return kind.TypeName()
	}
	switch kind := b.Reply.(type) {
	case nil:
		return "none"
	case *tg.ButtonTypeDefault:
		return "text"
	case *tg.ButtonTypeRequestPhone:
		return "request_phone"
	case *tg.ButtonTypeRequestGeoLocation:
		return "request_location"
	case *tg.ButtonTypeRequestPoll:
		return "request_poll"
	case *tg.ButtonTypeRequestPeer, *tg.InputButtonTypeRequestPeer:
		return "request_peer"
	case *tg.ButtonTypeSimpleWebView:
		return "web_app"
	default:
		return kind.TypeName()
	}
}

func (b *button) data() string {
	if kind, ok := b.Inline.(*tg.InlineButtonTypeCallback); ok {
		return string(kind.Data)
	}
	return ""
}

func (b *button) locked() bool {
	kind, ok := b.Inline.(*tg.InlineButtonTypeCallback)
	return ok && kind.RequiresPassword
}

func (b *button) url() string {
	if kind, ok := b.Inline.(interface{ GetURL() string }); ok {
		return kind.GetURL()
	}
	if kind, ok := b.Reply.(interface{ GetURL() string }); ok {
		return kind.GetURL()
	}
	return ""
}

// query may be empty: the button then only names the bot in the line of writing.
func (b *button) query() *string {
	if kind, ok := b.Inline.(*tg.InlineButtonTypeSwitchInline); ok {
		return &kind.Query
	}
	return nil
}

func (b *button) style() string {
	switch s := b.Style; {
	case s.BgPrimary:
		return "primary"
	case s.BgDanger:
		return "danger"
	case s.BgSuccess:
		return "success"
	}
	return ""
}
