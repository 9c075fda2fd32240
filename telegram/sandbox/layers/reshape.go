package layers

import (
	"bytes"

	"github.com/gotd/td/tg"
)

// reshapes show constructors whose name is the old one while their fields mean something else.
var reshapes = map[string]func(any) any{
	"keyboardButton":        replyButton,
	"poll":                  poll,
	"pollAnswer":            pollAnswer,
	"pollResults":           pollResults,
	"updateMessagePollVote": pollVote,
	"reactionCount":         reactionCount,
	"messagePeerReaction":   peerReaction,
	"draftMessage":          draft,
	"channels.sendAsPeers":  sendAs,
}

// renewals read constructors that have no newest form of their name.
var renewals = map[string]func(f fields) any{
	"keyboardButton":                   replyKind(func(fields) tg.ButtonTypeClass { return &tg.ButtonTypeDefault{} }),
	"keyboardButtonRequestPhone":       replyKind(func(fields) tg.ButtonTypeClass { return &tg.ButtonTypeRequestPhone{} }),
	"keyboardButtonRequestGeoLocation": replyKind(func(fields) tg.ButtonTypeClass { return &tg.ButtonTypeRequestGeoLocation{} }),
	"keyboardButtonRequestPoll":        replyKind(func(f fields) tg.ButtonTypeClass { return &tg.ButtonTypeRequestPoll{Quiz: f.set("quiz")} }),
	"keyboardButtonSimpleWebView":      replyKind(func(f fields) tg.ButtonTypeClass { return &tg.ButtonTypeSimpleWebView{URL: f.text("url")} }),
	"keyboardButtonUrl":                inlineKind(func(f fields) tg.InlineButtonTypeClass { return &tg.InlineButtonTypeURL{URL: f.text("url")} }),
	"keyboardButtonCallback": inlineKind(func(f fields) tg.InlineButtonTypeClass {
		return &tg.InlineButtonTypeCallback{RequiresPassword: f.set("requires_password"), Data: f.bytes("data")}
	}),
	"keyboardButtonSwitchInline": inlineKind(func(f fields) tg.InlineButtonTypeClass {
		return &tg.InlineButtonTypeSwitchInline{SamePeer: f.set("same_peer"), Query: f.text("query")}
	}),
	"keyboardButtonGame":    inlineKind(func(fields) tg.InlineButtonTypeClass { return &tg.InlineButtonTypeGame{} }),
	"keyboardButtonBuy":     inlineKind(func(fields) tg.InlineButtonTypeClass { return &tg.InlineButtonTypeBuy{} }),
	"keyboardButtonWebView": inlineKind(func(f fields) tg.InlineButtonTypeClass { return &tg.InlineButtonTypeWebView{URL: f.text("url")} }),
	"inputKeyboardButtonUrlAuth": inlineKind(func(f fields) tg.InlineButtonTypeClass {
		bot, _ := f["bot"].(tg.InputUserClass)
		return &tg.InputInlineButtonTypeURLAuth{RequestWriteAccess: f.set("request_write_access"), FwdText: f.text("fwd_text"), URL: f.text("url"), Bot: bot}
	}),
	"inputKeyboardButtonUserProfile": inlineKind(func(f fields) tg.InlineButtonTypeClass {
		user, _ := f["user_id"].(tg.InputUserClass)
		return &tg.InputInlineButtonTypeUserProfile{UserID: user}
	}),
	"keyboardButtonRow":   readRow,
	"replyInlineMarkup":   readInlineMarkup,
	"replyKeyboardMarkup": readReplyMarkup,
	"poll":                readPoll,
	"pollAnswer": func(f fields) any {
		return &tg.PollAnswer{Text: tg.TextWithEntities{Text: f.text("text")}, Option: f.bytes("option")}
	},
	"inputMediaPoll": readMediaPoll,
}

func poll(v any) any {
	p := v.(*tg.Poll)
	return &former{"poll", fields{
		"id": p.ID, "closed": p.Closed, "public_voters": p.PublicVoters, "multiple_choice": p.MultipleChoice, "quiz": p.Quiz,
		"question": p.Question.Text, "answers": p.Answers, "close_period": p.ClosePeriod, "close_date": p.CloseDate,
	}}
}

func pollAnswer(v any) any {
	a := v.(*tg.PollAnswer)
	return &former{"pollAnswer", fields{"text": a.Text.Text, "option": a.Option}}
}

func pollResults(v any) any {
	r := v.(*tg.PollResults)
	return &former{"pollResults", fields{
		"min": r.Min, "results": r.Results, "total_voters": r.TotalVoters, "recent_voters": userIDs(r.RecentVoters),
		"solution": r.Solution, "solution_entities": r.SolutionEntities,
	}}
}

func userIDs(peers []tg.PeerClass) []int64 {
	var list []int64
	for _, p := range peers {
		if u, ok := p.(*tg.PeerUser); ok {
			list = append(list, u.UserID)
		}
	}
	return list
}

func userID(p tg.PeerClass) int64 {
	if u, ok := p.(*tg.PeerUser); ok {
		return u.UserID
	}
	return 0
}

func pollVote(v any) any {
	u := v.(*tg.UpdateMessagePollVote)
	return &former{"updateMessagePollVote", fields{"poll_id": u.PollID, "user_id": userID(u.Peer), "options": u.Options, "qts": u.Qts}}
}

func peerVote(v any) any {
	vote := v.(*tg.MessagePeerVote)
	return &former{"messageUserVote", fields{"user_id": userID(vote.Peer), "option": vote.Option, "date": vote.Date}}
}

func emoticon(r tg.ReactionClass) string {
	if e, ok := r.(*tg.ReactionEmoji); ok {
		return e.Emoticon
	}
	return ""
}

func reactionCount(v any) any {
	r := v.(*tg.ReactionCount)
	if emoticon(r.Reaction) == "" {
		return (*former)(nil)
	}
	_, chosen := r.GetChosenOrder()
	return &former{"reactionCount", fields{"chosen": chosen, "reaction": emoticon(r.Reaction), "count": r.Count}}
}

func peerReaction(v any) any {
	r := v.(*tg.MessagePeerReaction)
	if emoticon(r.Reaction) == "" {
		return (*former)(nil)
	}
	return &former{"messagePeerReaction", fields{"big": r.Big, "unread": r.Unread, "peer_id": r.PeerID, "reaction": emoticon(r.Reaction)}}
}

func draft(v any) any {
	d := v.(*tg.DraftMessage)
	old := fields{"no_webpage": d.NoWebpage, "message": d.Message, "entities": d.Entities, "date": d.Date}
	if to, ok := d.ReplyTo.(*tg.InputReplyToMessage); ok {
		old["reply_to_msg_id"] = to.ReplyToMsgID
	}
	return &former{"draftMessage", old}
}

func sendAs(v any) any {
	list := v.(*tg.ChannelsSendAsPeers)
	var peers []tg.PeerClass
	for _, p := range list.Peers {
		peers = append(peers, p.Peer)
	}
	return &former{"channels.sendAsPeers", fields{"peers": peers, "chats": list.Chats, "users": list.Users}}
}

func readPoll(f fields) any {
	p := &tg.Poll{
		ID: f.long("id"), Closed: f.set("closed"), PublicVoters: f.set("public_voters"), MultipleChoice: f.set("multiple_choice"), Quiz: f.set("quiz"),
		Question: tg.TextWithEntities{Text: f.text("question")}, ClosePeriod: f.number("close_period"), CloseDate: f.number("close_date"),
	}
	for _, a := range f.list("answers") {
		if a, ok := a.(*tg.PollAnswer); ok {
			p.Answers = append(p.Answers, a)
		}
	}
	return p
}

// readMediaPoll turns right answers, which were named by their bytes, into numbers.
func readMediaPoll(f fields) any {
	media := &tg.InputMediaPoll{Solution: f.text("solution")}
	if p, ok := f["poll"].(*tg.Poll); ok {
		media.Poll = *p
	}
	for _, e := range f.list("solution_entities") {
		if e, ok := e.(tg.MessageEntityClass); ok {
			media.SolutionEntities = append(media.SolutionEntities, e)
		}
	}
	for _, right := range f.list("correct_answers") {
		option, _ := right.([]byte)
		number := len(media.Poll.Answers) // one that isn't there: the server refuses it
		for i, a := range media.Poll.Answers {
			if a, ok := a.(*tg.PollAnswer); ok && bytes.Equal(a.Option, option) {
				number = i
				break
			}
		}
		media.CorrectAnswers = append(media.CorrectAnswers, number)
	}
	return media
}
