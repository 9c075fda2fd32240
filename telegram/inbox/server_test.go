package inbox

import (
	"context"
	"slices"
	"sync"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// fact is something that happened at the server, as its log keeps it.
type fact struct {
	update     tg.UpdateClass
	message    tg.MessageClass // set for new messages: differences list those apart
	pts, count int
	date       int
}

// log is one sequence of the server.
type log struct {
	pts   int
	facts []fact
}

func (l *log) add(f fact) {
	l.pts += f.count
	f.pts = l.pts
	l.facts = append(l.facts, f)
}

// after lists the facts behind pts.
func (l *log) after(pts int) (facts []fact) {
	for _, f := range l.facts {
		if f.pts > pts {
			facts = append(facts, f)
		}
	}
	return facts
}

// server is a Telegram of one account, in a few lines and without any cleverness.
type server struct {
	mu        sync.Mutex
	common    log
	qts       log
	channels  map[int64]*log
	seq, date int
	nextID    int
	slice     int            // facts in one difference
	tooLong   int            // differences that are longer than this are refused; 0 for none
	stubborn  bool           // says that there is more and doesn't give it
	private   map[int64]bool // channels that the account was thrown out of
	strange   map[int]bool   // pts of facts that no client can read
	fail      func(method string) error
	calls     map[string]int
}

func newServer() *server {
	return &server{
		common: log{pts: 100}, qts: log{pts: 10}, seq: 5, date: 1_000_000,
		channels: make(map[int64]*log), private: make(map[int64]bool), calls: make(map[string]int), slice: 7,
	}
}

func (s *server) channel(id int64) *log {
	if s.channels[id] == nil {
		s.channels[id] = &log{pts: 50}
	}
	return s.channels[id]
}

// message writes one; channel is 0 for a private chat.
func (s *server) message(channel int64) tg.UpdateClass {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.date++
	m := &tg.Message{ID: s.nextID, PeerID: &tg.PeerUser{UserID: 7}, Date: s.date}
	if channel == 0 {
		u := &tg.UpdateNewMessage{Message: m, Pts: s.common.pts + 1, PtsCount: 1}
		s.common.add(fact{update: u, message: m, count: 1, date: s.date})
		return u
	}
	m.PeerID = &tg.PeerChannel{ChannelID: channel}
	l := s.channel(channel)
	u := &tg.UpdateNewChannelMessage{Message: m, Pts: l.pts + 1, PtsCount: 1}
	l.add(fact{update: u, message: m, count: 1, date: s.date})
	return u
}

// remove deletes count messages, which have ids of their own here.
func (s *server) remove(channel int64, count int) tg.UpdateClass {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.date++
	ids := []int{s.nextID}
	if channel == 0 {
		u := &tg.UpdateDeleteMessages{Messages: ids, Pts: s.common.pts + count, PtsCount: count}
		s.common.add(fact{update: u, count: count, date: s.date})
		return u
	}
	l := s.channel(channel)
	u := &tg.UpdateDeleteChannelMessages{ChannelID: channel, Messages: ids, Pts: l.pts + count, PtsCount: count}
	l.add(fact{update: u, count: count, date: s.date})
	return u
}

// stop is an event for bots, which qts counts.
func (s *server) stop() tg.UpdateClass {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.date++
	u := &tg.UpdateBotStopped{UserID: int64(s.nextID), Qts: s.qts.pts + 1}
	s.qts.add(fact{update: u, count: 1, date: s.date})
	return u
}

// status is an update that nothing but seq counts; differences don't bring it again here.
func (s *server) status() *tg.Updates {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.nextID++
	s.seq++
	return &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateUserName{UserID: int64(s.nextID)}}, Seq: s.seq, Date: s.date}
}

func (s *server) state() tg.UpdatesState {
	return tg.UpdatesState{Pts: s.common.pts, Qts: s.qts.pts, Seq: s.seq, Date: s.date}
}

// failing lets calls fail from now on; nil lets them work again.
func (s *server) failing(fail func(method string) error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = fail
}

func (s *server) called(method string) error {
	s.calls[method]++
	if s.fail != nil {
		return s.fail(method)
	}
	return nil
}

func (s *server) count(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

func (s *server) UpdatesGetState(context.Context) (*tg.UpdatesState, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.called("state"); err != nil {
		return nil, err
	}
	state := s.state()
	return &state, nil
}

func (s *server) UpdatesGetDifference(_ context.Context, r *tg.UpdatesGetDifferenceRequest) (tg.UpdatesDifferenceClass, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.called("difference"); err != nil {
		return nil, err
	}
	facts, events := s.common.after(r.Pts), s.qts.after(r.Qts)
	switch {
	case s.stubborn:
		return &tg.UpdatesDifferenceSlice{IntermediateState: tg.UpdatesState{Pts: r.Pts, Qts: r.Qts, Seq: s.seq, Date: r.Date}}, nil
	case len(facts)+len(events) == 0:
		return &tg.UpdatesDifferenceEmpty{Date: s.date, Seq: s.seq}, nil
	case s.tooLong > 0 && len(facts) > s.tooLong:
		return &tg.UpdatesDifferenceTooLong{Pts: facts[len(facts)-s.tooLong-1].pts}, nil
	}
	state := s.state()
	limit := s.slice
	if r.PtsLimit > 0 {
		limit = min(limit, r.PtsLimit)
	}
	sliced := len(facts) > limit
	if sliced {
		facts, events = facts[:limit], nil
		state = tg.UpdatesState{Pts: facts[len(facts)-1].pts, Qts: r.Qts, Seq: s.seq, Date: facts[len(facts)-1].date}
	}
	if s.unreadable(facts) {
		return nil, &bin.UnexpectedIDErr{ID: 1}
	}
	messages, others := split(append(facts, events...))
	if sliced {
		return &tg.UpdatesDifferenceSlice{NewMessages: messages, OtherUpdates: others, IntermediateState: state}, nil
	}
	return &tg.UpdatesDifference{NewMessages: messages, OtherUpdates: others, State: state}, nil
}

func (s *server) unreadable(facts []fact) bool {
	return slices.ContainsFunc(facts, func(f fact) bool { return s.strange[f.pts] })
}

func split(facts []fact) (messages []tg.MessageClass, others []tg.UpdateClass) {
	for _, f := range facts {
		if f.message != nil {
			messages = append(messages, f.message)
		} else {
			others = append(others, f.update)
		}
	}
	return messages, others
}

func (s *server) UpdatesGetChannelDifference(_ context.Context, r *tg.UpdatesGetChannelDifferenceRequest) (tg.UpdatesChannelDifferenceClass, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.called("channel"); err != nil {
		return nil, err
	}
	id := r.Channel.(*tg.InputChannel).ChannelID
	l := s.channels[id]
	if l == nil || s.private[id] {
		return nil, tgerr.New(400, "CHANNEL_PRIVATE")
	}
	facts := l.after(r.Pts)
	switch {
	case s.stubborn:
		return &tg.UpdatesChannelDifference{Pts: r.Pts}, nil
	case len(facts) == 0:
		return &tg.UpdatesChannelDifferenceEmpty{Final: true, Pts: l.pts, Timeout: 30}, nil
	case s.tooLong > 0 && len(facts) > s.tooLong:
		messages, _ := split(facts[len(facts)-s.tooLong:])
		d := &tg.Dialog{Peer: &tg.PeerChannel{ChannelID: id}}
		d.SetPts(l.pts)
		newest := make([]tg.MessageClass, 0, len(messages))
		for i := len(messages) - 1; i >= 0; i-- {
			newest = append(newest, messages[i])
		}
		return &tg.UpdatesChannelDifferenceTooLong{Final: true, Timeout: 30, Dialog: d, Messages: newest}, nil
	}
	limit := min(s.slice, r.Limit)
	final := len(facts) <= limit
	facts = facts[:min(len(facts), limit)]
	if s.unreadable(facts) {
		return nil, &bin.UnexpectedIDErr{ID: 1}
	}
	messages, others := split(facts)
	return &tg.UpdatesChannelDifference{Final: final, Pts: facts[len(facts)-1].pts, Timeout: 30, NewMessages: messages, OtherUpdates: others}, nil
}
