package layers

import (
	"errors"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

// backAgain writes a value for layer 144 and reads it as a call of that layer would be read.
func backAgain(t *testing.T, v bin.Encoder) any {
	t.Helper()
	raw, err := For(144).Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	got, err := For(144).read(&bin.Buffer{Buf: raw}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestInlineButtonsInBothDirections(t *testing.T) {
	kinds := []tg.InlineButtonTypeClass{
		&tg.InlineButtonTypeCallback{Data: []byte("x")}, &tg.InlineButtonTypeURL{URL: "https://x.org"}, &tg.InlineButtonTypeGame{},
		&tg.InlineButtonTypeBuy{}, &tg.InlineButtonTypeSwitchInline{Query: "q", SamePeer: true}, &tg.InlineButtonTypeWebView{URL: "https://y.org"},
		&tg.InlineButtonTypeCopy{CopyText: "too new"},
	}
	row := tg.KeyboardInlineButtonRow{}
	for _, kind := range kinds {
		row.Buttons = append(row.Buttons, tg.KeyboardInlineButton{Text: "b", Type: kind})
	}
	got := backAgain(t, &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{row}}).(*tg.ReplyInlineMarkup)
	if len(got.Rows) != 1 || len(got.Rows[0].Buttons) != len(kinds)-1 {
		t.Fatalf("got %v", got)
	}
	for i, b := range got.Rows[0].Buttons {
		var want, have bin.Buffer
		if kinds[i].Encode(&want) != nil || b.Type.Encode(&have) != nil || string(want.Buf) != string(have.Buf) || b.Text != "b" {
			t.Errorf("%v became %v", kinds[i], b)
		}
	}
	for _, kind := range []tg.InlineButtonTypeClass{&tg.InlineButtonTypeURLAuth{URL: "https://x.org"}, &tg.InlineButtonTypeUserProfile{UserID: 5}} {
		if _, err := For(144).Encode(&tg.KeyboardInlineButton{Text: "b", Type: kind}); err != nil {
			t.Errorf("%v: %v", kind, err)
		}
	}
}

func TestReplyButtonsInBothDirections(t *testing.T) {
	kinds := []tg.ButtonTypeClass{
		&tg.ButtonTypeDefault{}, &tg.ButtonTypeRequestPhone{}, &tg.ButtonTypeRequestGeoLocation{}, &tg.ButtonTypeRequestPoll{},
		&tg.ButtonTypeSimpleWebView{URL: "https://x.org"}, &tg.ButtonTypeRequestPeer{PeerType: &tg.RequestPeerTypeChat{}},
	}
	row := tg.KeyboardButtonRow{}
	for _, kind := range kinds {
		row.Buttons = append(row.Buttons, tg.KeyboardButton{Text: "b", Type: kind})
	}
	markup := &tg.ReplyKeyboardMarkup{Resize: true, Rows: []tg.KeyboardButtonRow{row}}
	markup.SetPlaceholder("say")
	got := backAgain(t, markup).(*tg.ReplyKeyboardMarkup)
	if !got.Resize || got.Placeholder != "say" || len(got.Rows[0].Buttons) != len(kinds)-1 {
		t.Fatalf("got %v", got)
	}
	for i, b := range got.Rows[0].Buttons {
		if b.Type.TypeID() != kinds[i].TypeID() {
			t.Errorf("%v became %v", kinds[i], b)
		}
	}
}

func TestAButtonOfTheOtherKeyboardHasNoKind(t *testing.T) {
	inline := readInlineMarkup(fields{"rows": []any{&oldRow{[]any{&oldButton{text: "b", reply: &tg.ButtonTypeDefault{}}}}, 5}})
	if b := inline.(*tg.ReplyInlineMarkup).Rows[0].Buttons[0]; b.Type != nil || b.Text != "b" {
		t.Errorf("got %v", b)
	}
}

func TestWhatBotsWriteIsRead(t *testing.T) {
	user := &tg.InputUserSelf{}
	for name, f := range map[string]fields{
		"inputKeyboardButtonUserProfile": {"text": "b", "user_id": user},
		"inputKeyboardButtonUrlAuth":     {"text": "b", "url": "https://x.org", "bot": user},
	} {
		if b, ok := renewals[name](f).(*oldButton); !ok || b.inline == nil {
			t.Errorf("%s became %v", name, b)
		}
	}
}

func TestPollsInBothDirections(t *testing.T) {
	answer := func(text, option string) tg.PollAnswerClass {
		return &tg.PollAnswer{Text: tg.TextWithEntities{Text: text}, Option: []byte(option)}
	}
	p := tg.Poll{ID: 5, Quiz: true, Question: tg.TextWithEntities{Text: "q"}, Answers: []tg.PollAnswerClass{answer("a", "0"), answer("b", "1")}}
	got := backAgain(t, &p).(*tg.Poll)
	if got.ID != 5 || !got.Quiz || got.Question.Text != "q" || got.Answers[1].(*tg.PollAnswer).Text.Text != "b" {
		t.Errorf("got %v", got)
	}
	media := readMediaPoll(fields{"poll": got, "correct_answers": []any{[]byte("1"), []byte("9")}, "solution": "s", "solution_entities": []any{&tg.MessageEntityBold{}}}).(*tg.InputMediaPoll)
	if media.CorrectAnswers[0] != 1 || media.CorrectAnswers[1] != 2 || media.Solution != "s" || len(media.SolutionEntities) != 1 {
		t.Errorf("got %v", media)
	}
}

// TestReshaped writes what has other fields in layer 144: it must come out whole.
func TestReshaped(t *testing.T) {
	someone, chat := &tg.PeerUser{UserID: 7}, &tg.PeerChannel{ChannelID: 8}
	emoji := &tg.ReactionEmoji{Emoticon: "👍"}
	for name, v := range map[string]interface {
		bin.Encoder
		tdp.Object
	}{
		"results":      &tg.PollResults{Results: []tg.PollAnswerVoters{{Option: []byte("0"), Voters: 3}}, TotalVoters: 3, RecentVoters: []tg.PeerClass{someone, chat}},
		"a poll's":     &tg.MessageMediaPoll{Poll: tg.Poll{}, Results: tg.PollResults{}},
		"a vote":       &tg.UpdateMessagePollVote{PollID: 1, Peer: someone, Options: [][]byte{{1}}},
		"votes":        &tg.MessagesVotesList{Count: 1, Votes: []tg.MessagePeerVoteClass{&tg.MessagePeerVote{Peer: someone, Option: []byte("0")}}},
		"reactions":    &tg.MessageReactions{Results: []tg.ReactionCount{{Reaction: emoji, Count: 2}}, RecentReactions: []tg.MessagePeerReaction{{PeerID: someone, Reaction: emoji}}},
		"a draft":      &tg.DraftMessage{Message: "x", ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: 4}},
		"send as":      &tg.ChannelsSendAsPeers{Peers: []tg.SendAsPeer{{Peer: someone}}},
		"a preview":    &tg.MessagesWebPagePreview{Media: &tg.MessageMediaEmpty{}},
		"a page":       &tg.MessagesWebPage{Webpage: &tg.WebPageEmpty{}},
		"a bot's info": &tg.BotInfo{UserID: 5, MenuButton: &tg.BotMenuButtonDefault{}},
	} {
		raw, err := For(144).Encode(v)
		if err != nil || len(raw) < 4 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, v := range []bin.Encoder{
		&tg.ReactionCount{Reaction: &tg.ReactionCustomEmoji{}}, &tg.MessagePeerReaction{PeerID: someone, Reaction: &tg.ReactionPaid{}},
		&tg.KeyboardInlineButton{Type: &tg.InlineButtonTypeDisabled{}},
	} {
		if _, err := For(144).Encode(v); !errors.Is(err, ErrUnknown) {
			t.Errorf("%v has a form of old: %v", v, err)
		}
	}
}

func TestReactionsOfOldAreRead(t *testing.T) {
	var in tg.MessagesSendReactionRequest
	adapters["messages.sendReaction"](fields{"reaction": "👍"}, &in)
	if len(in.Reaction) != 1 {
		t.Errorf("got %v", &in)
	}
	var list tg.MessagesGetMessageReactionsListRequest
	adapters["messages.getMessageReactionsList"](fields{"reaction": "👍"}, &list)
	if list.Reaction == nil {
		t.Errorf("got %v", &list)
	}
}
