package bindings

import (
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

type menuOptions struct {
	User target `lua:"user,optional" doc:"Only in the chat with this person."`
	Text words  `lua:"text,optional" doc:"What is written on a button that opens a mini app."`
}

type menuArgs struct {
	Button string      `lua:"button" doc:"\"commands\", \"default\" for what BotFather was told, or the https address of a mini app."`
	Opts   menuOptions `lua:"options,optional" doc:"For whom, and its text."`
}

var setMenuButton = spec.Method("set_bot_menu_button", "Change the button beside the line of writing in chats with this bot.",
	func(c *spec.Call, cl *client, in menuArgs) (spec.None, error) {
		var button tg.BotMenuButtonClass
		switch {
		case in.Button == "commands":
			button = &tg.BotMenuButtonCommands{}
		case in.Button == "default":
		case strings.HasPrefix(in.Button, "https://"):
			if in.Opts.Text == "" {
				in.Opts.Text = "Open"
			}
			button = &tg.BotMenuButton{Text: string(in.Opts.Text), URL: in.Button}
		default:
			return spec.None{}, &spec.ArgumentError{
				Function: "set_bot_menu_button", Place: "argument 1 (button)", Problem: "'commands', 'default' or an https address expected, got '" + in.Button + "'",
			}
		}
		return spec.None{}, cl.account.SetMenuButton(c, in.Opts.User.Target, button)
	},
).InOrder().Example(`client:set_bot_menu_button("https://example.com/shop", { text = "Shop" })
client:set_bot_menu_button("commands", { user = "@friend" })`).Raises("BUTTON_URL_INVALID")

type getMenuArgs struct {
	Opts getMenuOptions `lua:"options,optional" doc:"Of whom."`
}

type getMenuOptions struct {
	User target `lua:"user,optional" doc:"In the chat with this person."`
}

type shownMenu struct {
	Kind string `lua:"kind"`
	Text string `lua:"text"`
	URL  string `lua:"url"`
}

var getMenuButton = spec.Method("get_bot_menu_button", "Tell which button is beside the line of writing.",
	func(c *spec.Call, cl *client, in getMenuArgs) (shownMenu, error) {
		button, err := cl.account.MenuButton(c, in.Opts.User.Target)
		switch b := button.(type) {
		case *tg.BotMenuButton:
			return shownMenu{"web_app", b.Text, b.URL}, err
		case *tg.BotMenuButtonCommands:
			return shownMenu{Kind: "commands"}, err
		}
		return shownMenu{Kind: "default"}, err
	},
).Result("{ kind: string, text: string, url: string }").Example(`print(client:get_bot_menu_button().kind)`)

type startBotArgs struct {
	Bot   target       `lua:"bot" doc:"Which bot."`
	Param string       `lua:"param,optional" doc:"What its deep link says after ?start=: letters, digits, _ and -, up to 64."`
	Opts  startOptions `lua:"options,optional" doc:"Where."`
}

type startOptions struct {
	Chat target `lua:"chat,optional" doc:"Start it in this group, of which it is a member; in the chat with it if not given."`
}

var startBot = spec.Method("start_bot", "Start a bot, as its deep link t.me/bot?start=param does. Returns the /start message. Not for bots.",
	func(c *spec.Call, cl *client, in startBotArgs) (*message, error) {
		sent, err := cl.account.StartBot(c, in.Bot.Target, in.Param, in.Opts.Chat.Target)
		return messageOf(sent), err
	},
).InOrder().Example(`client:start_bot("@sandbox_echo_bot", "invited-by-alice")`).Raises("START_PARAM_INVALID", "BOT_INVALID", "PEER_UNKNOWN")

type webViewArgs struct {
	Bot  target         `lua:"bot" doc:"Which bot."`
	URL  string         `lua:"url,optional" doc:"Address of the mini app, as a button has it; the bot's main one if not given."`
	Opts webViewOptions `lua:"options,optional" doc:"Where, and how."`
}

type webViewOptions struct {
	Chat       target `lua:"chat,optional" doc:"In which chat; the one with the bot if not given."`
	StartParam string `lua:"start_param,optional" doc:"What the app is told."`
	Simple     bool   `lua:"simple,optional" doc:"As a button of a reply keyboard does: the app learns less of the account."`
	Platform   string `lua:"platform,optional" doc:"What the app takes this program for; \"tgscript\" if not given."`
}

var requestWebView = spec.Method("request_web_view", "Get the address at which a mini app opens for this account. It proves to the app who you are, so that nobody else should see it. Not for bots.",
	func(c *spec.Call, cl *client, in webViewArgs) (string, error) {
		return cl.account.WebView(c, in.Bot.Target, telegram.WebViewOptions{
			Chat: in.Opts.Chat.Target, URL: in.URL, StartParam: in.Opts.StartParam, Simple: in.Opts.Simple, Platform: in.Opts.Platform,
		})
	},
).Example(`local address = client:request_web_view("@shop_bot", "https://example.com/shop")`).Raises("BOT_INVALID", "URL_INVALID")

type answerWebAppArgs struct {
	Query string `lua:"query_id" doc:"The query_id that the mini app was given."`
	Offer offers `lua:"offer" doc:"What is sent: an offer as for inline queries."`
}

var answerWebApp = spec.Method("answer_web_app_query", "Send a message for the person who uses a mini app of this bot. Returns the message, to be edited; nil for one without buttons.",
	func(c *spec.Call, cl *client, in answerWebAppArgs) (*inlineID, error) {
		list, err := in.Offer.made(c, cl.account)
		if err != nil || len(list) == 0 {
			return nil, err
		}
		id, err := cl.account.AnswerWebView(c, in.Query, list[0])
		if err != nil || id == nil {
			return nil, err
		}
		return &inlineID{id, cl.account}, nil
	},
).InOrder().Example(`client:answer_web_app_query("AAF0...", { title = "Order", text = "Order **17** is on its way." })`).Raises("QUERY_ID_INVALID")
