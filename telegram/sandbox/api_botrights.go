package sandbox

import (
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func botRightsMethods(t table) {
	on(t, bots, (*call).setBotBroadcastRights)
	on(t, bots, (*call).setBotGroupRights)
	on(t, people, (*call).getAdminedBots)
	on(t, people, (*call).canSendMessage)
	on(t, people, (*call).allowSendMessage)
	on(t, bots, (*call).sendCustomRequest)
	on(t, bots, (*call).answerWebhook)
}

// setBotBroadcastRights: https://core.telegram.org/method/bots.setBotBroadcastDefaultAdminRights
func (c *call) setBotBroadcastRights(in *tg.BotsSetBotBroadcastDefaultAdminRightsRequest) (bin.Encoder, error) {
	return c.defaultRights(&c.me.profile.ChannelRights, in.AdminRights)
}

// setBotGroupRights: https://core.telegram.org/method/bots.setBotGroupDefaultAdminRights
func (c *call) setBotGroupRights(in *tg.BotsSetBotGroupDefaultAdminRightsRequest) (bin.Encoder, error) {
	return c.defaultRights(&c.me.profile.GroupRights, in.AdminRights)
}

// defaultRights are those that people are asked to give the bot when they make it an admin.
func (c *call) defaultRights(now *tg.ChatAdminRights, rights tg.ChatAdminRights) (bin.Encoder, error) {
	rights.SetFlags()
	if *now == rights {
		return nil, bad("RIGHTS_NOT_MODIFIED")
	}
	*now = rights
	c.touched()
	return yes()
}

// getAdminedBots: https://core.telegram.org/method/bots.getAdminedBots
func (c *call) getAdminedBots(*tg.BotsGetAdminedBotsRequest) (bin.Encoder, error) {
	return &tg.UserClassVector{Elems: []tg.UserClass{}}, nil
}

func (c *call) botMeant(in tg.InputUserClass) (*user, error) {
	bot, err := c.user(in)
	if err != nil || !bot.bot {
		return nil, bad("BOT_INVALID")
	}
	return bot, nil
}

// canSendMessage: https://core.telegram.org/method/bots.canSendMessage
func (c *call) canSendMessage(in *tg.BotsCanSendMessageRequest) (bin.Encoder, error) {
	bot, err := c.botMeant(in.Bot)
	if err != nil {
		return nil, err
	}
	if c.mayWrite(bot, peer{peerUser, c.me.id}) != nil {
		return &tg.BoolFalse{}, nil
	}
	return yes()
}

// allowSendMessage begins a chat with a bot without saying anything.
//
// See https://core.telegram.org/method/bots.allowSendMessage.
func (c *call) allowSendMessage(in *tg.BotsAllowSendMessageRequest) (bin.Encoder, error) {
	bot, err := c.botMeant(in.Bot)
	if err != nil {
		return nil, err
	}
	c.me.unblock(bot.id)
	_, update := c.post(draft{from: c.me, to: peer{peerUser, bot.id}, action: &tg.MessageActionBotAllowed{FromRequest: true}, origin: c.session})
	return c.answer([]tg.UpdateClass{update}), nil
}

// sendCustomRequest knows no methods: they are those that a server of Telegram's may have besides
// the schema. See https://core.telegram.org/method/bots.sendCustomRequest.
func (c *call) sendCustomRequest(*tg.BotsSendCustomRequestRequest) (bin.Encoder, error) {
	return nil, bad("METHOD_INVALID")
}

// answerWebhook: https://core.telegram.org/method/bots.answerWebhookJSONQuery
func (c *call) answerWebhook(*tg.BotsAnswerWebhookJSONQueryRequest) (bin.Encoder, error) {
	return nil, bad("QUERY_ID_INVALID") // no such query is ever asked
}
