package telegram

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// Poll is a question to a chat. https://core.telegram.org/api/poll
type Poll struct {
	Question text.Text
	Answers  []text.Text
	Correct  []int     // which answers are right, from 0: makes it a quiz
	Solution text.Text // what a quiz explains after an answer

	Public   bool // everybody sees who voted for what
	Multiple bool // several answers are allowed
	Closed   bool // it only shows
	Final    bool // a vote can't be changed
	Shuffle  bool // everybody sees the answers in another order
	Hidden   bool // the results show once it is closed

	Period  time.Duration // how long it stays open: 5 s to 10 min
	CloseAt time.Time     // or when it closes
}

// Media is the poll as Telegram takes it, for SendMedia.
func (p Poll) Media() tg.InputMediaClass {
	media := &tg.InputMediaPoll{
		CorrectAnswers: p.Correct, Solution: p.Solution.Plain, SolutionEntities: p.Solution.Entities,
		Poll: tg.Poll{
			Question: withEntities(p.Question), PublicVoters: p.Public, MultipleChoice: p.Multiple, Quiz: len(p.Correct) > 0, Closed: p.Closed,
			RevotingDisabled: p.Final, ShuffleAnswers: p.Shuffle, HideResultsUntilClose: p.Hidden, ClosePeriod: int(p.Period / time.Second),
		},
	}
	if !p.CloseAt.IsZero() {
		media.Poll.CloseDate = int(p.CloseAt.Unix())
	}
	for _, answer := range p.Answers {
		media.Poll.Answers = append(media.Poll.Answers, &tg.InputPollAnswer{Text: withEntities(answer)})
	}
	return media
}

func withEntities(t text.Text) tg.TextWithEntities {
	return tg.TextWithEntities{Text: t.Plain, Entities: t.Entities}
}

// SendPoll sends a poll.
func (a *Account) SendPoll(ctx context.Context, to Target, p Poll, opts SendOptions) (*Message, error) {
	m, err := a.SendMedia(ctx, to, p.Media(), text.Text{}, opts)
	if err != nil {
		return nil, fmt.Errorf("send poll: %w", err)
	}
	return m, nil
}

// Vote chooses answers of a poll, counted from 0; none takes the vote back. It returns the poll with its results.
// ErrNoPoll and ErrNoAnswer say that there is none such. https://core.telegram.org/method/messages.sendVote
func (a *Account) Vote(ctx context.Context, chat Target, id int, answers []int) (*tg.MessageMediaPoll, error) {
	var result *tg.MessageMediaPoll
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		poll, err := a.pollOf(ctx, peer, chat, id)
		if err != nil {
			return err
		}
		options := make([][]byte, len(answers))
		for i, n := range answers {
			if options[i] = optionOf(poll, n); options[i] == nil {
				return ErrNoAnswer
			}
		}
		answer, err := a.API().MessagesSendVote(ctx, &tg.MessagesSendVoteRequest{Peer: peer.Input, MsgID: id, Options: options})
		result = pollAfter(answer, poll)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("vote: %w", err)
	}
	return result, nil
}

// ClosePoll ends a poll of this account. It returns the poll with its results.
func (a *Account) ClosePoll(ctx context.Context, chat Target, id int) (*tg.MessageMediaPoll, error) {
	var result *tg.MessageMediaPoll
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		poll, err := a.pollOf(ctx, peer, chat, id)
		if err != nil {
			return err
		}
		closed := poll.Poll
		closed.Closed = true
		answer, err := a.API().MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{
			Peer: peer.Input, ID: id, Media: &tg.InputMediaPoll{Poll: closed},
		})
		result = pollAfter(answer, poll)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("close poll: %w", err)
	}
	return result, nil
}

// pollOf is the poll of a message. If that is at hand, Telegram isn't asked: its answers never change.
func (a *Account) pollOf(ctx context.Context, peer Peer, chat Target, id int) (*tg.MessageMediaPoll, error) {
	m, ok := chat.(*Message)
	if !ok || m.ID != id {
		found, err := a.messagesByID(ctx, peer, []int{id}, false)
		if err != nil {
			return nil, fmt.Errorf("look for the poll: %w", err)
		}
		m = found[0]
	}
	if m != nil {
		if poll, ok := m.Media.(*tg.MessageMediaPoll); ok {
			return poll, nil
		}
	}
	return nil, ErrNoPoll
}

// optionOf is how Telegram names the answer n of a poll; nil if it has none.
func optionOf(poll *tg.MessageMediaPoll, n int) []byte {
	if n < 0 || n >= len(poll.Poll.Answers) {
		return nil
	}
	if answer, ok := poll.Poll.Answers[n].(*tg.PollAnswer); ok {
		return answer.Option
	}
	return nil
}

// pollAfter is a poll as the answer to a call shows it.
func pollAfter(answer tg.UpdatesClass, before *tg.MessageMediaPoll) *tg.MessageMediaPoll {
	after := *before
	if answer == nil {
		return &after
	}
	for _, u := range inbox.Contents(answer) {
		if u, ok := u.(*tg.UpdateMessagePoll); ok && u.PollID == before.Poll.ID {
			after.Results = u.Results
			if poll, ok := u.GetPoll(); ok {
				after.Poll = poll
			}
		}
	}
	return &after
}

// VoteBy is what somebody has voted for.
type VoteBy struct {
	Peer    Peer
	Answers []int // from 0
	At      time.Time
}

// Votes goes through who has voted in a public poll: for one answer, counted from 0, or for any if it is negative.
func (a *Account) Votes(chat Target, id, answer, limit int) *Cursor[VoteBy] {
	var offset string
	var poll *tg.MessageMediaPoll
	return newCursor(limit, func(ctx context.Context) (page []VoteBy, total int, err error) {
		err = a.withPeer(ctx, chat, func(peer Peer) (err error) {
			if poll == nil {
				if poll, err = a.pollOf(ctx, peer, chat, id); err != nil {
					return err
				}
			}
			request := &tg.MessagesGetPollVotesRequest{Peer: peer.Input, ID: id, Offset: offset, Limit: pageSize(limit)}
			if answer >= 0 {
				if request.Option = optionOf(poll, answer); request.Option == nil {
					return ErrNoAnswer
				}
			}
			answer, err := a.API().MessagesGetPollVotes(ctx, request)
			if err != nil {
				return err
			}
			for _, v := range answer.Votes {
				page = append(page, a.voteBy(v, poll, request.Option))
			}
			total, offset = answer.Count, answer.NextOffset
			return nil
		})
		if err != nil {
			return nil, -1, fmt.Errorf("list votes: %w", err)
		}
		if offset == "" {
			err = io.EOF
		}
		return page, total, err
	})
}

func (a *Account) voteBy(v tg.MessagePeerVoteClass, poll *tg.MessageMediaPoll, asked []byte) VoteBy {
	by := VoteBy{Peer: a.peers.get(MarkedID(v.GetPeer())), At: time.Unix(int64(v.GetDate()), 0)}
	options := [][]byte{asked}
	switch v := v.(type) {
	case *tg.MessagePeerVote:
		options = [][]byte{v.Option}
	case *tg.MessagePeerVoteMultiple:
		options = v.Options
	}
	for n := range poll.Poll.Answers {
		if slices.ContainsFunc(options, func(o []byte) bool { return string(o) == string(optionOf(poll, n)) }) {
			by.Answers = append(by.Answers, n)
		}
	}
	return by
}
