package sandbox

import (
	"bytes"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// poll is a question with answers to choose from: https://core.telegram.org/api/poll. Forwarded
// messages share it.
type poll struct {
	author   int64
	asked    tg.Poll
	correct  []int
	solution string
	entities []tg.MessageEntityClass
	votes    []vote // in the order in which they came
	posts    []*post
}

type vote struct {
	user    int64
	options []int // numbers of answers
	date    int
}

// Sizes of polls.
const (
	pollQuestion = 255
	pollAnswer   = 100
	pollAnswers  = 12
	pollSolution = 200
	pollPeriod   = 600 // seconds; 5 at least
)

// newPoll checks a poll that u wants to send.
func (s *Server) newPoll(u *user, in *tg.InputMediaPoll, to peer) (*poll, error) {
	p := &poll{author: u.id, asked: in.Poll}
	p.asked.ID = s.freshInt64()
	p.asked.Creator, p.asked.Answers = false, nil
	p.asked.Question.Text = strings.TrimSpace(in.Poll.Question.Text)
	broadcast := to.kind == peerChannel && s.chats[to].broadcast()
	switch n := len([]rune(p.asked.Question.Text)); {
	case n == 0 || n > pollQuestion:
		return nil, bad("POLL_QUESTION_INVALID")
	case len(in.Poll.Answers) < 2 || len(in.Poll.Answers) > pollAnswers:
		return nil, bad("POLL_ANSWERS_INVALID")
	case in.Poll.Quiz && in.Poll.MultipleChoice:
		return nil, bad("QUIZ_MULTIPLE_INVALID")
	case in.Poll.PublicVoters && broadcast:
		return nil, bad("BROADCAST_PUBLIC_VOTERS_FORBIDDEN")
	}
	for i, given := range in.Poll.Answers {
		answer := &tg.PollAnswer{}
		switch given := given.(type) {
		case *tg.PollAnswer:
			answer.Text, answer.Option = given.Text, given.Option
		case *tg.InputPollAnswer:
			answer.Text, answer.Option = given.Text, []byte(strconv.Itoa(i))
		}
		if n := len([]rune(strings.TrimSpace(answer.Text.Text))); n == 0 || n > pollAnswer {
			return nil, bad("POLL_ANSWER_INVALID")
		}
		if len(answer.Option) == 0 || len(answer.Option) > pollAnswer {
			return nil, bad("POLL_OPTION_INVALID")
		}
		if p.number(answer.Option) >= 0 {
			return nil, bad("POLL_OPTION_DUPLICATE")
		}
		p.asked.Answers = append(p.asked.Answers, answer)
	}
	if err := p.quiz(in); err != nil {
		return nil, err
	}
	if in.Poll.ClosePeriod != 0 {
		if in.Poll.ClosePeriod < 5 || in.Poll.ClosePeriod > pollPeriod {
			return nil, bad("POLL_CLOSE_PERIOD_INVALID")
		}
		p.asked.CloseDate = s.today + in.Poll.ClosePeriod
	}
	p.asked.SetFlags()
	return p, nil
}

// quiz checks what only a quiz has.
func (p *poll) quiz(in *tg.InputMediaPoll) error {
	if !p.asked.Quiz {
		return nil
	}
	switch {
	case len(in.CorrectAnswers) == 0:
		return bad("QUIZ_CORRECT_ANSWERS_EMPTY")
	case len(in.CorrectAnswers) > 1:
		return bad("QUIZ_CORRECT_ANSWERS_TOO_MUCH")
	case in.CorrectAnswers[0] < 0 || in.CorrectAnswers[0] >= len(p.asked.Answers):
		return bad("QUIZ_CORRECT_ANSWER_INVALID")
	case len([]rune(in.Solution)) > pollSolution:
		return bad("MEDIA_INVALID")
	}
	p.correct, p.solution = in.CorrectAnswers, in.Solution
	for _, e := range in.SolutionEntities {
		kept, err := place(e, e.GetOffset(), e.GetLength(), nobody)
		if err == nil && kept != nil {
			p.entities = append(p.entities, kept)
		}
	}
	return nil
}

func nobody(tg.InputUserClass) (*user, error) { return nil, ErrUnknown }

// number finds an answer by its option; -1 if there is none.
func (p *poll) number(option []byte) int {
	return slices.IndexFunc(p.asked.Answers, func(a tg.PollAnswerClass) bool {
		answer, ok := a.(*tg.PollAnswer)
		return ok && bytes.Equal(answer.Option, option)
	})
}

func (p *poll) option(number int) []byte { return p.asked.Answers[number].(*tg.PollAnswer).Option }

func (p *poll) voteOf(id int64) *vote {
	for i := range p.votes {
		if p.votes[i].user == id {
			return &p.votes[i]
		}
	}
	return nil
}

// media is the poll as somebody sees it.
func (p *poll) media(viewer int64) *tg.MessageMediaPoll {
	return &tg.MessageMediaPoll{Poll: p.asked, Results: p.results(viewer)}
}

// results are hidden from those who haven't voted, until the poll is closed. A bot sees those of
// its own polls.
func (p *poll) results(viewer int64) tg.PollResults {
	out := tg.PollResults{}
	out.SetTotalVoters(len(p.votes))
	own := p.voteOf(viewer)
	if own == nil && !p.asked.Closed && viewer != p.author {
		return out
	}
	counts := make([]tg.PollAnswerVoters, len(p.asked.Answers))
	told := p.asked.Quiz && (own != nil || p.asked.Closed)
	for i := range counts {
		counts[i].Option = p.option(i)
		counts[i].Correct = told && slices.Contains(p.correct, i)
		counts[i].Chosen = own != nil && slices.Contains(own.options, i)
		n := 0
		for _, v := range p.votes {
			if slices.Contains(v.options, i) {
				n++
			}
		}
		counts[i].SetVoters(n)
	}
	out.SetResults(counts)
	if p.asked.PublicVoters {
		var recent []tg.PeerClass
		for _, v := range slices.Backward(p.votes[max(0, len(p.votes)-3):]) {
			recent = append(recent, &tg.PeerUser{UserID: v.user})
		}
		out.SetRecentVoters(recent)
	}
	if told && p.solution != "" {
		out.SetSolution(p.solution)
		out.SetSolutionEntities(p.entities)
	}
	return out
}

// holdPoll makes a post one of those that show a poll.
func (s *Server) holdPoll(p *poll, shared *post) {
	s.polls[p.asked.ID] = p
	shared.more().poll = p
	p.posts = append(p.posts, shared)
	if p.asked.CloseDate != 0 {
		s.wakeScheduler()
	}
}

// pollIn finds the poll of media that a message shows.
func (s *Server) pollIn(media tg.MessageMediaClass) *poll {
	if m, ok := media.(*tg.MessageMediaPoll); ok {
		return s.polls[m.Poll.ID]
	}
	return nil
}

// vote gives u's vote, or takes it back if there are no options.
func (s *Server) vote(u *user, r *record, options [][]byte, origin *wire.Session) (tg.UpdateClass, error) {
	if r.post.extra == nil || r.post.extra.poll == nil {
		return nil, bad("MESSAGE_ID_INVALID")
	}
	p := r.post.extra.poll
	own := p.voteOf(u.id)
	switch {
	case p.asked.Closed:
		return nil, bad("MESSAGE_POLL_CLOSED")
	case own != nil && (p.asked.Quiz || p.asked.RevotingDisabled):
		return nil, bad("REVOTE_NOT_ALLOWED")
	case len(options) > 1 && !p.asked.MultipleChoice:
		return nil, bad("OPTIONS_TOO_MUCH")
	}
	given := vote{user: u.id, date: s.today}
	for _, option := range options {
		number := p.number(option)
		if number < 0 || slices.Contains(given.options, number) {
			return nil, bad("OPTION_INVALID")
		}
		given.options = append(given.options, number)
	}
	p.votes = slices.DeleteFunc(p.votes, func(v vote) bool { return v.user == u.id })
	if len(options) > 0 {
		p.votes = append(p.votes, given)
	}
	s.touched()
	if author := s.users[p.author]; author.bot && p.asked.PublicVoters {
		s.noteQts(author, func(qts int) tg.UpdateClass {
			return &tg.UpdateMessagePollVote{PollID: p.asked.ID, Peer: &tg.PeerUser{UserID: u.id}, Options: options, Qts: qts}
		})
	}
	return s.pollChanged(p, u, origin), nil
}

// pollChanged tells everybody who has the poll, and returns what actor is told.
func (s *Server) pollChanged(p *poll, actor *user, origin *wire.Session) tg.UpdateClass {
	told := map[*user]bool{}
	tell := func(viewer *user, _ *record) {
		if told[viewer] || viewer.bot && viewer.id != p.author {
			return
		}
		told[viewer] = true
		if viewer == actor {
			s.pushShort(viewer, origin, p.update(viewer.id))
			return
		}
		s.pushShort(viewer, nil, p.update(viewer.id))
	}
	for _, at := range p.posts {
		for _, copied := range at.copies {
			if r := copied.box.records[copied.id]; r != nil {
				s.everyCopy(r, tell)
				break
			}
		}
	}
	return p.update(actor.id)
}

func (p *poll) update(viewer int64) *tg.UpdateMessagePoll {
	u := &tg.UpdateMessagePoll{PollID: p.asked.ID, Results: p.results(viewer)}
	u.SetPoll(p.asked)
	return u
}

// closePolls closes those whose time has come and returns how long the next has.
func (s *Server) closePolls() (next time.Duration, some bool) {
	for _, id := range slices.Sorted(maps.Keys(s.polls)) {
		p := s.polls[id]
		switch wait := time.Duration(p.asked.CloseDate-s.today) * time.Second; {
		case p.asked.Closed || p.asked.CloseDate == 0:
		case wait <= 0:
			p.asked.Closed = true
			s.touched()
			s.pollChanged(p, s.users[p.author], nil)
		case !some || wait < next:
			next, some = wait, true
		}
	}
	return next, some
}
