package sandbox

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gotd/td/tg"
)

// mirror is a client's copy of an account's messages, kept by the rules of
// https://core.telegram.org/api/updates and nothing else.
type mirror struct {
	client   *client
	pts      int
	date     int
	messages map[int]string
	channel  *tg.InputChannel
	chanPts  int
	posts    map[int]string
}

func newMirror(t *testing.T, c *client) *mirror {
	state := c.state(t)
	where := c.to(t, "sandbox_workshop").(*tg.InputPeerChannel)
	m := &mirror{
		client: c, pts: state.Pts, date: state.Date, messages: map[int]string{}, posts: map[int]string{},
		channel: &tg.InputChannel{ChannelID: where.ChannelID, AccessHash: where.AccessHash},
	}
	full, err := c.api.ChannelsGetFullChannel(t.Context(), m.channel)
	if err != nil {
		t.Fatal(err)
	}
	m.chanPts = full.FullChat.(*tg.ChannelFull).Pts
	return m
}

func put(into map[int]string, m tg.MessageClass) {
	if m, ok := m.(*tg.Message); ok {
		into[m.ID] = m.Message
	}
}

// hear applies one pushed update if it's next in its row. It reports a gap.
func (m *mirror) hear(u tg.UpdateClass) (gap, channelGap bool) {
	switch u := u.(type) {
	case *tg.UpdateNewMessage:
		return m.step(u.Pts, u.PtsCount, func() { put(m.messages, u.Message) }), false
	case *tg.UpdateEditMessage:
		return m.step(u.Pts, u.PtsCount, func() { put(m.messages, u.Message) }), false
	case *tg.UpdateDeleteMessages:
		return m.step(u.Pts, u.PtsCount, func() { drop(m.messages, u.Messages) }), false
	case *tg.UpdateReadHistoryInbox:
		return m.step(u.Pts, u.PtsCount, func() {}), false
	case *tg.UpdateReadHistoryOutbox:
		return m.step(u.Pts, u.PtsCount, func() {}), false
	case *tg.UpdateNewChannelMessage:
		return false, m.stepChannel(u.Pts, u.PtsCount, func() { put(m.posts, u.Message) })
	case *tg.UpdateEditChannelMessage:
		return false, m.stepChannel(u.Pts, u.PtsCount, func() { put(m.posts, u.Message) })
	case *tg.UpdateDeleteChannelMessages:
		return false, m.stepChannel(u.Pts, u.PtsCount, func() { drop(m.posts, u.Messages) })
	}
	return false, false
}

func drop(from map[int]string, list []int) {
	for _, id := range list {
		delete(from, id)
	}
}

func step(at *int, pts, count int, apply func()) (gap bool) {
	switch {
	case *at+count == pts:
		*at = pts
		apply()
		return false
	default:
		return *at < pts
	}
}

func (m *mirror) step(pts, count int, apply func()) bool { return step(&m.pts, pts, count, apply) }
func (m *mirror) stepChannel(pts, count int, apply func()) bool {
	return step(&m.chanPts, pts, count, apply)
}

// catchUp asks for what was missed.
func (m *mirror) catchUp(t *testing.T) {
	t.Helper()
	for more := true; more; {
		more = false
		var news []tg.MessageClass
		var others []tg.UpdateClass
		state := tg.UpdatesState{Pts: m.pts, Date: m.date}
		switch d := m.client.difference(t, state).(type) {
		case *tg.UpdatesDifference:
			news, others, state = d.NewMessages, d.OtherUpdates, d.State
		case *tg.UpdatesDifferenceSlice:
			news, others, state, more = d.NewMessages, d.OtherUpdates, d.IntermediateState, true
		case *tg.UpdatesDifferenceTooLong:
			t.Fatal("too long")
		}
		for _, n := range news {
			put(m.messages, n)
		}
		for _, u := range others {
			switch u := u.(type) {
			case *tg.UpdateEditMessage:
				put(m.messages, u.Message)
			case *tg.UpdateDeleteMessages:
				drop(m.messages, u.Messages)
			}
		}
		m.pts, m.date = state.Pts, state.Date
	}
	for more := true; more; {
		d, err := m.client.api.UpdatesGetChannelDifference(t.Context(), &tg.UpdatesGetChannelDifferenceRequest{
			Channel: m.channel, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: m.chanPts, Limit: 10,
		})
		if err != nil {
			t.Fatal(err)
		}
		more = false
		if d, ok := d.(*tg.UpdatesChannelDifference); ok {
			for _, n := range d.NewMessages {
				put(m.posts, n)
			}
			for _, u := range d.OtherUpdates {
				switch u := u.(type) {
				case *tg.UpdateEditChannelMessage:
					put(m.posts, u.Message)
				case *tg.UpdateDeleteChannelMessages:
					drop(m.posts, u.Messages)
				}
			}
			m.chanPts, more = d.Pts, !d.Final
		}
	}
}

// TestNothingIsLost lets people do things at random while pushes get lost and connections drop,
// and then compares what a client has pieced together with what the server has.
func TestNothingIsLost(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			s := serve(t, Options{Limits: Limits{Slice: 7}})
			alice := login(t, s, "alice")
			m := newMirror(t, alice)
			rng := rand.New(rand.NewPCG(seed, 1))
			for range 300 {
				act(t, s, rng)
				if rng.IntN(40) == 0 {
					if err := s.Swallow("alice", 1+rng.IntN(5)); err != nil {
						t.Fatal(err)
					}
				}
				for done := false; !done; {
					select {
					case u := <-alice.updates:
						if gap, channelGap := m.hear(u); gap || channelGap {
							m.catchUp(t)
						}
					default:
						done = true
					}
				}
			}
			m.catchUp(t)
			compare(t, "private chats and groups", m.messages, s.all(t, "alice", "bob", "carol", "Friends", "me"))
			compare(t, "the supergroup", m.posts, s.all(t, "alice", "Workshop"))
		})
	}
}

// act does one thing at random.
func act(t *testing.T, s *Server, rng *rand.Rand) {
	t.Helper()
	who := []string{"alice", "bob", "carol"}[rng.IntN(3)]
	chat := []string{"alice", "Friends", "Workshop", "bob"}[rng.IntN(4)]
	p := s.Person(who)
	list, err := p.Messages(chat)
	if err != nil {
		t.Fatal(err)
	}
	list = slices.DeleteFunc(list, func(m Message) bool { return !m.Out })
	switch n := rng.IntN(10); {
	case n < 6 || len(list) == 0:
		say(t, s, who, chat, fmt.Sprint("text ", rng.IntN(1000)))
	case n < 8:
		if _, err := p.Edit(t.Context(), chat, list[rng.IntN(len(list))].ID, fmt.Sprint("edit ", rng.IntN(1e6))); err != nil {
			t.Fatal(err)
		}
	case n < 9:
		if err := p.Delete(t.Context(), chat, list[rng.IntN(len(list))].ID); err != nil {
			t.Fatal(err)
		}
	default:
		if err := p.Read(chat); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *Server) all(t *testing.T, who string, chats ...string) map[int]string {
	t.Helper()
	out := map[int]string{}
	for _, chat := range chats {
		list, err := s.Person(who).Messages(chat)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range list {
			out[m.ID] = m.Text
		}
	}
	return out
}

func compare(t *testing.T, what string, got, want map[int]string) {
	t.Helper()
	for id, text := range want {
		if got[id] != text {
			t.Errorf("%s: message %d is %q, want %q", what, id, got[id], text)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%s: %d messages, want %d", what, len(got), len(want))
	}
}
