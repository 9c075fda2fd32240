package bindings

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// TimeoutError says that something did not happen in time.
type TimeoutError struct {
	What  string
	After time.Duration
}

// Error is one line for the script's author.
func (e *TimeoutError) Error() string { return fmt.Sprintf("%s within %v", e.What, e.After) }

// LuaFields are what scripts see on the caught error.
func (e *TimeoutError) LuaFields() map[string]any {
	return map[string]any{"kind": "TIMEOUT", "seconds": e.After.Seconds()}
}

// answerRules say which answers are good ones.
type answerRules struct {
	Check  spec.Callback `lua:"check,optional" doc:"Called with the answer; returns whether it is a good one, and what to say if it isn't. Then the next answer is waited for." type:"fun(answer: Message|CallbackEvent): any, string?"`
	Tries  int           `lua:"tries,optional" doc:"How many answers are checked before ANSWER_REFUSED is raised; any number if not given."`
	Cancel []words       `lua:"cancel,optional" doc:"An answer that gives up, such as \"/cancel\", or several: it raises CANCELLED, which ends the handler without being an error."`
}

// word is the word of the answer that gives up; empty if it is none.
func (r answerRules) word(answer any) string {
	said := ""
	switch a := answer.(type) {
	case *message:
		said = a.Message.Message.Message
	case *callback:
		said = string(a.Data)
	}
	for _, w := range r.Cancel {
		if strings.EqualFold(strings.TrimSpace(said), string(w)) {
			return string(w)
		}
	}
	return ""
}

type askOptions struct {
	replyOptions
	answerRules
	Timeout   time.Duration `lua:"timeout,optional" doc:"How long to wait for an answer once the question is sent; without it, until the script is reloaded."`
	Total     time.Duration `lua:"total_timeout,optional" doc:"How long to wait for a good answer, however many there are."`
	Exclusive bool          `lua:"exclusive,optional" doc:"Have the person alone, as a conversation has: where another talks to them already, CONVERSATION_BUSY is raised."`
	Share     bool          `lua:"share,optional" doc:"The handlers get the answer, too."`
}

type askArgs struct {
	Question content    `lua:"question" doc:"What to ask."`
	Opts     askOptions `lua:"options,optional" doc:"How to ask, which answers are good, and how long to wait."`
}

var ask = spec.Method("ask", "Say something in the same chat and wait for the next message that the same person writes there, or for a press of an inline button of the question. "+
	"Handlers don't get that message. A press comes as a CallbackEvent, already answered: its `data` says which button it was.",
	func(c *spec.Call, m *message, in askArgs) (any, error) { return m.ask(c, in) },
).InOrder().Result("Message|CallbackEvent").Raises("TIMEOUT", "CANCELLED", "ANSWER_REFUSED", "CONVERSATION_BUSY").Example(`local answer = event:ask("What is your name?", { timeout = "5m", cancel = "/cancel" })
answer:reply("Nice to meet you, " .. answer.raw_text)
local age = event:ask("How old are you?", {
  check = function(answer) return tonumber(answer.raw_text), "Write a number, please." end, tries = 3,
})
local sure = event:ask("Shall I delete it?", { buttons = { { text = "Yes", data = "yes" }, { text = "No", data = "no" } } })
if sure.data == "yes" then event:delete() end`)

// errAlbumAsks is the error for an album as a question. It is raised before anything is sent: an answer could be to any
// of its messages, and only one of them may have buttons.
var errAlbumAsks = &spec.ArgumentError{Function: "ask", Place: "option 'file'", Problem: "an album can't be a question: give one file"}

// ask takes its place before the question goes out: a quick answer may overtake the confirmation of
// what was sent. Whatever was written before the question is no answer, and goes back to the handlers.
func (m *message) ask(c *spec.Call, in askArgs) (any, error) {
	if in.Opts.File.album {
		return nil, errAlbumAsks
	}
	t := &talk{account: m.Account, chat: m.Chat, with: m.asked(), share: in.Opts.Share, topic: m.topic()}
	if in.Opts.Exclusive {
		release, err := envOf(c).claims().take(&claim{
			chat: m.Chat.ID, with: t.with.ID,
			script: c.Generation.Script().Name(), site: runtime.CurrentSite(c), since: c.Generation.Now(), exclusive: true,
		})
		if err != nil {
			return nil, err
		}
		defer release()
	}
	t.open(c.Generation, true)
	defer t.close(c)
	in.Opts.All = false // what was sent is one message, to which the answer is
	t.beginSending()
	sent, err := m.say(c, replyArgs{in.Question, in.Opts.replyOptions}, 0)
	t.endSending(sent)
	if err != nil {
		return nil, err
	}
	if d := in.Opts.Total; d > 0 {
		t.total, t.until = d, c.Generation.Now().Add(d)
	}
	t.returnBefore(c, sent.(*message).ID)
	return t.answer(c, sent.(*message).ID, in.Opts.Timeout, in.Opts.answerRules)
}

// asked is who is to answer: the author, or whoever is in the chat of a message that this account wrote itself.
func (m *message) asked() telegram.Peer {
	if m.Out && !isSelf(m.Chat, m.Account) {
		return telegram.Peer{}
	}
	return m.Sender
}

// answer waits for a good answer to a question.
func (t *talk) answer(c *spec.Call, question int, timeout time.Duration, rules answerRules) (any, error) {
	for tries := 1; ; tries++ {
		var m *telegram.Message
		var q *telegram.CallbackQuery
		err := t.wait(c, "no answer", timeout, func() (ok bool) {
			if m, ok = t.firstOf(func(m *telegram.Message) bool { return m.ID > question }); ok {
				return true
			}
			q, ok = t.pressOf(func(q *telegram.CallbackQuery) bool { return q.MessageID == question })
			return ok
		})
		if err != nil {
			return nil, err
		}
		var answer any = messageOf(m)
		if q != nil {
			answer = &callback{CallbackQuery: q}
		}
		if word := rules.word(answer); word != "" {
			return nil, &CancelledError{Word: word}
		}
		good, complaint, err := rules.judge(c, answer)
		if err != nil {
			return nil, err
		}
		if good {
			if q != nil {
				q.Close(c) // the app would wait as long as the script works
			}
			return answer, nil
		}
		if err := t.complain(c, q, complaint); err != nil {
			return nil, err
		}
		if rules.Tries > 0 && tries >= rules.Tries {
			return nil, &RefusedError{Tries: tries}
		}
	}
}

// judge asks the script whether an answer is a good one.
func (r answerRules) judge(c *spec.Call, answer any) (good bool, complaint string, err error) {
	if !r.Check.Given() {
		return true, "", nil
	}
	results, err := r.Check.Results(c, answer)
	if err != nil {
		return false, "", err
	}
	if len(results) > 0 {
		good = results[0] != nil && results[0] != false
	}
	if len(results) > 1 {
		complaint, _ = results[1].(string)
	}
	return good, complaint, nil
}

// complain says what was wrong with an answer: in the chat, or above the button.
func (t *talk) complain(c *spec.Call, q *telegram.CallbackQuery, complaint string) error {
	switch {
	case q != nil && complaint != "":
		return q.Answer(c, telegram.CallbackAnswer{Text: complaint})
	case q != nil:
		q.Close(c)
	case complaint != "":
		body, err := text.Parse(text.Markdown, complaint)
		if err != nil {
			return err
		}
		_, err = t.account.Send(c, t.chat, body, telegram.SendOptions{Topic: t.topic})
		return err
	}
	return nil
}

// returnBefore gives what was written before a message to the handlers, also what comes of it later (since).
func (t *talk) returnBefore(ctx context.Context, id int) {
	t.mu.Lock()
	var early, rest []runtime.Event
	for _, ev := range t.unread {
		if ev.Value.(*telegram.Event).Message.ID < id {
			early = append(early, ev)
		} else {
			rest = append(rest, ev)
		}
	}
	t.unread, t.since = rest, id
	t.mu.Unlock()
	if !t.share {
		t.handBack(ctx, early)
	}
}

type converseAskOptions struct {
	sendOptions
	answerRules
	waitOptions
}

type converseAskArgs struct {
	Question content            `lua:"question" doc:"What to ask."`
	Opts     converseAskOptions `lua:"options,optional" doc:"How to ask, which answers are good, and how long to wait."`
}

var converseAsk = spec.Method("ask", "Send a message and wait for the answer: the next message of the other side, or a press of an inline button of the question, which is answered.",
	func(c *spec.Call, v *conversation, in converseAskArgs) (any, error) {
		if in.Opts.File.album {
			return nil, errAlbumAsks
		}
		in.Opts.All = false
		sent, err := v.send(c, converseSendArgs{in.Question, in.Opts.sendOptions})
		if err != nil {
			return nil, err
		}
		return v.answer(c, sent.(*message).ID, in.Opts.time(v), in.Opts.answerRules)
	},
).InOrder().Result("Message|CallbackEvent").Raises("TIMEOUT", "CANCELLED", "ANSWER_REFUSED", "TOO_MANY_MESSAGES").Example(`client:conversation("@friend", function(conv)
  local colour = conv:ask("Which colour?", { buttons = { { text = "Red", data = "red" }, { text = "Blue", data = "blue" } } })
  local size = conv:ask("Which size?", { check = function(answer) return answer.raw_text:match("^[SML]$"), "S, M or L?" end, tries = 3 })
  conv:send_message((colour.data or colour.raw_text) .. ", " .. size.raw_text)
end)`)
