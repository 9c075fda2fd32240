package bindings

import (
	"strconv"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/text"
)

// pollOptions say what kind of poll it is, and how it goes out.
type pollOptions struct {
	Quiz        bool          `lua:"quiz,optional" doc:"With right answers."`
	Correct     []int         `lua:"correct,optional" doc:"Numbers of the right answers of a quiz, from 1."`
	Explanation wording       `lua:"explanation,optional" doc:"What a quiz shows after an answer."`
	Multiple    bool          `lua:"multiple,optional" doc:"Several answers are allowed."`
	Anonymous   *bool         `lua:"anonymous,optional" doc:"Nobody sees who voted for what; true if not given."`
	Closed      bool          `lua:"closed,optional" doc:"Nobody can vote, it only shows."`
	Final       bool          `lua:"final,optional" doc:"A vote can't be changed."`
	Shuffle     bool          `lua:"shuffle,optional" doc:"Everybody sees the answers in another order."`
	HideResults bool          `lua:"hide_results,optional" doc:"The results show once it is closed."`
	Period      time.Duration `lua:"period,optional" doc:"How long it stays open: 5 seconds to 10 minutes."`
	CloseAt     when          `lua:"close_at,optional" doc:"When it closes."`
	formatOptions
	answerOptions
	deliveryOptions
}

type pollArgs struct {
	Chat     target      `lua:"chat" doc:"Where to."`
	Question wording     `lua:"question" doc:"What to ask."`
	Answers  []wording   `lua:"answers" doc:"What may be answered: 2 to 12 lines."`
	Opts     pollOptions `lua:"options,optional" doc:"How."`
}

func (in pollArgs) poll() (telegram.Poll, error) {
	o := in.Opts
	p := telegram.Poll{
		Public: o.Anonymous != nil && !*o.Anonymous, Multiple: o.Multiple, Closed: o.Closed, Final: o.Final, Shuffle: o.Shuffle, Hidden: o.HideResults,
		Period: o.Period, CloseAt: o.CloseAt.Time,
	}
	var err error
	if p.Question, err = o.body(in.Question); err != nil {
		return p, err
	}
	if p.Solution, err = o.body(o.Explanation); err != nil {
		return p, err
	}
	for _, answer := range in.Answers {
		read, err := formatOptions{ParseMode: o.ParseMode}.body(answer)
		if err != nil {
			return p, err
		}
		p.Answers = append(p.Answers, text.Text{Plain: read.Plain, Entities: read.Entities})
	}
	if o.Quiz != (len(o.Correct) > 0) {
		return p, &spec.ArgumentError{Function: "send_poll", Place: "option 'correct'", Problem: "a quiz, and only a quiz, has right answers"}
	}
	p.Correct, err = fromZero("send_poll", "option 'correct'", o.Correct, len(in.Answers))
	return p, err
}

// fromZero turns numbers of answers as Lua counts them into Telegram's.
func fromZero(function, place string, numbers []int, most int) ([]int, error) {
	var out []int
	for _, n := range numbers {
		if n < 1 || most > 0 && n > most {
			return nil, &spec.ArgumentError{Function: function, Place: place, Problem: "answers are numbered from 1 on, in their order"}
		}
		out = append(out, n-1)
	}
	return out, nil
}

var sendPoll = spec.Method("send_poll", "Send a poll or a quiz.",
	func(c *spec.Call, cl *client, in pollArgs) (*message, error) {
		p, err := in.poll()
		if err != nil {
			return nil, err
		}
		opts := in.Opts.delivery()
		in.Opts.answerOptions.apply(&opts)
		sent, err := cl.account.SendPoll(c, in.Chat.Target, p, opts)
		return messageOf(sent), err
	},
).InOrder().Example(`client:send_poll("Friends", "Where to?", { "Sea", "Mountains" }, { multiple = true, anonymous = false })
client:send_poll("Friends", "6 times 7?", { "41", "42" }, { quiz = true, correct = 2, explanation = "As ever." })`).
	Raises("POLL_ANSWERS_INVALID", "POLL_OPTION_DUPLICATE", "CHAT_WRITE_FORBIDDEN")

// pollAnswer is one answer of a poll with its votes.
type pollAnswer struct {
	Text    string `lua:"text"`
	Voters  int    `lua:"voters"`
	Chosen  bool   `lua:"chosen"`
	Correct bool   `lua:"correct"`
}

// pollState is a poll as scripts see it.
type pollState struct {
	ID        string       `lua:"id"`
	Question  string       `lua:"question"`
	Answers   []pollAnswer `lua:"answers"`
	Voters    int          `lua:"voters"`
	Closed    bool         `lua:"closed"`
	Quiz      bool         `lua:"quiz"`
	Multiple  bool         `lua:"multiple"`
	Anonymous bool         `lua:"anonymous"`

	Explanation any `lua:"explanation"`
	CloseAt     any `lua:"close_at"`
	Period      any `lua:"period"`
}

// LuaType is its name in the editor types.
func (pollState) LuaType() string { return "Poll" }

var pollAlias = spec.Alias{
	Name: "Poll",
	Type: "{ id: string, question: string, answers: { text: string, voters: integer, chosen: boolean, correct: boolean }[], voters: integer, " +
		"closed: boolean, quiz: boolean, multiple: boolean, anonymous: boolean, explanation?: string, close_at?: integer, period?: integer }",
	Doc: "A poll with what is known of its results: who hasn't voted sees no numbers before it is closed.",
}

func pollOf(m *tg.MessageMediaPoll) *pollState {
	p := &pollState{
		ID: strconv.FormatInt(m.Poll.ID, 10), Question: m.Poll.Question.Text, Voters: m.Results.TotalVoters, Closed: m.Poll.Closed, Quiz: m.Poll.Quiz,
		Multiple: m.Poll.MultipleChoice, Anonymous: !m.Poll.PublicVoters,
	}
	if m.Results.Solution != "" {
		p.Explanation = m.Results.Solution
	}
	if m.Poll.CloseDate != 0 {
		p.CloseAt = m.Poll.CloseDate
	}
	if m.Poll.ClosePeriod != 0 {
		p.Period = m.Poll.ClosePeriod
	}
	for _, one := range m.Poll.Answers {
		answer, ok := one.(*tg.PollAnswer)
		if !ok {
			continue
		}
		state := pollAnswer{Text: answer.Text.Text}
		for _, r := range m.Results.Results {
			if string(r.Option) == string(answer.Option) {
				state.Voters, state.Chosen, state.Correct = r.Voters, r.Chosen, r.Correct
			}
		}
		p.Answers = append(p.Answers, state)
	}
	return p
}

type voteArgs struct {
	Chat    target     `lua:"chat" doc:"Where it is."`
	Message messageRef `lua:"message" doc:"The message with the poll."`
	Answers []int      `lua:"answers,optional" doc:"Numbers of the answers, from 1: one or a list; nil takes the vote back."`
}

var vote = spec.Method("vote", "Vote in a poll. Returns the poll with its results.",
	func(c *spec.Call, cl *client, in voteArgs) (*pollState, error) {
		answers, err := fromZero("vote", "argument 3 (answers)", in.Answers, 0)
		if err != nil {
			return nil, err
		}
		result, err := cl.account.Vote(c, in.Message.in(in.Chat), in.Message.id, answers)
		return pollResult(result, err)
	},
).InOrder().Example(`local poll = client:vote("Friends", 12, 2)
print(poll.answers[2].voters)`).Raises("NO_POLL", "NO_SUCH_ANSWER", "MESSAGE_POLL_CLOSED", "REVOTE_NOT_ALLOWED")

func pollResult(m *tg.MessageMediaPoll, err error) (*pollState, error) {
	if err != nil {
		return nil, err
	}
	return pollOf(m), nil
}

type stopPollArgs struct {
	Chat    target     `lua:"chat" doc:"Where it is."`
	Message messageRef `lua:"message" doc:"The message with the poll."`
}

var stopPoll = spec.Method("stop_poll", "Close a poll of this account. Returns it with its results.",
	func(c *spec.Call, cl *client, in stopPollArgs) (*pollState, error) {
		result, err := cl.account.ClosePoll(c, in.Message.in(in.Chat), in.Message.id)
		return pollResult(result, err)
	},
).InOrder().Example(`print(client:stop_poll("Friends", 12).voters)`).Raises("NO_POLL", "MESSAGE_POLL_CLOSED", "MESSAGE_AUTHOR_REQUIRED")

// voteBy is what somebody has voted for.
type voteBy struct {
	User    *peer `lua:"user"`
	Answers []int `lua:"answers"`
	Date    int64 `lua:"date"`
}

// LuaType is its name in the editor types.
func (voteBy) LuaType() string { return "{ user: Peer, answers: integer[], date: integer }" }

func voteByOf(v telegram.VoteBy) voteBy {
	by := voteBy{User: peerOf(v.Peer), Date: v.At.Unix()}
	for _, n := range v.Answers {
		by.Answers = append(by.Answers, n+1)
	}
	return by
}

type votesArgs struct {
	Chat    target       `lua:"chat" doc:"Where it is."`
	Message messageRef   `lua:"message" doc:"The message with the poll."`
	Opts    votesOptions `lua:"options,optional" doc:"Whose."`
}

type votesOptions struct {
	Answer int `lua:"answer,optional" doc:"Only who has voted for this one, from 1."`
	Limit  int `lua:"limit,optional" doc:"How many; all if not given."`
}

func (in votesArgs) cursor(account *telegram.Account) *telegram.Cursor[telegram.VoteBy] {
	return account.Votes(in.Message.in(in.Chat), in.Message.id, in.Opts.Answer-1, in.Opts.Limit)
}

var iterPollVotes = spec.Iterator("iter_poll_votes", "Go through who has voted for what, in a poll that isn't anonymous.",
	func(_ *spec.Call, cl *client, in votesArgs) (spec.Cursor[voteBy], error) {
		return pages(in.cursor(cl.account), voteByOf), nil
	},
).Example(`for one in client:iter_poll_votes("Friends", 12) do print(one.user.name, one.answers[1]) end`).
	Raises("NO_POLL", "POLL_VOTE_REQUIRED", "BROADCAST_FORBIDDEN")

var getPollVotes = spec.Method("get_poll_votes", "List who has voted for what, in a poll that isn't anonymous.",
	func(c *spec.Call, cl *client, in votesArgs) (spec.List[voteBy], error) {
		return collected(c, in.cursor(cl.account), voteByOf)
	},
).Example(`print(client:get_poll_votes("Friends", 12, { answer = 2 }).total)`).Raises("NO_POLL", "POLL_VOTE_REQUIRED", "BROADCAST_FORBIDDEN")
