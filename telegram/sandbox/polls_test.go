package sandbox

import (
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func pollOf(question string, answers ...string) *tg.InputMediaPoll {
	in := &tg.InputMediaPoll{Poll: tg.Poll{Question: tg.TextWithEntities{Text: question}}}
	for _, a := range answers {
		in.Poll.Answers = append(in.Poll.Answers, &tg.InputPollAnswer{Text: tg.TextWithEntities{Text: a}})
	}
	return in
}

func quizOf(correct ...int) *tg.InputMediaPoll {
	in := pollOf("q", "a", "b")
	in.Poll.Quiz = true
	in.SetCorrectAnswers(correct)
	in.SetSolution("because")
	return in
}

func (c *client) sendPoll(t *testing.T, to tg.InputPeerClass, in *tg.InputMediaPoll) (*tg.Message, error) {
	t.Helper()
	answer, err := c.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: to, Media: in, RandomID: random()})
	if err != nil {
		return nil, err
	}
	return sent(t, answer), nil
}

func (c *client) vote(t *testing.T, at tg.InputPeerClass, id int, options ...string) (*tg.UpdateMessagePoll, error) {
	t.Helper()
	in := &tg.MessagesSendVoteRequest{Peer: at, MsgID: id}
	for _, o := range options {
		in.Options = append(in.Options, []byte(o))
	}
	answer, err := c.api.MessagesSendVote(t.Context(), in)
	if err != nil {
		return nil, err
	}
	return answer.(*tg.Updates).Updates[0].(*tg.UpdateMessagePoll), nil
}

func TestPollsAreChecked(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	workshop, news := alice.to(t, "sandbox_workshop"), alice.to(t, "sandbox_news")
	both, public, period, twice := quizOf(0), pollOf("q", "a", "b"), pollOf("q", "a", "b"), pollOf("q")
	both.Poll.MultipleChoice = true
	public.Poll.PublicVoters = true
	period.Poll.SetClosePeriod(1)
	for range 2 {
		twice.Poll.Answers = append(twice.Poll.Answers, &tg.PollAnswer{Text: tg.TextWithEntities{Text: "x"}, Option: []byte("same")})
	}
	for name, c := range map[string]struct {
		to     tg.InputPeerClass
		in     *tg.InputMediaPoll
		refuse string
	}{
		"no question":             {workshop, pollOf(" ", "a", "b"), "POLL_QUESTION_INVALID"},
		"a long question":         {workshop, pollOf(strings.Repeat("q", 256), "a", "b"), "POLL_QUESTION_INVALID"},
		"one answer":              {workshop, pollOf("q", "a"), "POLL_ANSWERS_INVALID"},
		"an empty answer":         {workshop, pollOf("q", "a", ""), "POLL_ANSWER_INVALID"},
		"an option twice":         {workshop, twice, "POLL_OPTION_DUPLICATE"},
		"a quiz without solution": {workshop, quizOf(), "QUIZ_CORRECT_ANSWERS_EMPTY"},
		"a quiz with two":         {workshop, quizOf(0, 1), "QUIZ_CORRECT_ANSWERS_TOO_MUCH"},
		"a quiz with none such":   {workshop, quizOf(2), "QUIZ_CORRECT_ANSWER_INVALID"},
		"a quiz with many right":  {workshop, both, "QUIZ_MULTIPLE_INVALID"},
		"voters of a channel":     {news, public, "BROADCAST_PUBLIC_VOTERS_FORBIDDEN"},
		"too short a period":      {workshop, period, "POLL_CLOSE_PERIOD_INVALID"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.sendPoll(t, c.to, c.in)
			wantError(t, err, c.refuse)
		})
	}
}

func TestAPoll(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	workshop, there := alice.to(t, "sandbox_workshop"), bob.to(t, "sandbox_workshop")
	in := pollOf("Tea?", "Yes", "No")
	in.Poll.PublicVoters = true
	m, err := alice.sendPoll(t, workshop, in)
	if err != nil {
		t.Fatal(err)
	}
	seen := next[*tg.UpdateNewChannelMessage](t, bob).Message.(*tg.Message).Media.(*tg.MessageMediaPoll)
	if seen.Poll.Question.Text != "Tea?" || len(seen.Results.Results) != 0 {
		t.Errorf("bob sees %v", seen)
	}
	votes := &tg.MessagesGetPollVotesRequest{Peer: there, ID: m.ID, Limit: 10}
	_, err = bob.api.MessagesGetPollVotes(t.Context(), votes)
	wantError(t, err, "POLL_VOTE_REQUIRED")
	_, err = bob.vote(t, there, m.ID, "0", "1")
	wantError(t, err, "OPTIONS_TOO_MUCH")
	_, err = bob.vote(t, there, m.ID, "7")
	wantError(t, err, "OPTION_INVALID")
	answer, err := bob.vote(t, there, m.ID, "1")
	if err != nil || !answer.Results.Results[1].Chosen || answer.Results.TotalVoters != 1 {
		t.Fatalf("bob's vote: %v, %v", answer, err)
	}
	if told := next[*tg.UpdateMessagePoll](t, alice); told.Results.TotalVoters != 1 {
		t.Errorf("alice was told %v", told)
	}
	if answer, err = bob.vote(t, there, m.ID, "0"); err != nil || !answer.Results.Results[0].Chosen || answer.Results.TotalVoters != 1 {
		t.Errorf("bob's other vote: %v, %v", answer, err)
	}
	if err := s.Person("carol").Vote(t.Context(), "Workshop", m.ID, 1); err != nil {
		t.Fatal(err)
	}
	list, err := bob.api.MessagesGetPollVotes(t.Context(), votes)
	if err != nil || list.Count != 2 || string(list.Votes[0].(*tg.MessagePeerVote).Option) != "1" {
		t.Errorf("the votes: %v, %v", list, err)
	}
	votes.SetOption([]byte("0"))
	if list, err = bob.api.MessagesGetPollVotes(t.Context(), votes); err != nil || list.Count != 1 {
		t.Errorf("those for yes: %v, %v", list, err)
	}
	if _, err := bob.vote(t, there, m.ID); err != nil {
		t.Errorf("taking it back: %v", err)
	}

	closing := pollOf("Tea?", "Yes", "No")
	closing.Poll.Closed = true
	shut := &tg.MessagesEditMessageRequest{Peer: workshop, ID: m.ID}
	shut.SetMedia(closing)
	shutting, err := alice.api.MessagesEditMessage(t.Context(), shut)
	if err != nil {
		t.Fatal(err)
	}
	if first, ok := shutting.(*tg.Updates).Updates[0].(*tg.UpdateMessagePoll); !ok || !first.Poll.Closed {
		t.Errorf("the answer is %v", shutting) // Pyrogram takes the poll from there
	}
	ended := next[*tg.UpdateEditChannelMessage](t, bob).Message.(*tg.Message).Media.(*tg.MessageMediaPoll)
	if !ended.Poll.Closed || ended.Results.Results[1].Voters != 1 {
		t.Errorf("bob sees %v", ended)
	}
	_, err = bob.vote(t, there, m.ID, "0")
	wantError(t, err, "MESSAGE_POLL_CLOSED")
	_, err = alice.api.MessagesEditMessage(t.Context(), shut)
	wantError(t, err, "MESSAGE_NOT_MODIFIED")
}

func TestAQuizTellsAfterTheVote(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice := login(t, s, "alice")
	workshop := alice.to(t, "sandbox_workshop")
	in := quizOf(1)
	in.Poll.SetClosePeriod(60)
	m, err := alice.sendPoll(t, workshop, in)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := alice.vote(t, workshop, m.ID, "0")
	if err != nil || answer.Results.Results[0].Correct || !answer.Results.Results[1].Correct || answer.Results.Solution != "because" {
		t.Errorf("alice's vote: %v, %v", answer, err)
	}
	_, err = alice.vote(t, workshop, m.ID, "1")
	wantError(t, err, "REVOTE_NOT_ALLOWED")
	clock.Advance(61 * time.Second)
	for closed := false; !closed; {
		told := next[*tg.UpdateMessagePoll](t, alice)
		closed = told.Poll.Closed
	}
}

func TestABotHearsOfVotes(t *testing.T) {
	s := serve(t, Options{})
	bot, alice := startedBot(t, s)
	in := pollOf("Rate me", "good", "bad")
	in.Poll.PublicVoters = true
	m, err := bot.sendPoll(t, alice, in)
	if err != nil {
		t.Fatal(err)
	}
	list, err := s.Person("alice").Messages("EchoBot")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Person("alice").Vote(t.Context(), "EchoBot", list[len(list)-1].ID, 0); err != nil {
		t.Fatal(err)
	}
	vote := next[*tg.UpdateMessagePollVote](t, bot)
	if vote.PollID != m.Media.(*tg.MessageMediaPoll).Poll.ID || string(vote.Options[0]) != "0" || vote.Qts == 0 {
		t.Errorf("the bot was told %v", vote)
	}
	if told := next[*tg.UpdateMessagePoll](t, bot); told.Results.Results[0].Voters != 1 {
		t.Errorf("the bot was told %v", told)
	}
	forwarded, err := bot.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
		FromPeer: alice, ToPeer: &tg.InputPeerChat{ChatID: 3001}, ID: []int{m.ID}, RandomID: []int64{random()},
	})
	if err != nil || sent(t, forwarded).Media.(*tg.MessageMediaPoll).Results.TotalVoters != 1 {
		t.Errorf("forwarded: %v, %v", forwarded, err)
	}
}
