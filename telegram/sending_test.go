package telegram_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// TestSendOptions looks at each option where the server sees it.
func TestSendOptions(t *testing.T) {
	rows := []struct {
		sentence string
		opts     telegram.SendOptions
		path     string
		want     string
	}{
		{"silent", telegram.SendOptions{Silent: true}, "silent", "true"},
		{"background", telegram.SendOptions{Background: true}, "background", "true"},
		{"no preview", telegram.SendOptions{NoPreview: true}, "no_webpage", "true"},
		{"clear draft", telegram.SendOptions{ClearDraft: true}, "clear_draft", "true"},
		{"protected", telegram.SendOptions{Protected: true}, "noforwards", "true"},
		{"media above", telegram.SendOptions{InvertMedia: true}, "invert_media", "true"},
		{"effect", telegram.SendOptions{Effect: 5104841245755180586}, "effect", "5104841245755180586"},
		{"later", telegram.SendOptions{At: time.Unix(1<<30, 0)}, "schedule_date", "1073741824"},
		{"when its reader is online", telegram.SendOptions{At: telegram.WhenOnline}, "schedule_date", "2147483646"},
		{"speaks for a channel", telegram.SendOptions{SendAs: telegram.Name("News")}, "send_as channel_id", "3003"},
		{"answers a message", telegram.SendOptions{ReplyTo: 1}, "reply_to reply_to_msg_id", "1"},
		{"answers a message of another chat", telegram.SendOptions{ReplyTo: 1, ReplyIn: telegram.Name("Workshop")}, "reply_to reply_to_peer_id channel_id", "3002"},
		{"answers a message of the same chat", telegram.SendOptions{ReplyTo: 1, ReplyIn: telegram.Name("@bobby")}, "reply_to reply_to_peer_id", "-"},
		{"in a topic", telegram.SendOptions{Topic: 7}, "reply_to reply_to_msg_id", "7"},
		{"in a topic by its thread", telegram.SendOptions{Topic: 7}, "reply_to top_msg_id", "7"},
		{"answers in a topic", telegram.SendOptions{Topic: 7, ReplyTo: 9}, "reply_to reply_to_msg_id", "9"},
		{"answers in a topic by its thread", telegram.SendOptions{Topic: 7, ReplyTo: 9}, "reply_to top_msg_id", "7"},
		{"in the topic that is always there", telegram.SendOptions{Topic: 1}, "reply_to", "-"},
		{"quotes at a place", telegram.SendOptions{ReplyTo: 1, Quote: "so", QuoteOffset: 3}, "reply_to quote_offset", "3"},
		{"nothing", telegram.SendOptions{}, "reply_to", "-"},
	}
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, row := range rows {
			seen := requests(t, s, "messages.sendMessage", func() {
				_, _ = a.Send(ctx, telegram.Name("@bobby"), text.Of("x"), row.opts) // what Telegram thinks of it is another matter
			})
			if len(seen) != 1 || field(seen[0], strings.Fields(row.path)...) != row.want {
				t.Errorf("%s: %v", row.sentence, seen)
			}
		}
	})
}

func TestQuotes(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		original, err := a.Send(ctx, telegram.Name("@bobby"), text.Text{Plain: "👍 so bold it is", Entities: []tg.MessageEntityClass{
			&tg.MessageEntityBold{Offset: 3, Length: 7}, &tg.MessageEntityItalic{Offset: 14, Length: 2},
		}}, telegram.SendOptions{})
		if err != nil {
			t.Error(err)
			return
		}
		seen := requests(t, s, "messages.sendMessage", func() {
			_, err = a.Send(ctx, original, text.Of("yes"), telegram.SendOptions{ReplyTo: original.ID, Quote: "bold it"})
		})
		if err != nil || len(seen) != 1 {
			t.Errorf("%v, %v", seen, err)
			return
		}
		if at := field(seen[0], "reply_to", "quote_offset"); at != "6" {
			t.Errorf("the quote begins at %s", at)
		}
		if bold := field(seen[0], "reply_to", "quote_entities"); !strings.Contains(bold, "messageEntityBold") || !strings.Contains(bold, "length:4 offset:0") || strings.Contains(bold, "Italic") {
			t.Errorf("the quote has the formatting %s", bold)
		}
		_, err = a.Send(ctx, original, text.Of("yes"), telegram.SendOptions{ReplyTo: original.ID, Quote: "never said"})
		if !errors.Is(err, telegram.ErrQuoteNotFound) {
			t.Errorf("what wasn't said gives %v", err)
		}
	})
}

// TestComments writes below a post, whose discussion is another chat.
func TestComments(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		news, group, err := discussed(ctx, a)
		if err != nil {
			t.Error(err)
			return
		}
		post, err := a.Send(ctx, news, text.Of("news"), telegram.SendOptions{})
		if err != nil {
			t.Error(err)
			return
		}
		first, err := a.Send(ctx, news, text.Of("first"), telegram.SendOptions{CommentTo: post.ID})
		if err != nil || first.Chat.ID != group.ID || first.ReplyToID() == 0 {
			t.Errorf("commented as %+v in %v, %v", first, first.Chat.ID, err)
			return
		}
		second, err := a.Send(ctx, news, text.Of("second"), telegram.SendOptions{CommentTo: post.ID, ReplyTo: first.ID})
		if err != nil || second.ReplyToID() != first.ID {
			t.Errorf("answered as %+v, %v", second, err)
		}
		all, total, err := a.Messages(news, telegram.HistoryOptions{Thread: post.ID, Reverse: true}).Collect(ctx)
		if got := said(all); err != nil || got != "first second" || total != 2 {
			t.Errorf("comments are %q of %d, %v", got, total, err)
		}
		found, _, err := a.Messages(news, telegram.HistoryOptions{Thread: post.ID, Search: "SECOND"}).Collect(ctx)
		if got := said(found); err != nil || got != "second" {
			t.Errorf("found %q, %v", got, err)
		}
		if _, err = a.Send(ctx, group, text.Of("x"), telegram.SendOptions{CommentTo: 4711}); err == nil {
			t.Error("commented on a post that never was")
		}
	})
}

// discussed gives News a discussion.
func discussed(ctx context.Context, a *telegram.Account) (channel, group telegram.Peer, err error) {
	if channel, err = a.Resolve(ctx, telegram.Name("News")); err != nil {
		return channel, group, err
	}
	if group, err = a.Resolve(ctx, telegram.Name("Workshop")); err != nil {
		return channel, group, err
	}
	_, err = a.API().ChannelsSetDiscussionGroup(ctx, &tg.ChannelsSetDiscussionGroupRequest{Broadcast: channelOf(channel), Group: channelOf(group)})
	return channel, group, err
}

func channelOf(p telegram.Peer) *tg.InputChannel {
	in := p.Input.(*tg.InputPeerChannel)
	return &tg.InputChannel{ChannelID: in.ChannelID, AccessHash: in.AccessHash}
}

// said are the texts of messages.
func said(list []*telegram.Message) string {
	words := make([]string, len(list))
	for i, m := range list {
		words[i] = "-"
		if m != nil {
			words[i] = m.Message.Message
		}
	}
	return strings.Join(words, " ")
}

func TestSendingLong(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		m, err := a.Send(ctx, telegram.Name("@bobby"), text.Of("first"), telegram.SendOptions{})
		if err != nil {
			t.Error(err)
			return
		}
		long := strings.Repeat("word ", 2000)
		_, err = a.Send(ctx, m, text.Of(long), telegram.SendOptions{})
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "MESSAGE_TOO_LONG" {
			t.Errorf("a long text gives %v", e)
		}
		buttons := &tg.ReplyKeyboardHide{}
		var sent []*telegram.Message
		seen := requests(t, s, "messages.sendMessage", func() {
			sent, err = a.SendLong(ctx, m, text.Of(long), telegram.SendOptions{ReplyTo: m.ID, Silent: true, Effect: 4, Buttons: buttons})
		})
		if err != nil || len(sent) != 3 || len(seen) != 3 {
			t.Errorf("sent %d with %d calls, %v", len(sent), len(seen), err)
			return
		}
		words := 0
		for i, part := range sent {
			words += len(strings.Fields(part.Message.Message))
			first, last := i == 0, i == 2
			if answers := field(seen[i], "reply_to") != "-"; answers != first {
				t.Errorf("part %d answers: %v", i, answers)
			}
			if effect := field(seen[i], "effect") != "-"; effect != first {
				t.Errorf("part %d has the effect: %v", i, effect)
			}
			if has := field(seen[i], "reply_markup") != "-"; has != last {
				t.Errorf("part %d has the buttons: %v", i, has)
			}
			if field(seen[i], "silent") != "true" {
				t.Errorf("part %d makes a sound", i)
			}
		}
		if words != 2000 {
			t.Errorf("%d words arrived", words)
		}
	})
}

// TestPreviews shows the page that was asked for.
func TestPreviews(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, row := range []struct {
			sentence, text string
			preview        telegram.Preview
			url, large     string
		}{
			{"a page that isn't in the text", "see below", telegram.Preview{URL: "https://example.org/a"}, "https://example.org/a", "-"},
			{"a large one of the link", "see https://example.org/b.", telegram.Preview{Large: true}, "https://example.org/b", "true"},
		} {
			var m *telegram.Message
			var err error
			seen := requests(t, s, "messages.sendMedia", func() {
				m, err = a.Send(ctx, telegram.Name("me"), text.Of(row.text), telegram.SendOptions{Preview: row.preview})
			})
			if err != nil || len(seen) != 1 || field(seen[0], "media", "url") != row.url || field(seen[0], "media", "force_large_media") != row.large {
				t.Errorf("%s: %v, %v", row.sentence, seen, err)
				continue
			}
			if _, ok := m.Media.(*tg.MessageMediaWebPage); !ok || m.Message.Message != row.text {
				t.Errorf("%s: %+v", row.sentence, m.Message)
			}
		}
		if _, err := a.Send(ctx, telegram.Name("me"), text.Of("no link"), telegram.SendOptions{Preview: telegram.Preview{Large: true}}); !errors.Is(err, telegram.ErrNoPreviewURL) {
			t.Errorf("a preview of nothing gives %v", err)
		}
	})
}
