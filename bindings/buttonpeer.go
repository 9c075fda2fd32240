package bindings

import (
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// requestPeer is tg.button.request_peer: https://core.telegram.org/constructor/inputButtonTypeRequestPeer
var requestPeer = spec.Function("request_peer", "A button of a reply keyboard that lets the person choose users, bots, groups or channels, of which the bot is told; in private chats only.",
	func(_ *spec.Call, in requestPeerArgs) (*button, error) {
		request := tg.InputButtonTypeRequestPeer{
			ButtonID: in.Opts.ID, MaxQuantity: max(1, in.Opts.MaxQuantity), PeerType: in.Opts.requestedType(in.Kind),
			NameRequested: in.Opts.Name, UsernameRequested: in.Opts.Username, PhotoRequested: in.Opts.Photo,
		}
		b := in.Opts.styled(telegram.PeerButton(string(in.Text), request))
		b.board = in.Opts.keyboardOptions
		return b, nil
	},
).Direct().Example(`client:send_message("@durov", "Whom do you want to invite?", {
  buttons = tg.button.request_peer("Choose friends", "user", { id = 1, max_quantity = 5, resize = true }),
})`)

type requestPeerArgs struct {
	Text label              `lua:"text" doc:"What is written on it."`
	Kind string             `lua:"kind" enum:"user,bot,group,channel" doc:"What may be chosen."`
	Opts requestPeerOptions `lua:"options,optional" doc:"Which ones, and how many."`
}

type requestPeerOptions struct {
	ID          int   `lua:"id,optional" doc:"A number of yours that comes back with the choice."`
	MaxQuantity int   `lua:"max_quantity,optional" doc:"How many users may be chosen; 1 if not given."`
	Premium     *bool `lua:"premium,optional" doc:"Users with Telegram Premium only, or without only."`
	Creator     bool  `lua:"creator,optional" doc:"Only what the person has created."`
	HasUsername *bool `lua:"has_username,optional" doc:"Only public groups or channels, or private ones only."`
	Forum       *bool `lua:"forum,optional" doc:"Only groups with topics, or without only."`
	BotMember   bool  `lua:"bot_participant,optional" doc:"Only groups that the bot is in."`
	Name        bool  `lua:"name_requested,optional" doc:"Tell the bot their names."`
	Username    bool  `lua:"username_requested,optional" doc:"Tell the bot their user names."`
	Photo       bool  `lua:"photo_requested,optional" doc:"Tell the bot their photos."`
	replyButtonOptions
}

func (o requestPeerOptions) requestedType(kind string) tg.RequestPeerTypeClass {
	switch kind {
	case "group":
		chat := &tg.RequestPeerTypeChat{Creator: o.Creator, BotParticipant: o.BotMember}
		if o.HasUsername != nil {
			chat.SetHasUsername(*o.HasUsername)
		}
		if o.Forum != nil {
			chat.SetForum(*o.Forum)
		}
		return chat
	case "channel":
		channel := &tg.RequestPeerTypeBroadcast{Creator: o.Creator}
		if o.HasUsername != nil {
			channel.SetHasUsername(*o.HasUsername)
		}
		return channel
	}
	user := &tg.RequestPeerTypeUser{}
	user.SetBot(kind == "bot")
	if o.Premium != nil {
		user.SetPremium(*o.Premium)
	}
	return user
}

// buttonAliases are the names of what isn't a class.
var buttonAliases = []spec.Alias{
	{Name: "Buttons", Type: "false|string|Button|Keyboard|ReplyMarkup|Object|table", Doc: "A keyboard: one button, a row of buttons or a list of " +
		"rows. A button is what tg.button makes, a table " +
		"such as { text = \"Yes\", data = \"yes\" } with data, on, url, switch_inline, switch_inline_here, web_app, copy, user or request, or plain " +
		"text for a reply keyboard. " +
		"A table of buttons may have resize, single_use, selective, persistent and placeholder, too. false takes the buttons away from a message that is edited."},
	{Name: "OfferTable", Type: "table", Doc: "An offer to an inline query: title, description, id, url, thumb, buttons, and one content: text (with " +
		"parse_mode, link_preview), " +
		"file (with type, mime_type, width, height, duration, performer; the text is its caption unless include_media is false), geo (with period), " +
		"venue = { title, address, geo }, contact = { phone, first_name } or game."},
	{Name: "ClickOptions", Type: "table", Doc: "Which button is pressed, and what it may have of the account: text, data, filter, password, " +
		"share_phone, share_geo, share_peers, login."},
	{Name: "StarsTransaction", Type: "{ id: string, amount: number, date: integer, peer?: Peer, title: string, description: string, payload: string, refund: boolean }",
		Doc: "A movement of Stars; amount is less than 0 for what was paid."},
}
