package sandbox

import (
	"maps"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func inlineMethods(t table) {
	onWaiting(t, people, (*call).getInlineBotResults)
	on(t, bots, (*call).setInlineBotResults)
	on(t, people, (*call).sendInlineBotResult)
	on(t, bots, (*call).editInlineBotMessage)
}

// getInlineBotResults asks a bot for offers and waits for them.
//
// See https://core.telegram.org/method/messages.getInlineBotResults.
func (c *call) getInlineBotResults(in *tg.MessagesGetInlineBotResultsRequest) (*waiting, error) {
	bot, err := c.user(in.Bot)
	switch {
	case err != nil:
		return nil, bad("BOT_INVALID")
	case !bot.bot:
		return nil, bad("BOT_INVALID")
	case len([]rune(in.Query)) > buttonQuery:
		return nil, bad("SEARCH_QUERY_EMPTY")
	}
	finish := func(answer any) (bin.Encoder, error) { return answer.(*inlineAnswer).shown, nil }
	if known := c.inlineKnown(c.me, bot, in.Query, in.Offset); known != nil {
		return &waiting{finish: func(any) (bin.Encoder, error) { return finish(known) }}, nil
	}
	kind := c.queriedIn(in.Peer, bot)
	id, q := c.query(c.me, bot, in.Query, in.Offset, kind)
	return &waiting{id: id, question: q, finish: finish}, nil
}

// query puts an inline query to a bot.
func (s *Server) query(who, bot *user, query, offset string, kind tg.InlineQueryPeerTypeClass) (int64, *question) {
	id, q := s.ask(who, bot, func(id int64) tg.UpdateClass {
		u := &tg.UpdateBotInlineQuery{QueryID: id, UserID: who.id, Query: query, Offset: offset}
		if kind != nil {
			u.SetPeerType(kind)
		}
		return u
	})
	q.query, q.offset = query, offset
	return id, q
}

// inlineKnown finds an answer that the bot allowed to keep.
func (s *Server) inlineKnown(who, bot *user, query, offset string) *inlineAnswer {
	for _, user := range []int64{0, who.id} {
		if known := s.inlineCache[inlineKey{bot.id, user, query, offset}]; known != nil && known.until > s.today {
			return known
		}
	}
	return nil
}

// queriedIn is what a bot is told of the chat in which it's asked.
func (c *call) queriedIn(in tg.InputPeerClass, bot *user) tg.InlineQueryPeerTypeClass {
	p, err := c.peer(in)
	if err != nil {
		return nil
	}
	switch p.kind {
	case peerGroup:
		return &tg.InlineQueryPeerTypeChat{}
	case peerChannel:
		if c.chats[p].broadcast() {
			return &tg.InlineQueryPeerTypeBroadcast{}
		}
		return &tg.InlineQueryPeerTypeMegagroup{}
	}
	switch other := c.users[p.id]; {
	case other == bot:
		return &tg.InlineQueryPeerTypeSameBotPM{}
	case other.bot:
		return &tg.InlineQueryPeerTypeBotPM{}
	default:
		return &tg.InlineQueryPeerTypePM{}
	}
}

// setInlineBotResults: https://core.telegram.org/method/messages.setInlineBotResults
func (c *call) setInlineBotResults(in *tg.MessagesSetInlineBotResultsRequest) (bin.Encoder, error) {
	q := c.questions[in.QueryID]
	if q == nil || q.bot != c.me {
		return nil, bad("QUERY_ID_INVALID")
	}
	a := &inlineAnswer{bot: c.me, query: q.query, results: map[string]*inlineResult{}, private: in.Private, until: c.today + in.CacheTime}
	a.shown = &tg.MessagesBotResults{Gallery: in.Gallery, QueryID: in.QueryID, CacheTime: in.CacheTime, Users: []tg.UserClass{c.userFor(q.from, c.me)}}
	if len(in.Results) > inlineResults {
		return nil, bad("RESULTS_TOO_MUCH")
	}
	if next, given := in.GetNextOffset(); given {
		if len(next) > inlineName {
			return nil, bad("NEXT_OFFSET_INVALID")
		}
		a.shown.SetNextOffset(next)
	}
	if pm, given := in.GetSwitchPm(); given {
		if pm.Text == "" {
			return nil, bad("SWITCH_PM_TEXT_EMPTY")
		}
		if pm.StartParam == "" || len(pm.StartParam) > startParam {
			return nil, bad("START_PARAM_INVALID")
		}
		a.shown.SetSwitchPm(pm)
	}
	for _, result := range in.Results {
		shown, says, err := c.offer(result)
		if err != nil {
			return nil, err
		}
		if a.results[shown.GetID()] != nil {
			return nil, bad("RESULT_ID_DUPLICATE")
		}
		a.results[shown.GetID()] = says
		a.shown.Results = append(a.shown.Results, shown)
	}
	c.keepInline(in.QueryID, q, a)
	if err := c.respond(in.QueryID, a); err != nil {
		return nil, err
	}
	return yes()
}

// keepInline keeps offers until they are sent, and for others who ask the same.
func (s *Server) keepInline(id int64, q *question, a *inlineAnswer) {
	if len(s.inlineAnswers) >= inlineKept {
		maps.DeleteFunc(s.inlineAnswers, func(_ int64, a *inlineAnswer) bool { return a.until+inlineLife < s.today })
		maps.DeleteFunc(s.inlineCache, func(_ inlineKey, a *inlineAnswer) bool { return a.until < s.today })
	}
	s.inlineAnswers[id] = a
	key := inlineKey{bot: a.bot.id, query: q.query, offset: q.offset}
	if a.private {
		key.user = q.from.id
	}
	s.inlineCache[key] = a
}

// sendInlineBotResult: https://core.telegram.org/method/messages.sendInlineBotResult
func (c *call) sendInlineBotResult(in *tg.MessagesSendInlineBotResultRequest) (bin.Encoder, error) {
	a := c.inlineAnswers[in.QueryID]
	if a == nil || a.until+inlineLife < c.today {
		return nil, bad("INLINE_RESULT_EXPIRED")
	}
	if in.ID == "" {
		return nil, bad("RESULT_ID_EMPTY")
	}
	says := a.results[in.ID]
	if says == nil {
		return nil, bad("RESULT_ID_INVALID")
	}
	if says.beyond {
		return nil, bad("WEBPAGE_CURL_FAILED")
	}
	d, err := c.drafted(in.Peer, in.ReplyTo, in.RandomID, func() (string, []tg.MessageEntityClass, error) { return says.text, says.entities, nil })
	if err != nil {
		return nil, err
	}
	if err := (manner{silent: in.Silent, sendAs: in.SendAs}).apply(c, &d); err != nil {
		return nil, err
	}
	says.fill(&d, a.bot)
	if in.ClearDraft {
		c.clearDraft(d.to)
	}
	if in.ScheduleDate > c.now()+scheduleAtOnce {
		return c.schedule(d, in.ScheduleDate, in.RandomID)
	}
	r, update := c.post(d)
	c.chosen(c.me, a, in.ID, r)
	return c.cast(c.me).updates(c.today, []tg.UpdateClass{&tg.UpdateMessageID{ID: r.id, RandomID: in.RandomID}, update}), nil
}

func (says *inlineResult) fill(d *draft, bot *user) {
	d.text, d.entities, d.media, d.markup, d.via = says.text, says.entities, says.media, says.markup, bot
}

// chosen tells a bot which of its offers was sent; with buttons, it may edit the message.
func (s *Server) chosen(who *user, a *inlineAnswer, id string, r *record) {
	update := &tg.UpdateBotInlineSend{UserID: who.id, Query: a.query, ID: id}
	if a.results[id].markup != nil {
		update.SetMsgID(s.inlineID(a.bot, r))
	}
	s.pushShort(a.bot, nil, update)
}

// inlineID names, to the bot it came through, a message that the bot itself may never see: by
// whose box it is in, and its number there. Owners whose ids are short have the older form, which
// is the only one that some libraries of old know.
func (s *Server) inlineID(bot *user, r *record) tg.InputBotInlineMessageIDClass {
	first := r.post.copies[0]
	owner := -r.chat.id // a channel
	if first.owner != nil {
		owner = first.owner.id
	}
	hash := s.inlineHash(bot, owner, first.id)
	if int64(int32(owner)) == owner {
		return &tg.InputBotInlineMessageID{DCID: bot.dc, ID: owner<<32 | int64(first.id), AccessHash: hash}
	}
	return &tg.InputBotInlineMessageID64{DCID: bot.dc, OwnerID: owner, ID: first.id, AccessHash: hash}
}

// inlinePlace takes the id of an inline message apart.
func inlinePlace(in tg.InputBotInlineMessageIDClass) (owner int64, id int, hash int64) {
	switch in := in.(type) {
	case *tg.InputBotInlineMessageID:
		return in.ID >> 32, int(int32(in.ID)), in.AccessHash
	case *tg.InputBotInlineMessageID64:
		return in.OwnerID, in.ID, in.AccessHash
	}
	return 0, 0, 0
}

func (s *Server) inlineHash(bot *user, owner int64, id int) int64 {
	return s.hash(bot.id, peer{peerInline, owner ^ int64(id)<<40})
}

// inlineMessage finds the message of an inline id.
func (c *call) inlineMessage(in tg.InputBotInlineMessageIDClass) (*record, *tg.Message, error) {
	owner, id, hash := inlinePlace(in)
	var b *box
	if ch := c.chats[peer{peerChannel, -owner}]; ch != nil {
		b = ch.box
	} else if u := c.users[owner]; u != nil {
		b = u.box
	}
	if hash != c.inlineHash(c.me, owner, id) || b == nil || b.records[id] == nil {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	m, ok := b.records[id].said()
	if !ok || m.ViaBotID != c.me.id {
		return nil, nil, bad("MESSAGE_ID_INVALID")
	}
	return b.records[id], m, nil
}

// editInlineBotMessage: https://core.telegram.org/method/messages.editInlineBotMessage
func (c *call) editInlineBotMessage(in *tg.MessagesEditInlineBotMessageRequest) (bin.Encoder, error) {
	r, m, err := c.inlineMessage(in.ID)
	if err != nil {
		return nil, err
	}
	ch := change{text: m.Message, entities: m.Entities, media: m.Media}
	if ch.markup, err = c.inlineOnly(in.ReplyMarkup, peer{peerGroup, 0}); err != nil {
		return nil, err
	}
	if text, given := in.GetMessage(); given {
		if ch.text, ch.entities, err = c.compose(text, in.Entities, c.user); err != nil {
			return nil, err
		}
		ch.media = c.previewAgain(m, ch, in.NoWebpage)
	}
	if ch.same(m) {
		return nil, bad("MESSAGE_NOT_MODIFIED")
	}
	c.edit(c.me, r, ch, nil)
	return yes()
}

// same tells whether a change changes nothing.
func (ch change) same(m *tg.Message) bool {
	return ch.text == m.Message && sameEntities(ch.entities, m.Entities) && sameMarkup(ch.markup, m.ReplyMarkup) && (ch.media == nil) == (m.Media == nil)
}
