package bindings

import (
	"maps"
	"slices"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// buttonSpace is tg.button.
var buttonSpace = spec.Namespace{
	Name: "button", Doc: "Buttons for the option `buttons`. Inline buttons stand below a message, the others take the place of the letters; one keyboard has one of both kinds. " +
		"Only bots can send buttons.",
	Functions: []spec.Func{
		spec.Function("inline", "An inline button that tells the bot its data: the event `callback`.",
			func(_ *spec.Call, in inlineButtonArgs) (*button, error) {
				return in.Opts.styled(in.Opts.callback(string(in.Text), in.Data)), nil
			},
		).Direct().Example(`client:send_message("@durov", "Sure?", { buttons = { tg.button.inline("Yes", "yes"), tg.button.inline("No", "no", { style = "danger" }) } })`),
		spec.Function("call", "An inline button that runs a function, as long as this version of the script lives. See tg.menu for buttons that live longer.",
			func(c *spec.Call, in callButtonArgs) (*button, error) {
				return in.Opts.styled(in.Opts.callback(string(in.Text), bookIn(c.State).keep(in.Run))), nil
			},
		).Direct().Example(`client:command("tea", function(event)
  event:reply("Tea?", { buttons = { tg.button.call("Yes", function(press) press:edit("It is on its way.", { buttons = false }) end) } })
end)`),
		spec.Function("url", "An inline button that opens a link.",
			func(_ *spec.Call, in urlButtonArgs) (*button, error) {
				return in.Opts.styled(telegram.URLButton(string(in.Text), in.URL)), nil
			},
		).Direct().Example(`local more = tg.button.url("More", "https://core.telegram.org")`),
		spec.Function("switch_inline", "An inline button that begins an inline query to this bot, in a chat that the person chooses.",
			func(_ *spec.Call, in switchButtonArgs) (*button, error) {
				kinds, err := in.Opts.kinds()
				return in.Opts.styled(telegram.SwitchInlineButton(string(in.Text), in.Query, in.Opts.SamePeer, kinds...)), err
			},
		).Direct().Example(`local share = tg.button.switch_inline("Share", "cats", { chats = { "users", "groups" } })`),
		spec.Function("auth", "An inline button that signs the person in at a web site: https://core.telegram.org/api/url-authorization",
			func(_ *spec.Call, in authButtonArgs) (*button, error) {
				return in.Opts.styled(telegram.LoginButton(string(in.Text), in.URL, telegram.LoginOptions{
					Bot: in.Opts.Bot.Target, ForwardText: string(in.Opts.ForwardText), WriteAccess: in.Opts.WriteAccess,
				})), nil
			},
		).Direct().Example(`local login = tg.button.auth("Log in", "https://example.com/login", { write_access = true })`),
		spec.Function("web_app", "A button that opens a mini app, on both kinds of keyboard; in private chats only.",
			func(_ *spec.Call, in urlButtonArgs) (*button, error) {
				return in.Opts.styled(telegram.WebAppButton(string(in.Text), in.URL)), nil
			},
		).Direct().Example(`local shop = tg.button.web_app("Shop", "https://example.com/shop")`),
		spec.Function("copy", "An inline button that puts a text into the clipboard.",
			func(_ *spec.Call, in copyButtonArgs) (*button, error) {
				if in.Copied == "" {
					in.Copied = string(in.Text)
				}
				return in.Opts.styled(telegram.CopyButton(string(in.Text), in.Copied)), nil
			},
		).Direct().Example(`local code = tg.button.copy("Copy the code", "TG-2026")`),
		spec.Function("user_profile", "An inline button that opens somebody's profile.",
			func(_ *spec.Call, in profileButtonArgs) (*button, error) {
				return in.Opts.styled(telegram.ProfileButton(string(in.Text), in.User.Target)), nil
			},
		).Direct().Example(`local author = tg.button.user_profile("The author", "@durov")`),
		plainButton("buy", "The first button of an invoice, which pays.", telegram.BuyButton),
		plainButton("game", "The first button of a game, which plays.", telegram.GameButton),
		replyButton("text", "A button of a reply keyboard that says what is written on it. Plain text makes one, too.", telegram.TextButton),
		replyButton("request_phone", "A button of a reply keyboard that shares the person's phone number; in private chats only.", telegram.PhoneButton),
		replyButton("request_location", "A button of a reply keyboard that shares where the person is; in private chats only.", telegram.LocationButton),
		spec.Function("request_poll", "A button of a reply keyboard that lets the person make a poll.",
			func(_ *spec.Call, in pollButtonArgs) (*button, error) {
				b := in.Opts.styled(telegram.PollButton(string(in.Text), in.Opts.ForceQuiz))
				b.board = in.Opts.keyboardOptions
				return b, nil
			},
		).Direct().Example(`local ask = tg.button.request_poll("Ask us", { force_quiz = true })`),
		requestPeer,
		spec.Function("clear", "Takes a reply keyboard away.",
			func(_ *spec.Call, in clearArgs) (*replyMarkup, error) {
				return &replyMarkup{telegram.HideKeyboard(in.Opts.Selective)}, nil
			},
		).Direct().Example(`client:send_message("@durov", "Thank you", { buttons = tg.button.clear() })`),
		spec.Function("force_reply", "Makes the person's app act as if they had begun to answer the message.",
			func(_ *spec.Call, in forceReplyArgs) (*replyMarkup, error) {
				return &replyMarkup{telegram.ForceReply(in.Opts.Placeholder, in.Opts.Selective)}, nil
			},
		).Direct().Example(`client:send_message("@durov", "Your name?", { buttons = tg.button.force_reply({ placeholder = "First name" }) })`),
	},
}

type inlineButtonArgs struct {
	Text label               `lua:"text" doc:"What is written on it."`
	Data string              `lua:"data,optional,bytes" doc:"What the bot is told, up to 64 bytes; the text if not given."`
	Opts inlineButtonOptions `lua:"options,optional" doc:"How it looks and works."`
}

type inlineButtonOptions struct {
	buttonLook
	callbackOptions
}

type callButtonArgs struct {
	Text label               `lua:"text" doc:"What is written on it."`
	Run  *vm.Function        `lua:"fn" type:"fun(event: CallbackEvent)" doc:"Called with the press."`
	Opts inlineButtonOptions `lua:"options,optional" doc:"How it looks and works."`
}

type urlButtonArgs struct {
	Text label      `lua:"text" doc:"What is written on it."`
	URL  string     `lua:"url" doc:"What it opens."`
	Opts buttonLook `lua:"options,optional" doc:"How it looks."`
}

type switchButtonArgs struct {
	Text  label         `lua:"text" doc:"What is written on it."`
	Query string        `lua:"query,optional" doc:"What is already written after the bot's name."`
	Opts  switchOptions `lua:"options,optional" doc:"Where, and how it looks."`
}

type switchOptions struct {
	SamePeer bool     `lua:"same_peer,optional" doc:"In this chat; the person doesn't choose."`
	Chats    []string `lua:"chats,optional" doc:"Only chats of these kinds are offered: \"users\", \"bots\", \"groups\", \"supergroups\", \"channels\"."`
	buttonLook
}

var queryPlaces = map[string]tg.InlineQueryPeerTypeClass{
	"users": &tg.InlineQueryPeerTypePM{}, "bots": &tg.InlineQueryPeerTypeBotPM{}, "groups": &tg.InlineQueryPeerTypeChat{},
	"supergroups": &tg.InlineQueryPeerTypeMegagroup{}, "channels": &tg.InlineQueryPeerTypeBroadcast{},
}

func (o switchOptions) kinds() (kinds []tg.InlineQueryPeerTypeClass, err error) {
	for _, name := range o.Chats {
		kind := queryPlaces[name]
		if kind == nil {
			return nil, spec.Unknown("switch_inline", "kind of chat", name, slices.Sorted(maps.Keys(queryPlaces)))
		}
		kinds = append(kinds, kind)
	}
	return kinds, nil
}

type authButtonArgs struct {
	Text label       `lua:"text" doc:"What is written on it."`
	URL  string      `lua:"url" doc:"Where to sign in: https only."`
	Opts authOptions `lua:"options,optional" doc:"How it works."`
}

type authOptions struct {
	Bot         target `lua:"bot,optional" doc:"The bot whose domain it is; this bot if not given."`
	WriteAccess bool   `lua:"write_access,optional" doc:"Ask the person to let the bot write to them."`
	ForwardText label  `lua:"fwd_text,optional" doc:"What is written on it in forwarded messages."`
	buttonLook
}

type copyButtonArgs struct {
	Text   label      `lua:"text" doc:"What is written on it."`
	Copied string     `lua:"copied,optional" doc:"What is copied, up to 256 characters; the text if not given."`
	Opts   buttonLook `lua:"options,optional" doc:"How it looks."`
}

type profileButtonArgs struct {
	Text label      `lua:"text" doc:"What is written on it."`
	User target     `lua:"user" doc:"Whose profile."`
	Opts buttonLook `lua:"options,optional" doc:"How it looks."`
}

type plainButtonArgs struct {
	Text label      `lua:"text" doc:"What is written on it."`
	Opts buttonLook `lua:"options,optional" doc:"How it looks."`
}

func plainButton(name, doc string, build func(label string) telegram.Button) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in plainButtonArgs) (*button, error) {
		return in.Opts.styled(build(string(in.Text))), nil
	}).Direct().Example(`local first = tg.button.` + name + `("Go on")`)
}

type replyButtonArgs struct {
	Text label              `lua:"text" doc:"What is written on it."`
	Opts replyButtonOptions `lua:"options,optional" doc:"How it looks, and its keyboard."`
}

type replyButtonOptions struct {
	buttonLook
	keyboardOptions
}

func replyButton(name, doc string, build func(label string) telegram.Button) spec.Func {
	return spec.Function(name, doc, func(_ *spec.Call, in replyButtonArgs) (*button, error) {
		b := in.Opts.styled(build(string(in.Text)))
		b.board = in.Opts.keyboardOptions
		return b, nil
	}).Direct().Example(`client:send_message("@durov", "Well?", { buttons = tg.button.` + name + `("Here", { resize = true, single_use = true }) })`)
}

type pollButtonArgs struct {
	Text label             `lua:"text" doc:"What is written on it."`
	Opts pollButtonOptions `lua:"options,optional" doc:"How it works."`
}

type pollButtonOptions struct {
	ForceQuiz *bool `lua:"force_quiz,optional" doc:"true for a quiz only, false for a plain poll only."`
	replyButtonOptions
}

type clearArgs struct {
	Opts clearOptions `lua:"options,optional" doc:"For whom."`
}

type clearOptions struct {
	Selective bool `lua:"selective,optional" doc:"Only for those whom the message mentions or answers."`
}

type forceReplyArgs struct {
	Opts forceReplyOptions `lua:"options,optional" doc:"For whom, and what the empty line of writing shows."`
}

type forceReplyOptions struct {
	Placeholder string `lua:"placeholder,optional" doc:"What the empty line of writing shows, up to 64 characters."`
	clearOptions
}
