package telegram

import "github.com/gotd/td/tg"

// Polls that change. The Detail of poll is a *PollEvent, that of poll_vote a *PollVoteEvent.
const (
	EventPoll     = "poll"
	EventPollVote = "poll_vote"
)

// PollEvent is the state of a poll, for those who see it. https://core.telegram.org/api/poll
type PollEvent struct {
	Happening
	MessageID int // 0 where Telegram doesn't tell: the PollID is what counts
	Topic     int
	PollID    int64
	Poll      *tg.Poll // nil if only the results have changed
	Results   tg.PollResults
}

// PollVoteEvent is somebody's vote in a poll of this bot that isn't anonymous.
type PollVoteEvent struct {
	Happening // Sender votes
	PollID    int64
	Options   [][]byte // none if the vote was taken back
	Positions []int    // of the options among the poll's answers, from 0
}

func pollIn(a *Account, u tg.UpdateClass) []occasion {
	switch u := u.(type) {
	case *tg.UpdateMessagePoll:
		e := &PollEvent{Happening: a.happening(u.Peer, nil), MessageID: u.MsgID, Topic: u.TopMsgID, PollID: u.PollID, Results: u.Results}
		if poll, ok := u.GetPoll(); ok {
			e.Poll = &poll
		}
		return one(EventPoll, e)
	case *tg.UpdateMessagePollVote:
		return one(EventPollVote, &PollVoteEvent{a.happening(nil, u.Peer), u.PollID, u.Options, u.Positions})
	}
	return nil
}
