package sandbox

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// linger makes the first call of a method stay, after it has done its work, until release is closed.
// It must come before the server is busy.
func (s *Server) linger(name string, release <-chan struct{}) {
	var once sync.Once
	m := s.table.names[name]
	run := m.run
	m.run = func(ctx context.Context, c *call, b *bin.Buffer) (bin.Encoder, error) {
		answer, err := run(ctx, c, b)
		once.Do(func() {
			select {
			case <-release:
			case <-ctx.Done():
			}
		})
		return answer, err
	}
	for id, other := range s.table.ids {
		if other.name == name {
			s.table.ids[id] = m
		}
	}
	s.table.names[name] = m
}

// wantOrder compares the methods that were called, of those that are meant.
func (n *notes) wantOrder(t *testing.T, want ...string) {
	t.Helper()
	n.mu.Lock()
	defer n.mu.Unlock()
	var got []string
	for _, i := range n.list {
		if slices.Contains(want, i.Method) {
			got = append(got, i.Method)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("told of %v, want %v", got, want)
	}
}

func TestACallIsToldOfBeforeWhatComesOfIt(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add})
	release := make(chan struct{})
	s.linger("messages.sendMessage", release)
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	to := alice.to(t, "bobby")
	sent := make(chan error, 1)
	go func() {
		_, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: to, Message: "hello", RandomID: 1})
		sent <- err
	}()
	next[*tg.UpdateNewMessage](t, bob) // alice has no answer yet
	if _, err := bob.api.MessagesSetTyping(t.Context(), &tg.MessagesSetTypingRequest{Peer: bob.to(t, "alice"), Action: &tg.SendMessageTypingAction{}}); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	seen.wantOrder(t, "messages.sendMessage", "messages.setTyping")
	close(release)
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	s.Settle()
	seen.wantOrder(t, "messages.sendMessage", "messages.setTyping") // once
}

func TestAQuestionIsToldOfWhenItIsAnswered(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add, InspectAnswers: true})
	release := make(chan struct{})
	s.linger("messages.getBotCallbackAnswer", release)
	bot, carl := startedBot(t, s)
	alice := login(t, s, "alice")
	m, err := bot.sendMarkup(t, carl, inlineRow(dataButton("b", "x")))
	if err != nil {
		t.Fatal(err)
	}
	shown := next[*tg.UpdateNewMessage](t, alice).Message.(*tg.Message)
	pressed := make(chan error, 1)
	go func() {
		in := &tg.MessagesGetBotCallbackAnswerRequest{Peer: alice.to(t, "sandbox_echo_bot"), MsgID: shown.ID}
		in.SetData([]byte("x"))
		answer, err := alice.api.MessagesGetBotCallbackAnswer(t.Context(), in)
		if err == nil && answer.Message != "yes" {
			err = errors.New("the bot said " + answer.Message)
		}
		pressed <- err
	}()
	query := next[*tg.UpdateBotCallbackQuery](t, bot)
	said := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: query.QueryID}
	said.SetMessage("yes")
	if _, err := bot.api.MessagesSetBotCallbackAnswer(t.Context(), said); err != nil {
		t.Fatal(err)
	}
	if _, err := bot.api.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{ID: []int{m.ID}}); err != nil {
		t.Fatal(err)
	}
	s.Settle()
	order := []string{"messages.getBotCallbackAnswer", "messages.setBotCallbackAnswer", "messages.deleteMessages"}
	seen.wantOrder(t, order...)
	close(release)
	if err := <-pressed; err != nil {
		t.Fatal(err)
	}
	s.Settle()
	seen.wantOrder(t, order...)
	told := seen.of(InspectCall, "messages.getBotCallbackAnswer")
	if result, ok := told[0].Result.(map[string]any); !ok || result["message"] != "yes" || told[0].Account != "alice" {
		t.Errorf("told of %+v", told)
	}
}

func TestAFaultIsToldOfInTheCallsPlace(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	defer s.Inject(Fault{Account: "alice", Method: "messages.sendMessage", Message: "WORKER_BUSY", After: true})()
	_, err := alice.api.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: alice.to(t, "bobby"), Message: "hello", RandomID: 1})
	wantError(t, err, "WORKER_BUSY")
	next[*tg.UpdateNewMessage](t, bob)
	s.Settle()
	calls := seen.of(InspectCall, "messages.sendMessage")
	if len(calls) != 1 || calls[0].Error != "WORKER_BUSY" || !calls[0].Fault || calls[0].Answer != "" {
		t.Errorf("told of %+v", calls)
	}
}

func TestACallThatPanicsIsToldOfAsAnError(t *testing.T) {
	var seen notes
	s := serve(t, Options{Inspect: seen.add})
	on(s.table, open, func(*call, *tg.HelpGetNearestDCRequest) (bin.Encoder, error) { panic("the handler's fault") })
	c := dial(t, s)
	for range 2 { // the lock was let go
		_, err := c.api.HelpGetNearestDC(t.Context())
		wantError(t, err, "INTERNAL")
	}
	s.Settle()
	calls := seen.of(InspectCall, "help.getNearestDc")
	if len(calls) != 2 || calls[0].Error != "INTERNAL" {
		t.Errorf("told of %+v", calls)
	}
}
