package sandbox

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func webViewMethods(t table) {
	on(t, people, (*call).requestWebView)
	on(t, people, (*call).requestSimpleWebView)
	on(t, people, (*call).sendWebViewData)
	on(t, bots, (*call).sendWebViewResultMessage)
	on(t, people, (*call).sendBotRequestedPeer)
	on(t, people, (*call).acceptURLAuth)
}

// webView is a mini app that is open. What it sends through its bot ends it.
type webView struct {
	bot *user
	who *user
	at  peer
}

// openWebView gives the address of a mini app, with who has opened it.
//
// See https://core.telegram.org/api/bots/webapps.
func (c *call) openWebView(in tg.InputUserClass, at peer, address string) (*tg.WebViewResultURL, error) {
	bot, err := c.user(in)
	switch {
	case err != nil || !bot.bot:
		return nil, bad("BOT_INVALID")
	case !strings.HasPrefix(address, "https://"):
		return nil, bad("URL_INVALID")
	}
	id := c.freshInt64()
	c.webViews[id] = &webView{bot, c.me, at}
	data := url.Values{"query_id": {strconv.FormatInt(id, 10)}, "user": {strconv.FormatInt(c.me.id, 10)}, "auth_date": {strconv.Itoa(c.today)}}
	out := &tg.WebViewResultURL{URL: address + "#tgWebAppData=" + url.QueryEscape(data.Encode())}
	out.SetQueryID(id)
	return out, nil
}

// requestWebView: https://core.telegram.org/method/messages.requestWebView
func (c *call) requestWebView(in *tg.MessagesRequestWebViewRequest) (bin.Encoder, error) {
	at, err := c.peer(in.Peer)
	if err != nil {
		return nil, err
	}
	return c.openWebView(in.Bot, at, in.URL)
}

// requestSimpleWebView: https://core.telegram.org/method/messages.requestSimpleWebView
func (c *call) requestSimpleWebView(in *tg.MessagesRequestSimpleWebViewRequest) (bin.Encoder, error) {
	out, err := c.openWebView(in.Bot, peer{}, in.URL)
	if err != nil {
		return nil, err
	}
	delete(c.webViews, out.QueryID) // such an app sends by sendWebViewData only
	return &tg.WebViewResultURL{URL: out.URL}, nil
}

// sendWebViewData tells a bot what a mini app of its reply keyboard has to say.
//
// See https://core.telegram.org/method/messages.sendWebViewData.
func (c *call) sendWebViewData(in *tg.MessagesSendWebViewDataRequest) (bin.Encoder, error) {
	bot, err := c.user(in.Bot)
	switch {
	case err != nil || !bot.bot:
		return nil, bad("BOT_INVALID")
	case in.ButtonText == "":
		return nil, bad("BUTTON_TEXT_INVALID")
	case len(in.Data) > webData:
		return nil, bad("DATA_TOO_LONG")
	}
	return c.tell(bot, &tg.MessageActionWebViewDataSent{Text: in.ButtonText}, &tg.MessageActionWebViewDataSentMe{Text: in.ButtonText, Data: in.Data}), nil
}

const webData = 4096 // bytes: https://core.telegram.org/bots/webapps#initializing-mini-apps

// tell says in a bot's chat what was done, and more of it to the bot.
func (c *call) tell(bot *user, action, me tg.MessageActionClass) *tg.Updates {
	var raw bin.Buffer
	c.report(me.Encode(&raw))
	_, update := c.post(draft{from: c.me, to: peer{peerUser, bot.id}, action: action, origin: c.session, paid: &paid{bot.id, raw.Buf}})
	return c.answer([]tg.UpdateClass{update})
}

// sendWebViewResultMessage sends, for whoever has a mini app open, what its bot says.
//
// See https://core.telegram.org/method/messages.sendWebViewResultMessage.
func (c *call) sendWebViewResultMessage(in *tg.MessagesSendWebViewResultMessageRequest) (bin.Encoder, error) {
	id, _ := strconv.ParseInt(in.BotQueryID, 10, 64)
	open := c.webViews[id]
	if open == nil || open.bot != c.me {
		return nil, bad("QUERY_ID_INVALID")
	}
	_, says, err := c.offer(in.Result)
	if err != nil {
		return nil, err
	}
	if says.beyond {
		return nil, bad("WEBPAGE_CURL_FAILED")
	}
	if err := c.mayWrite(open.who, open.at); err != nil {
		return nil, err
	}
	delete(c.webViews, id)
	d := draft{from: open.who, to: open.at}
	says.fill(&d, c.me)
	r, _ := c.post(d)
	sent := &tg.WebViewMessageSent{}
	if says.markup != nil {
		sent.SetMsgID(c.inlineID(c.me, r))
	}
	return sent, nil
}

// sendBotRequestedPeer tells a bot of the people or chats that its button has asked for.
//
// See https://core.telegram.org/method/messages.sendBotRequestedPeer.
func (c *call) sendBotRequestedPeer(in *tg.MessagesSendBotRequestedPeerRequest) (bin.Encoder, error) {
	at, r, err := c.meant(in.Peer, in.MsgID)
	if err != nil {
		return nil, err
	}
	m, ok := r.said()
	bot := c.users[at.id]
	if !ok || at.kind != peerUser || bot == nil || !bot.bot {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	asks := requested(m.ReplyMarkup, in.ButtonID)
	switch n := len(in.RequestedPeers); {
	case asks == nil:
		return nil, bad("BUTTON_ID_INVALID")
	case n == 0 || n > max(1, asks.MaxQuantity):
		return nil, bad("REQUESTED_PEERS_INVALID")
	}
	action := &tg.MessageActionRequestedPeer{ButtonID: in.ButtonID}
	me := &tg.MessageActionRequestedPeerSentMe{ButtonID: in.ButtonID}
	for _, one := range in.RequestedPeers {
		p, err := c.peer(one)
		if err != nil {
			return nil, err
		}
		action.Peers = append(action.Peers, p.tg())
		switch p.kind {
		case peerUser:
			me.Peers = append(me.Peers, &tg.RequestedPeerUser{UserID: p.id})
		case peerGroup:
			me.Peers = append(me.Peers, &tg.RequestedPeerChat{ChatID: p.id})
		default:
			me.Peers = append(me.Peers, &tg.RequestedPeerChannel{ChannelID: p.id})
		}
	}
	return c.tell(bot, action, me), nil
}

// requested finds the button of a reply keyboard that asks for people or chats.
func requested(markup tg.ReplyMarkupClass, id int) *tg.ButtonTypeRequestPeer {
	board, ok := markup.(*tg.ReplyKeyboardMarkup)
	if !ok {
		return nil
	}
	for _, row := range board.Rows {
		for _, b := range row.Buttons {
			if asks, ok := b.Type.(*tg.ButtonTypeRequestPeer); ok && asks.ButtonID == id {
				return asks
			}
		}
	}
	return nil
}

// acceptURLAuth: https://core.telegram.org/method/messages.acceptUrlAuth
func (c *call) acceptURLAuth(in *tg.MessagesAcceptURLAuthRequest) (bin.Encoder, error) {
	at, given := in.GetPeer()
	if !given {
		return nil, bad("URL_INVALID")
	}
	_, r, err := c.meant(at, in.MsgID)
	if err != nil {
		return nil, err
	}
	m, ok := r.said()
	if !ok {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	if board, ok := m.ReplyMarkup.(*tg.ReplyInlineMarkup); ok {
		for _, row := range board.Rows {
			for _, b := range row.Buttons {
				if login, ok := b.Type.(*tg.InlineButtonTypeURLAuth); ok && login.ButtonID == in.ButtonID {
					accepted := &tg.URLAuthResultAccepted{}
					accepted.SetURL(login.URL)
					return accepted, nil
				}
			}
		}
	}
	return nil, bad("BUTTON_ID_INVALID")
}
