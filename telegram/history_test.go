package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// numbered says n words in a chat, "1" to n, and returns their ids.
func numbered(ctx context.Context, a *telegram.Account, chat telegram.Target, n int) (ids []int, err error) {
	for i := range n {
		m, err := a.Send(ctx, chat, text.Of(fmt.Sprint(i+1)), telegram.SendOptions{})
		if err != nil {
			return nil, err
		}
		ids = append(ids, m.ID)
	}
	return ids, nil
}

func TestHistory(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		ids, err := numbered(ctx, a, telegram.Name("@bobby"), 9)
		if err != nil {
			t.Error(err)
			return
		}
		id := func(n int) int { return ids[n-1] }
		for _, row := range []struct {
			sentence string
			opts     telegram.HistoryOptions
			want     string
		}{
			{"all", telegram.HistoryOptions{}, "9 8 7 6 5 4 3 2 1"},
			{"some", telegram.HistoryOptions{Limit: 3}, "9 8 7"},
			{"before one", telegram.HistoryOptions{OffsetID: id(4)}, "3 2 1"},
			{"before a bound", telegram.HistoryOptions{MaxID: id(4)}, "3 2 1"},
			{"before the nearer of two", telegram.HistoryOptions{MaxID: id(4), OffsetID: id(8)}, "3 2 1"},
			{"after a bound", telegram.HistoryOptions{MinID: id(7)}, "9 8"},
			{"between", telegram.HistoryOptions{MinID: id(3), MaxID: id(7)}, "6 5 4"},
			{"leaving out some", telegram.HistoryOptions{AddOffset: 2, Limit: 2}, "7 6"},
			{"leaving out some of all", telegram.HistoryOptions{AddOffset: 7}, "2 1"},
			{"the oldest first", telegram.HistoryOptions{Reverse: true}, "1 2 3 4 5 6 7 8 9"},
			{"the oldest ones", telegram.HistoryOptions{Reverse: true, Limit: 2}, "1 2"},
			{"after one", telegram.HistoryOptions{Reverse: true, OffsetID: id(7)}, "8 9"},
			{"after a bound, the oldest first", telegram.HistoryOptions{Reverse: true, MinID: id(7)}, "8 9"},
			{"up to a bound, the oldest first", telegram.HistoryOptions{Reverse: true, MaxID: id(3)}, "1 2"},
			{"between, the oldest first", telegram.HistoryOptions{Reverse: true, MinID: id(3), MaxID: id(6), Limit: 5}, "4 5"},
			{"leaving out some, the oldest first", telegram.HistoryOptions{Reverse: true, AddOffset: 3, Limit: 2}, "4 5"},
			{"words", telegram.HistoryOptions{Search: "4"}, "4"},
			{"words that nobody said", telegram.HistoryOptions{Search: "nothing"}, ""},
			{"of one", telegram.HistoryOptions{From: telegram.Name("@bobby")}, ""},
			{"of me", telegram.HistoryOptions{From: telegram.Name("me"), Limit: 2}, "9 8"},
			{"of a kind", telegram.HistoryOptions{Filter: &tg.InputMessagesFilterPhotos{}}, ""},
		} {
			got, _, err := a.Messages(telegram.Name("@bobby"), row.opts).Collect(ctx)
			if err != nil || said(got) != row.want {
				t.Errorf("%s: got %q, want %q, %v", row.sentence, said(got), row.want, err)
			}
		}
		_, total, err := a.Messages(telegram.Name("@bobby"), telegram.HistoryOptions{Limit: 1}).Collect(ctx)
		if err != nil || total != 9 {
			t.Errorf("there are %d, %v", total, err)
		}
		found, err := a.MessagesByID(ctx, telegram.Name("@bobby"), []int{id(2), 4711, id(1)}, false)
		if err != nil || said(found) != "2 - 1" {
			t.Errorf("by their ids: %q, %v", said(found), err)
		}
		found, err = a.MessagesByID(ctx, telegram.Name("Friends"), []int{id(2)}, false)
		if err != nil || said(found) != "-" {
			t.Errorf("by the id of another chat: %q, %v", said(found), err)
		}
	})
}

// TestHistoryPages goes over the edge of a page, in both directions and at both ends of it.
func TestHistoryPages(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		const many = 230
		chat := telegram.Name("@bobby")
		if _, err := numbered(ctx, a, chat, many); err != nil {
			t.Error(err)
			return
		}
		for _, reverse := range []bool{false, true} {
			for _, search := range []string{"", "1"} {
				for _, limit := range []int{0, 99, 100, 101, 200} {
					var want []string
					for i := range many {
						if n := fmt.Sprint(i + 1); search == "" || slices.Contains([]rune(n), '1') {
							want = append(want, n)
						}
					}
					if !reverse {
						slices.Reverse(want)
					}
					if limit > 0 && limit < len(want) {
						want = want[:limit]
					}
					got, _, err := a.Messages(chat, telegram.HistoryOptions{Reverse: reverse, Search: search, Limit: limit}).Collect(ctx)
					words := make([]string, len(got))
					for i, m := range got {
						words[i] = m.Message.Message
					}
					if err != nil || !slices.Equal(words, want) {
						t.Errorf("reverse %v, search %q, limit %d: got %d, want %d, %v", reverse, search, limit, len(words), len(want), err)
					}
				}
			}
		}
	})
}

func TestHistoryByTime(t *testing.T) {
	later(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account) {
		chat := telegram.Name("@bobby")
		var middle time.Time
		for i, words := range []string{"1", "2", "3", "4"} {
			m, err := a.Send(ctx, chat, text.Of(words), telegram.SendOptions{})
			if err != nil {
				t.Error(err)
				return
			}
			if i == 2 {
				middle = m.Time()
			}
			if err := s.Advance(time.Minute); err != nil {
				t.Error(err)
			}
		}
		for _, row := range []struct {
			opts telegram.HistoryOptions
			want string
		}{
			{telegram.HistoryOptions{OffsetDate: middle}, "2 1"},
			{telegram.HistoryOptions{OffsetDate: middle, Reverse: true}, "3 4"},
		} {
			got, _, err := a.Messages(chat, row.opts).Collect(ctx)
			if err != nil || said(got) != row.want {
				t.Errorf("reverse %v: got %q, want %q, %v", row.opts.Reverse, said(got), row.want, err)
			}
		}
	})
}

// later runs f as Alice, in a world whose clock it can move.
func later(t *testing.T, f func(ctx context.Context, s *sandbox.Server, a *telegram.Account)) {
	t.Helper()
	s, err := sandbox.New(sandbox.Options{Clock: sandbox.NewVirtualClock(time.Unix(1_700_000_000, 0), true)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close sandbox: %v", err)
		}
	})
	a := open(t, ready(t, s, options(s)))
	if err := signedIn(t, a, alice(), func(ctx context.Context) error {
		f(ctx, s, a)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

func TestHistoryEverywhere(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []string{"@bobby", "Friends", "News", "Workshop"} {
			if _, err := a.Send(ctx, telegram.Name(chat), text.Of("lunch"), telegram.SendOptions{}); err != nil {
				t.Error(err)
			}
		}
		for where, want := range map[telegram.Where]int{telegram.Everywhere: 4, telegram.InChannels: 1, telegram.InGroups: 2, telegram.InPrivate: 1} {
			got, _, err := a.Messages(nil, telegram.HistoryOptions{Search: "lunch", Where: where}).Collect(ctx)
			if err != nil || len(got) != want {
				t.Errorf("place %d: found %d, %v", where, len(got), err)
			}
		}
		if _, _, err := a.Messages(nil, telegram.HistoryOptions{Reverse: true}).Collect(ctx); !errors.Is(err, telegram.ErrGlobalReverse) {
			t.Errorf("in reverse: %v", err)
		}
		if _, _, err := a.Messages(nil, telegram.HistoryOptions{From: telegram.Name("me")}).Collect(ctx); !errors.Is(err, telegram.ErrGlobalOptions) {
			t.Errorf("by author: %v", err)
		}
	})
}

// TestHistoryPace counts the pauses: none at first, then as long as was asked for.
func TestHistoryPace(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		if _, err := numbered(ctx, a, telegram.Name("@bobby"), 210); err != nil {
			t.Error(err)
			return
		}
		for wait, want := range map[time.Duration]int{0: 0, -1: 0, 2 * time.Second: 2} {
			pauses := 0
			a.TuneSleep(func(_ context.Context, d time.Duration) error {
				if d != wait {
					t.Errorf("pauses for %v", d)
				}
				pauses++
				return nil
			})
			all, _, err := a.Messages(telegram.Name("@bobby"), telegram.HistoryOptions{Wait: wait}).Collect(ctx)
			if err != nil || len(all) != 210 || pauses != want {
				t.Errorf("wait %v: %d messages with %d pauses, %v", wait, len(all), pauses, err)
			}
		}
	})
}

func TestScheduled(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		chat := telegram.Name("@bobby")
		later := s.Now().Add(time.Hour)
		var ids []int
		for _, words := range []string{"one", "two", "three"} {
			m, err := a.Send(ctx, chat, text.Of(words), telegram.SendOptions{At: later})
			if err != nil || !m.Scheduled {
				t.Errorf("scheduled %+v, %v", m, err)
				return
			}
			ids = append(ids, m.ID)
		}
		waiting := func(want string) {
			t.Helper()
			got, _, err := a.Messages(chat, telegram.HistoryOptions{Scheduled: true, Reverse: true}).Collect(ctx)
			if err != nil || said(got) != want {
				t.Errorf("%q wait, want %q, %v", said(got), want, err)
			}
			for _, m := range got {
				if !m.Scheduled {
					t.Errorf("%+v isn't for later", m)
				}
			}
		}
		waiting("one two three")
		changed, err := a.Edit(ctx, chat, ids[0], text.Of("uno"), telegram.EditOptions{Scheduled: true})
		if err != nil || !changed.Scheduled || changed.Message.Message != "uno" || changed.Date != int(later.Unix()) {
			t.Errorf("changed to %+v, %v", changed, err)
		}
		waiting("uno two three")
		if _, err := a.Edit(ctx, chat, 4711, text.Of("x"), telegram.EditOptions{Scheduled: true}); !errors.Is(err, telegram.ErrNotScheduled) {
			t.Errorf("changing what isn't there gives %v", err)
		}
		if n, err := a.Delete(ctx, chat, ids[1:2], telegram.DeleteOptions{Scheduled: true}); n != 1 || err != nil {
			t.Errorf("deleted %d, %v", n, err)
		}
		waiting("uno three")
		sent, err := a.SendScheduled(ctx, chat, ids[:1])
		if err != nil || said(sent) != "uno" || sent[0].Scheduled || sent[0].Chat.Input == nil {
			t.Errorf("sent %q, %v", said(sent), err)
		}
		waiting("three")
		got, err := s.Person("bob").Messages("alice")
		if err != nil || len(got) != 1 || got[0].Text != "uno" {
			t.Errorf("Bob has %+v, %v", got, err)
		}
		one, err := a.MessagesByID(ctx, chat, ids[2:], true)
		if err != nil || said(one) != "three" {
			t.Errorf("by its id: %q, %v", said(one), err)
		}
	})
}
