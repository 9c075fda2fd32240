package bindings

import (
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// knowing opens an account that knows somebody, for fields that name people.
func knowing(t testing.TB) *telegram.Account {
	t.Helper()
	a, err := telegram.Open(telegram.Options{APIID: 1, APIHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Errorf("close account: %v", err)
		}
	})
	return a
}

func TestMessageFields(t *testing.T) {
	account := knowing(t)
	full := said("x", shop, alice, func(m *tg.Message) {
		m.Post, m.MediaUnread, m.Noforwards, m.FromScheduled, m.EditHide, m.InvertMedia, m.Offline = true, true, true, true, true, true, true
		m.PostAuthor, m.TTLPeriod, m.Effect, m.ViaBotID, m.Forwards, m.PaidMessageStars, m.FromBoostsApplied = "Ada", 60, 1<<60, 8, 5, 7, 2
		m.SavedPeerID = &tg.PeerUser{UserID: 9}
		header := &tg.MessageReplyHeader{ForumTopic: true, ReplyToMsgID: 3, ReplyToTopID: 2, ReplyToPeerID: &tg.PeerChannel{ChannelID: 6}, Quote: true, QuoteText: "so", QuoteOffset: 4}
		header.SetFlags()
		m.ReplyTo = header
		m.Replies = tg.MessageReplies{Comments: true, Replies: 4, ChannelID: 6, MaxID: 30, ReadMaxID: 20}
		mine := tg.ReactionCount{Reaction: &tg.ReactionEmoji{Emoticon: "👍"}, Count: 3}
		mine.SetChosenOrder(0)
		m.Reactions = tg.MessageReactions{Results: []tg.ReactionCount{
			mine, {Reaction: &tg.ReactionCustomEmoji{DocumentID: 1 << 60}, Count: 1}, {Reaction: &tg.ReactionPaid{}, Count: 2},
		}}
		m.RestrictionReason = []tg.RestrictionReason{{Platform: "ios", Reason: "porn", Text: "no"}}
		m.Factcheck = tg.FactCheck{Text: tg.TextWithEntities{Text: "it is false"}}
		m.FwdFrom = tg.MessageFwdHeader{Date: 5, FromName: "Hidden", ChannelPost: 6, PostAuthor: "Bob", SavedFromPeer: &tg.PeerUser{UserID: 9}, SavedFromMsgID: 7, Imported: true, PsaType: "covid"}
		m.FwdFrom.SetFlags()
	})
	full.Account = account
	service := &telegram.Message{
		Message: said("", friends, alice).Message, Chat: of(friends), Sender: of(alice),
		Service: &tg.MessageService{ID: 12, Action: &tg.MessageActionChatAddUser{Users: []int64{7}}},
	}
	public := said("x", news, news)
	for _, row := range []struct {
		sentence, source, want string
		message                *telegram.Message
	}{
		{"marks", `local m = ... return m.post, m.media_unread, m.noforwards, m.from_scheduled, m.edit_hide, m.invert_media, m.offline, m.legacy`, "true true true true true true true false", full},
		{"numbers and names", `local m = ... return m.post_author, m.ttl_period, m.effect, m.stars, m.from_boosts, m.forwards, m.saved_peer_id`, "Ada 60 1152921504606846976 7 2 5 9", full},
		{"nothing of it", `local m = ... return m.post_author, m.ttl_period, m.effect, m.stars, m.reply_to, m.replies, m.forward, m.factcheck, m.via_bot, #m.reactions`, "nil nil nil nil nil nil nil nil nil 0", public},
		{"what it answers", `local m = ... local r = m.reply_to return r.message_id, r.chat_id, r.topic_id, r.quote, r.quote_offset, m.topic_id, m.reply_to_chat_id`, "3 -1000000000006 2 so 4 2 -1000000000006", full},
		{"what is said about it", `local r = (...).replies return r.count, r.comments, r.chat_id, r.max_id, r.read_max_id`, "4 true -1000000000006 30 20", full},
		{"reactions", `local r = (...).reactions return #r, r[1].reaction, r[1].count, r[1].chosen, r[2].reaction, r[2].chosen, r[3].reaction`, "3 👍 3 true 1152921504606846976 false paid", full},
		{"why it is hidden", `local r = (...).restriction_reason[1] return r.platform, r.reason, r.text, (...).factcheck`, "ios porn no it is false", full},
		{"where it is from", `local f = (...).forward return f.name, f.from_id, f.sender, f.date, f.channel_post, f.post_author, f.saved_from_id, f.saved_from_msg_id, f.imported, f.psa_type, f.raw._, tostring(f)`,
			"Hidden nil nil 5 6 Bob 9 7 true covid messageFwdHeader Forward(from Hidden)", full},
		{"the bot that made it", `return (...).via_bot.id, (...).via_bot_id`, "8 8", full},
		{"a service message", `local m = ... return m.is_service, m.action_name, m.action._, m.action.users[1], m.raw._, tostring(m), m.raw_text`,
			"true chat_add_user messageActionChatAddUser 7 messageService Message(12 in -5: chat_add_user) ", service},
		{"no service message", `local m = ... return m.is_service, m.action, m.action_name`, "false nil nil", public},
		{"the address of a public message", `return (...).link`, "https://t.me/news/12", public},
		{"the address of a message in a topic for members", `return (...).link`, "https://t.me/c/10/2/12", full},
		{"no address", `return (...).link`, "nil", said("x", alice, alice)},
		{"its buttons", `return (...).reply_markup, (...).scheduled`, "nil false", public},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			if got := lua(t, row.source, messageOf(row.message)); got != row.want {
				t.Errorf("got  %s\nwant %s", got, row.want)
			}
		})
	}
}

func TestMediaFields(t *testing.T) {
	with := func(media tg.MessageMediaClass) *telegram.Message {
		return said("", alice, alice, func(m *tg.Message) { m.Media = media })
	}
	point := &tg.GeoPoint{Lat: 1.5, Long: 2.5}
	for _, row := range []struct {
		source, want string
		media        tg.MessageMediaClass
	}{
		{`local m = ... return m.poll, m.dice, m.geo, m.venue, m.contact, m.game, m.invoice, m.web_preview`, "nil nil nil nil nil nil nil nil", nil},
		{`local d = (...).dice return d.emoji, d.value`, "🎲 6", &tg.MessageMediaDice{Emoticon: "🎲", Value: 6}},
		{`local g = (...).geo return g.lat, g.long, g.accuracy`, "1.5 2.5 nil", &tg.MessageMediaGeo{Geo: point}},
		{`return (...).geo`, "nil", &tg.MessageMediaGeo{Geo: &tg.GeoPointEmpty{}}},
		{`local g = (...).geo return g.live, g.heading`, "60 90", &tg.MessageMediaGeoLive{Geo: point, Period: 60, Heading: 90}},
		{`local v = (...).venue return v.title, v.address, v.provider, v.id, v.type, (...).geo.lat`, "a b c d e 1.5",
			&tg.MessageMediaVenue{Geo: point, Title: "a", Address: "b", Provider: "c", VenueID: "d", VenueType: "e"}},
		{`local c = (...).contact return c.phone, c.first_name, c.last_name, c.vcard, c.user_id`, "+1 a b c 7",
			&tg.MessageMediaContact{PhoneNumber: "+1", FirstName: "a", LastName: "b", Vcard: "c", UserID: 7}},
		{`return (...).game._, (...).game.title`, "game a", &tg.MessageMediaGame{Game: tg.Game{Title: "a"}}},
		{`return (...).invoice._, (...).invoice.title`, "messageMediaInvoice a", &tg.MessageMediaInvoice{Title: "a"}},
		{`return (...).web_preview.url`, "https://a.org", &tg.MessageMediaWebPage{Webpage: &tg.WebPage{URL: "https://a.org"}}},
		{`return (...).web_preview`, "nil", &tg.MessageMediaWebPage{Webpage: &tg.WebPageEmpty{}}},
		{`local p = (...).poll return p.question, p.answers[2].text, p.answers[2].voters, p.answers[2].chosen, p.answers[2].correct, p.voters, p.explanation, p.close_at, p.period, p.id`,
			"? b 3 true true 4 so 9 60 5", &tg.MessageMediaPoll{
				Poll: tg.Poll{ID: 5, Question: tg.TextWithEntities{Text: "?"}, CloseDate: 9, ClosePeriod: 60, Answers: []tg.PollAnswerClass{
					&tg.PollAnswer{Text: tg.TextWithEntities{Text: "a"}, Option: []byte("0")}, &tg.PollAnswer{Text: tg.TextWithEntities{Text: "b"}, Option: []byte("1")},
				}},
				Results: tg.PollResults{TotalVoters: 4, Solution: "so", Results: []tg.PollAnswerVoters{{Option: []byte("1"), Voters: 3, Chosen: true, Correct: true}}},
			}},
	} {
		if got := lua(t, row.source, messageOf(with(row.media))); got != row.want {
			t.Errorf("%T: got %s, want %s", row.media, got, row.want)
		}
	}
}

// BenchmarkFieldRead is what a script pays for one field; the goal is 200 ns. A run reads it 1000 times.
func BenchmarkFieldRead(b *testing.B) {
	for _, field := range []string{"id", "raw_text", "chat_id", "noforwards", "reply_to_msg_id", "action_name"} {
		b.Run(field, func(b *testing.B) {
			m := vm.New(vm.Options{MaxRun: -1})
			defer m.Close()
			m.Lock()
			in := (&spec.Table{Classes: Table().Classes}).Install(m.Root(), nil)
			proto, err := vm.Compile("bench", []byte(`local m = ... for i = 1, 1000 do local _ = m.`+field+` end`))
			if err != nil {
				b.Fatal(err)
			}
			reads := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			message := messageOf(said("hi", friends, alice))
			args := func(*vm.State) []vm.Value { return []vm.Value{in.Value(message)} }
			for b.Loop() {
				if _, err := m.Run(b.Context(), reads, args); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/1000, "ns/read")
		})
	}
}
