package bindings

import (
	"fmt"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
)

func TestBodies(t *testing.T) {
	for _, row := range []struct{ mode, text, plain string }{
		{"", "**a** <b>b</b>", "a <b>b</b>"},
		{"md", "**a**", "a"},
		{"markdown", "**a**", "a"},
		{"html", "**a** <b>b</b>", "**a** b"},
		{"none", "**a** <b>b</b>", "**a** <b>b</b>"},
	} {
		body, err := formatOptions{ParseMode: row.mode}.body(written(row.text))
		if err != nil || body.Plain != row.plain || (len(body.Entities) == 1) != (row.mode != "none") {
			t.Errorf("%q: got %+v, %v", row.mode, body, err)
		}
	}
	if _, err := (formatOptions{ParseMode: "html"}).body(written("<b>x")); err == nil {
		t.Error("broken HTML is taken")
	}
}

func TestOptionsBecomeTelegrams(t *testing.T) {
	yes, no := true, false
	later := time.Unix(5, 0)
	for _, row := range []struct {
		sentence  string
		got, want any
	}{
		{"nothing given", sendOptions{}.send(), telegram.SendOptions{}},
		{"how it goes out", deliveryOptions{
			Silent: true, Schedule: when{later}, Background: true, ClearDraft: true, Protected: true, SendAs: target{telegram.Name("@news")},
			Effect: 9, Topic: 5, CommentTo: 6,
		}.delivery(), telegram.SendOptions{
			Silent: true, At: later, Background: true, ClearDraft: true, Protected: true, SendAs: telegram.Name("@news"), Effect: 9, Topic: 5, CommentTo: 6,
		}},
		{"what it answers", sendOptions{answerOptions: answerOptions{replyRef{7, telegram.Name("@news")}, quoteOptions{"so"}}}.send(),
			telegram.SendOptions{ReplyTo: 7, ReplyIn: telegram.Name("@news"), Quote: "so"}},
		{"a quote needs a message", replyOptions{quoteOptions: quoteOptions{"so"}}.send(0), telegram.SendOptions{}},
		{"no preview", replyOptions{textOptions: textOptions{LinkPreview: preview{true, true, telegram.Preview{}}}}.send(7), telegram.SendOptions{ReplyTo: 7, NoPreview: true}},
		{"a large preview above", replyOptions{textOptions: textOptions{LinkPreview: preview{how: telegram.Preview{Large: true}}, InvertMedia: true}}.send(0),
			telegram.SendOptions{InvertMedia: true, Preview: telegram.Preview{Large: true}}},
		{"deleted for all", deleteOptions{}.delete(), telegram.DeleteOptions{}},
		{"deleted for all, said so", deleteOptions{Revoke: &yes}.delete(), telegram.DeleteOptions{}},
		{"deleted for oneself", deleteOptions{Revoke: &no}.delete(), telegram.DeleteOptions{KeepForOthers: true}},
		{"deleted before it is sent", deleteOptions{Scheduled: true}.delete(), telegram.DeleteOptions{Scheduled: true}},
	} {
		t.Run(row.sentence, func(t *testing.T) {
			if row.got != row.want {
				t.Errorf("got %+v, want %+v", row.got, row.want)
			}
		})
	}
}

func TestByteOffsets(t *testing.T) {
	for text, want := range map[string][]int{
		"":       {0},
		"ab":     {0, 1, 2},
		"é":      {0, 2},
		"👍x":     {0, 0, 4, 5},
		"\xffab": {0, 1, 2, 3},
	} {
		if got := byteOffsets(text); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}

// Entities come from the network: whatever they say, formatting must not fail.
func FuzzFormatting(f *testing.F) {
	f.Add("so bold 👍", 3, 4)
	f.Add("", -1, 1<<30)
	f.Fuzz(func(t *testing.T, text string, offset, length int) {
		m := said(text, alice, alice, func(m *tg.Message) {
			m.Entities = []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: offset, Length: length}}
		})
		for _, e := range messageOf(m).formatting() {
			if text[e.Offset-1:e.Offset-1+e.Length] != e.Text {
				t.Errorf("%q: %+v", text, e)
			}
		}
	})
}

func TestEventsForTheHost(t *testing.T) {
	e := &telegram.Event{Kind: telegram.EventMessage, Message: said("x", friends, alice)}
	if got := Event(e); got.Name != "message" || got.Chat != -5 || got.Value != e {
		t.Errorf("got %+v", got)
	}
	if got := Event(&telegram.Event{Kind: telegram.EventConnection}); got.Name != "connection" || got.Chat != 0 {
		t.Errorf("got %+v", got)
	}
}

func TestVersion(t *testing.T) {
	if got := (&Env{Version: "1.2.3"}).version(); got != "1.2.3" {
		t.Errorf("got %s", got)
	}
	if got := (&Env{}).version(); got == "" {
		t.Error("a version that wasn't given is empty")
	}
}
