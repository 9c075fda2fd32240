package telegram

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/pace"
	"github.com/tgscript/tgscript/telegram/store"
)

// idle is an account that makes no calls, to see when it would.
func idle(t *testing.T, p Pace, bot bool) *Account {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	a := &Account{log: log, tune: tuning{now: time.Now, sleep: sleep}, peers: newPeerBook(store.Memory(), log, PeerLimits{})}
	a.opts.Pace = p
	a.setPace(bot)
	t.Cleanup(a.peers.close)
	return a
}

func to(id int64) *tg.MessagesSendMessageRequest {
	request := &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerUser{UserID: id}, Message: "hi", RandomID: 1}
	if id < 0 {
		request.Peer = &tg.InputPeerChat{ChatID: -id}
	}
	return request
}

// made is when a call would have been made.
type made struct {
	name string
	at   time.Duration
}

// play makes calls at once, in order, and tells when each was written.
func play(t *testing.T, a *Account, calls ...bin.Encoder) []made {
	t.Helper()
	began := time.Now()
	var list []made
	done := make(chan made, len(calls))
	for i, in := range calls {
		ctx, leave := a.InOrder(t.Context())
		go func() {
			defer leave()
			ctx, out, err := a.paced(ctx, in)
			defer out()
			if err == nil {
				err = awaitTurn(ctx)
			}
			if err != nil {
				t.Errorf("call %d: %v", i, err)
			}
			done <- made{string(rune('a' + i)), time.Since(began)}
			written(ctx)
		}()
	}
	for range calls {
		list = append(list, <-done)
	}
	return list
}

func TestPacing(t *testing.T) {
	group, other, person := int64(-5), int64(-6), int64(7)
	for sentence, row := range map[string]struct {
		pace  Pace
		bot   bool
		calls []bin.Encoder
		want  []made
	}{
		"bots may write a few messages at once in a group, then one in three seconds": {
			Pace{}, true,
			[]bin.Encoder{to(group), to(group), to(group), to(group), to(group), to(group), to(group)},
			[]made{{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}, {"e", 0}, {"f", 3 * time.Second}, {"g", 6 * time.Second}},
		},
		"who waits in one chat holds up nobody elsewhere, and order within a chat stays": {
			Pace{Rates: map[string]pace.Rate{"chat": {Events: 1, Per: time.Second, Burst: 1}}}, true,
			[]bin.Encoder{to(group), to(group), to(other), to(group), to(person)},
			[]made{{"a", 0}, {"c", 0}, {"e", 0}, {"b", time.Second}, {"d", 2 * time.Second}},
		},
		"people look up names slowly": {
			Pace{Rates: map[string]pace.Rate{"resolve": {Events: 10, Per: time.Minute, Burst: 2}}}, false,
			[]bin.Encoder{resolve("a"), resolve("b"), resolve("c"), &tg.HelpGetNearestDCRequest{}},
			[]made{{"a", 0}, {"b", 0}, {"d", 0}, {"c", 6 * time.Second}},
		},
		"strangers are written to slowly": {
			Pace{Rates: map[string]pace.Rate{"stranger": {Events: 1, Per: time.Minute, Burst: 1}}}, false,
			[]bin.Encoder{to(8), to(9), to(7), &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}}},
			[]made{{"a", 0}, {"c", 0}, {"d", 0}, {"b", time.Minute}},
		},
		"a class may be lifted": {
			Pace{Rates: map[string]pace.Rate{"group": {}, "chat": {}}}, true,
			[]bin.Encoder{to(group), to(group), to(group), to(group), to(group), to(group), to(group)},
			[]made{{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}, {"e", 0}, {"f", 0}, {"g", 0}},
		},
		"all may be lifted": {
			Pace{Mode: PaceOff}, false,
			[]bin.Encoder{resolve("a"), resolve("b"), to(8), to(9), to(10), to(11), to(12)},
			[]made{{"a", 0}, {"b", 0}, {"c", 0}, {"d", 0}, {"e", 0}, {"f", 0}, {"g", 0}},
		},
	} {
		t.Run(sentence, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := idle(t, row.pace, row.bot)
				a.peers.learn([]tg.UserClass{&tg.User{ID: person, AccessHash: 1, Contact: true, FirstName: "Known"}}, nil)
				got := play(t, a, row.calls...)
				slices.SortStableFunc(got, func(x, y made) int { return int(x.at - y.at) })
				if !slices.Equal(got, row.want) {
					t.Errorf("got  %v\nwant %v", got, row.want)
				}
				synctest.Wait()
			})
		})
	}
}

func resolve(name string) bin.Encoder { return &tg.ContactsResolveUsernameRequest{Username: name} }

func TestPacingThatIsCalledOffGivesItsPlaceBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := idle(t, Pace{Rates: map[string]pace.Rate{"create": {Events: 1, Per: time.Minute, Burst: 1}}}, false)
		create := &tg.MessagesCreateChatRequest{}
		play(t, a, create)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		_, leave, err := a.paced(ctx, create)
		leave()
		if !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		short := WithCall(t.Context(), CallOptions{FloodLimit: time.Second})
		_, _, err = a.paced(short, create)
		var flood *FloodWaitError
		if !errors.As(err, &flood) || flood.Kind != "PACE_WAIT" || flood.LuaFields()["kind"] != "PACE_WAIT" {
			t.Errorf("got %v", err)
		}
		if got := play(t, a, create); got[0].at != 59*time.Second {
			t.Errorf("the next one waits %v", got[0].at)
		}
	})
}

func TestFloodsAreRemembered(t *testing.T) {
	flood := func(kind string) *tgerr.Error { return tgerr.New(420, kind+"_30") }
	edit := &tg.MessagesEditMessageRequest{Peer: &tg.InputPeerChat{ChatID: 5}}
	media := &tg.MessagesSendMediaRequest{Peer: &tg.InputPeerChat{ChatID: 5}}
	for sentence, row := range map[string]struct {
		bot     bool
		refused bin.Encoder
		kind    string
		holds   []bin.Encoder
		frees   []bin.Encoder
	}{
		"for a method":                                   {false, resolve("a"), "FLOOD_WAIT", []bin.Encoder{resolve("b")}, []bin.Encoder{to(-5)}},
		"for all messages of a user":                     {false, to(-5), "FLOOD_WAIT", []bin.Encoder{to(-5), to(-6)}, []bin.Encoder{edit}},
		"for messages of a bot in one chat":              {true, to(-5), "FLOOD_WAIT", []bin.Encoder{to(-5)}, []bin.Encoder{to(-6), edit}},
		"for all ways to write in a chat with slow mode": {false, to(-5), "SLOWMODE_WAIT", []bin.Encoder{to(-5), media}, []bin.Encoder{to(-6), edit}},
	} {
		t.Run(sentence, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := idle(t, Pace{Mode: PaceOff}, row.bot)
				a.self = &User{&tg.User{ID: 1, Bot: row.bot}}
				now := time.Now()
				a.floods.order(a.keyOf(row.refused, flood(row.kind)), row.kind, now.Add(30*time.Second), now)
				for i, in := range row.holds {
					if _, left := a.floods.find(in, time.Now().Add(time.Second)); left != 29*time.Second {
						t.Errorf("call %d is free (%v)", i, left)
					}
				}
				for i, in := range row.frees {
					if gate, left := a.floods.find(in, time.Now()); gate != nil {
						t.Errorf("call %d is held for %v", i, left)
					}
				}
				if _, states := a.Pacing(); len(states) != 1 || states[0].Kind != row.kind || states[0].Left != 30*time.Second {
					t.Errorf("told %v", states)
				}
				if gate, _ := a.floods.find(row.holds[0], now.Add(31*time.Second)); gate != nil {
					t.Error("the pause never ends")
				}
				a.floods.order(floodKey{method: "x"}, "FLOOD_WAIT", now.Add(time.Hour), now.Add(31*time.Second))
				if _, states := a.Pacing(); len(states) != 1 || states[0].Method != "x" {
					t.Errorf("what is over is still there: %v", states)
				}
			})
		})
	}
}

func TestPacingTellsWhoWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := idle(t, Pace{}, false)
		classes, _ := a.Pacing()
		if len(classes) != len(PaceClasses())-1 { // group is for bots
			t.Errorf("%d classes", len(classes))
		}
		ctx, cancel := context.WithCancel(t.Context())
		for range 7 {
			go func() { _, leave, _ := a.paced(ctx, &tg.ChannelsJoinChannelRequest{}); leave() }()
		}
		synctest.Wait()
		for _, c := range first(a.Pacing()) {
			if want := map[string]int{"join": 2}[c.Class]; c.Waiting != want {
				t.Errorf("%d wait for %s", c.Waiting, c.Class)
			}
		}
		cancel()
		synctest.Wait()
	})
}

func first[A, B any](a A, _ B) A { return a }

// BenchmarkPaced is what pacing costs a call that need not wait.
func BenchmarkPaced(b *testing.B) {
	log := slog.New(slog.DiscardHandler)
	for name, p := range map[string]Pace{"off": {Mode: PaceOff}, "on": {Rates: map[string]pace.Rate{
		"send": {Events: 1e9, Per: time.Second}, "chat": {Events: 1e9, Per: time.Second}, "group": {Events: 1e9, Per: time.Second},
	}}} {
		b.Run(name, func(b *testing.B) {
			a := &Account{log: log, tune: tuning{now: time.Now, sleep: sleep}}
			a.opts.Pace = p
			a.setPace(true)
			in := to(-5)
			b.ReportAllocs()
			for b.Loop() {
				_, leave, err := a.paced(b.Context(), in)
				if err != nil {
					b.Fatal(err)
				}
				leave()
				a.floods.find(in, time.Time{})
			}
		})
	}
}
