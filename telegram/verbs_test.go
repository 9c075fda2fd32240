package telegram_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/text"
)

func TestForwarding(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		ids, err := numbered(ctx, a, telegram.Name("@bobby"), 120)
		if err != nil {
			t.Error(err)
			return
		}
		var sent []*telegram.Message
		seen := requests(t, s, "messages.forwardMessages", func() {
			sent, err = a.Forward(ctx, telegram.Name("Friends"), telegram.Name("@bobby"), ids, telegram.ForwardOptions{})
		})
		if err != nil || len(sent) != 120 || len(seen) != 2 {
			t.Errorf("forwarded %d with %d calls, %v", len(sent), len(seen), err)
			return
		}
		for i, m := range sent {
			if m.Message.Message != fmt.Sprint(i+1) || m.Chat.Chat == nil || telegram.MarkedID(m.FwdFrom.FromID) != a.Self().ID {
				t.Errorf("message %d is %+v", i, m.Message)
			}
		}
		for _, row := range []struct {
			opts       telegram.ForwardOptions
			path, want string
		}{
			{telegram.ForwardOptions{DropAuthor: true}, "drop_author", "true"},
			{telegram.ForwardOptions{DropCaptions: true}, "drop_media_captions", "true"},
			{telegram.ForwardOptions{DropCaptions: true}, "drop_author", "true"},
			{telegram.ForwardOptions{WithScore: true}, "with_my_score", "true"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{Silent: true}}, "silent", "true"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{Background: true}}, "background", "true"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{Protected: true}}, "noforwards", "true"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{Topic: 5}}, "top_msg_id", "5"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{At: time.Unix(1<<30, 0)}}, "schedule_date", "1073741824"},
			{telegram.ForwardOptions{SendOptions: telegram.SendOptions{SendAs: telegram.Name("News")}}, "send_as channel_id", "3003"},
		} {
			seen := requests(t, s, "messages.forwardMessages", func() {
				_, _ = a.Forward(ctx, telegram.Name("me"), telegram.Name("@bobby"), ids[:1], row.opts)
			})
			if len(seen) != 1 || field(seen[0], strings.Fields(row.path)...) != row.want {
				t.Errorf("%s: %v", row.path, seen)
			}
		}
		plain, err := a.Forward(ctx, telegram.Name("me"), telegram.Name("@bobby"), ids[:1], telegram.ForwardOptions{DropAuthor: true})
		if err != nil || !plain[0].FwdFrom.Zero() {
			t.Errorf("without its author: %+v, %v", plain, err)
		}
	})
}

// TestCopying sends every kind of thing again, and compares.
func TestCopying(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		point := &tg.InputGeoPoint{Lat: 52.5, Long: 4.5}
		for kind, media := range map[string]tg.InputMediaClass{
			"contact": &tg.InputMediaContact{PhoneNumber: "+15550100", FirstName: "Ada"},
			"place":   &tg.InputMediaGeoPoint{GeoPoint: point},
			"live":    &tg.InputMediaGeoLive{GeoPoint: point, Period: 600},
			"venue":   &tg.InputMediaVenue{GeoPoint: point, Title: "Rijksmuseum", Address: "Museumstraat 1"},
			"die":     &tg.InputMediaDice{Emoticon: "🎲"},
			"poll":    telegram.Poll{Question: text.Of("Where?"), Answers: []text.Text{text.Of("here"), text.Of("there")}, Multiple: true}.Media(),
		} {
			m, err := a.SendMedia(ctx, telegram.Name("@bobby"), media, text.Text{}, telegram.SendOptions{})
			if err != nil {
				t.Errorf("%s: %v", kind, err)
				continue
			}
			copied, err := a.Copy(ctx, telegram.Name("me"), m, telegram.CopyOptions{})
			if err != nil || copied.Chat.ID != a.Self().ID {
				t.Errorf("copy %s: %v", kind, err)
				continue
			}
			again, err := telegram.MediaAgain(copied.Media)
			first, _ := telegram.MediaAgain(m.Media)
			if err != nil || fmt.Sprint(again) != fmt.Sprint(first) {
				t.Errorf("copy of %s is %v, was %v, %v", kind, again, first, err)
			}
		}
		m, err := a.Send(ctx, telegram.Name("@bobby"), text.Text{Plain: "bold", Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 4}}}, telegram.SendOptions{})
		if err != nil {
			t.Error(err)
			return
		}
		copied, err := a.Copy(ctx, telegram.Name("me"), m, telegram.CopyOptions{})
		if err != nil || copied.Message.Message != "bold" || len(copied.Entities) != 1 || !copied.FwdFrom.Zero() {
			t.Errorf("copied %+v, %v", copied, err)
		}
		other := text.Of("other")
		if copied, err = a.Copy(ctx, telegram.Name("me"), m, telegram.CopyOptions{Text: &other}); err != nil || copied.Message.Message != "other" {
			t.Errorf("copied %+v, %v", copied, err)
		}
		told, err := a.Pin(ctx, telegram.Name("Friends"), mustSend(ctx, t, a, "Friends", "x").ID, telegram.PinOptions{})
		if err != nil || told == nil {
			t.Errorf("pinned with %+v, %v", told, err)
			return
		}
		if _, err = a.Copy(ctx, telegram.Name("me"), told, telegram.CopyOptions{}); !errors.Is(err, telegram.ErrNotCopied) {
			t.Errorf("a copy of a service message gives %v", err)
		}
	})
}

func mustSend(ctx context.Context, t *testing.T, a *telegram.Account, chat, words string) *telegram.Message {
	t.Helper()
	m, err := a.Send(ctx, telegram.Name(chat), text.Of(words), telegram.SendOptions{})
	if err != nil {
		t.Errorf("send to %s: %v", chat, err)
		return &telegram.Message{Message: &tg.Message{}}
	}
	return m
}

func TestPinning(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []string{"@bobby", "Friends", "Workshop", "News"} {
			var ids []int
			for i := range 3 {
				m := mustSend(ctx, t, a, chat, fmt.Sprint(i))
				told, err := a.Pin(ctx, m, m.ID, telegram.PinOptions{Notify: i == 0})
				if err != nil {
					t.Errorf("pin in %s: %v", chat, err)
				}
				if action := told; action != nil {
					if _, ok := action.Action().(*tg.MessageActionPinMessage); !ok || action.Raw() != tg.MessageClass(action.Service) || action.Chat.ID != m.Chat.ID {
						t.Errorf("told %+v", action)
					}
				}
				ids = append(ids, m.ID)
			}
			pinned := func(want string) {
				t.Helper()
				got, _, err := a.Messages(telegram.Name(chat), telegram.HistoryOptions{Filter: &tg.InputMessagesFilterPinned{}}).Collect(ctx)
				if err != nil || said(got) != want {
					t.Errorf("in %s %q are pinned, want %q, %v", chat, said(got), want, err)
				}
			}
			pinned("2 1 0")
			if err := a.Unpin(ctx, telegram.Name(chat), ids[1], telegram.PinOptions{}); err != nil {
				t.Errorf("unpin in %s: %v", chat, err)
			}
			pinned("2 0")
			if n, err := a.UnpinAll(ctx, telegram.Name(chat), 0); n != 2 || err != nil {
				t.Errorf("unpin all in %s: %d, %v", chat, n, err)
			}
			pinned("")
		}
	})
}

func TestReading(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, l *listener) {
		for _, chat := range []string{"alice", "Friends", "Workshop"} {
			first := say(t, s, "bob", chat, "@alice one")
			say(t, s, "bob", chat, "two")
			mine := "@bobby"
			if chat != "alice" {
				mine = chat
			}
			unread := func(want int) {
				t.Helper()
				peer, err := a.Resolve(ctx, telegram.Name(mine))
				if err != nil {
					t.Error(err)
					return
				}
				got, err := a.API().MessagesGetPeerDialogs(ctx, []tg.InputDialogPeerClass{&tg.InputDialogPeer{Peer: peer.Input}})
				if err != nil || got.Dialogs[0].(*tg.Dialog).UnreadCount != want {
					t.Errorf("unread in %s: %v, want %d, %v", chat, got, want, err)
				}
			}
			unread(2)
			history, _, err := a.Messages(telegram.Name(mine), telegram.HistoryOptions{Limit: 2}).Collect(ctx)
			if err != nil || len(history) != 2 {
				t.Error(err)
				return
			}
			if err := a.MarkRead(ctx, telegram.Name(mine), telegram.ReadOptions{UpTo: history[1].ID}); err != nil {
				t.Error(err)
			}
			unread(1)
			if err := a.MarkRead(ctx, telegram.Name(mine), telegram.ReadOptions{}); err != nil {
				t.Error(err)
			}
			unread(0)
			_ = first
		}
		mentions := func(want int) {
			t.Helper()
			got, _, err := a.Messages(telegram.Name("Friends"), telegram.HistoryOptions{UnreadMentions: true}).Collect(ctx)
			if err != nil || len(got) != want {
				t.Errorf("%d mentions are unread, want %d, %v", len(got), want, err)
			}
		}
		mentions(1)
		if err := a.MarkRead(ctx, telegram.Name("Friends"), telegram.ReadOptions{Mentions: true, Reactions: true, Only: true}); err != nil {
			t.Error(err)
		}
		mentions(0)
	})
}

func TestReaders(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		m := mustSend(ctx, t, a, "Friends", "x")
		private := mustSend(ctx, t, a, "@bobby", "x")
		_, err := a.ReadDate(ctx, private, private.ID)
		if e := wantAs[*telegram.RPCError](t, err); e.Kind != "MESSAGE_NOT_READ_YET" {
			t.Errorf("got %v", e)
		}
		for _, chat := range []string{"Friends", "alice"} {
			if err := s.Person("bob").Read(chat); err != nil {
				t.Error(err)
			}
		}
		readers, err := a.ReadParticipants(ctx, m, m.ID)
		if err != nil || len(readers) != 1 || readers[0].Peer.ID != 1002 || readers[0].Peer.User == nil || readers[0].At.IsZero() {
			t.Errorf("read by %+v, %v", readers, err)
		}
		if at, err := a.ReadDate(ctx, private, private.ID); err != nil || at.Before(private.Time()) {
			t.Errorf("read at %v, %v", at, err)
		}
		post := mustSend(ctx, t, a, "News", "x")
		views, err := a.MessageViews(ctx, post, []int{post.ID}, true)
		if err != nil || len(views) != 1 || views[0].Views == 0 {
			t.Errorf("views %+v, %v", views, err)
		}
	})
}

func TestReacting(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		m := mustSend(ctx, t, a, "Friends", "x")
		seen := requests(t, s, "messages.sendReaction", func() {
			if err := a.React(ctx, m, m.ID, []telegram.Reaction{"👍"}, telegram.ReactOptions{Big: true, Recent: true}); err != nil {
				t.Error(err)
			}
		})
		if len(seen) != 1 || field(seen[0], "big") != "true" || field(seen[0], "add_to_recent") != "true" {
			t.Errorf("asked for %v", seen)
		}
		if err := s.Person("bob").React(ctx, "Friends", 1, "❤"); err != nil {
			t.Log(err) // the id is another one for him: looked up below
		}
		got, total, err := a.Reactions(m, m.ID, "", 0).Collect(ctx)
		if err != nil || total != len(got) || !slices.ContainsFunc(got, func(r telegram.ReactionBy) bool { return r.Peer.ID == a.Self().ID && r.Reaction == "👍" && r.Big }) {
			t.Errorf("reactions %+v, %v", got, err)
		}
		if only, _, err := a.Reactions(m, m.ID, "🔥", 0).Collect(ctx); err != nil || len(only) != 0 {
			t.Errorf("others %+v, %v", only, err)
		}
		latest, err := a.LatestReactions(ctx, m, []int{m.ID})
		if err != nil || len(latest) != 1 || len(latest[0].Results) == 0 {
			t.Errorf("latest %+v, %v", latest, err)
		}
		if err := a.React(ctx, m, m.ID, nil, telegram.ReactOptions{}); err != nil {
			t.Error(err)
		}
		if latest, err = a.LatestReactions(ctx, m, []int{m.ID}); err != nil || slices.ContainsFunc(latest[0].Results, func(r tg.ReactionCount) bool { _, mine := r.GetChosenOrder(); return mine }) {
			t.Errorf("after all was taken back: %+v, %v", latest, err)
		}
		for _, r := range []telegram.Reaction{"👍", "5104841245755180586", telegram.PaidReaction} {
			seen := requests(t, s, "messages.sendReaction", func() { _ = a.React(ctx, m, m.ID, []telegram.Reaction{r}, telegram.ReactOptions{}) })
			want := map[telegram.Reaction]string{"👍": "reactionEmoji", telegram.PaidReaction: "reactionPaid"}[r]
			if want == "" {
				want = "reactionCustomEmoji"
			}
			if len(seen) != 1 || !strings.Contains(field(seen[0], "reaction"), want) {
				t.Errorf("%s is sent as %v", r, seen)
			}
		}
	})
}

func TestPolls(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		p := telegram.Poll{Question: text.Of("Where?"), Answers: []text.Text{text.Of("here"), text.Of("there")}, Public: true}
		m, err := a.SendPoll(ctx, telegram.Name("Workshop"), p, telegram.SendOptions{Silent: true})
		if err != nil || !m.Silent {
			t.Errorf("sent %+v, %v", m, err)
			return
		}
		result, err := a.Vote(ctx, m, m.ID, []int{1})
		if err != nil || result.Results.TotalVoters != 1 || !result.Results.Results[1].Chosen {
			t.Errorf("voted %+v, %v", result, err)
		}
		if err := s.Person("bob").Vote(ctx, "Workshop", m.ID, 0); err != nil {
			t.Error(err)
		}
		votes, total, err := a.Votes(telegram.Name("Workshop"), m.ID, -1, 0).Collect(ctx)
		if err != nil || total != 2 || len(votes) != 2 || votes[0].Peer.ID != 1002 || !slices.Equal(votes[0].Answers, []int{0}) || !slices.Equal(votes[1].Answers, []int{1}) {
			t.Errorf("votes %+v of %d, %v", votes, total, err)
		}
		if votes, _, err = a.Votes(m, m.ID, 1, 0).Collect(ctx); err != nil || len(votes) != 1 || votes[0].Peer.ID != a.Self().ID || !slices.Equal(votes[0].Answers, []int{1}) {
			t.Errorf("votes for one %+v, %v", votes, err)
		}
		if _, err := a.Vote(ctx, m, m.ID, []int{2}); !errors.Is(err, telegram.ErrNoAnswer) {
			t.Errorf("a vote for nothing gives %v", err)
		}
		closed, err := a.ClosePoll(ctx, telegram.Name("Workshop"), m.ID)
		if err != nil || !closed.Poll.Closed || closed.Results.TotalVoters != 2 {
			t.Errorf("closed %+v, %v", closed, err)
		}
		other := mustSend(ctx, t, a, "Workshop", "x")
		if _, err := a.Vote(ctx, other, other.ID, []int{0}); !errors.Is(err, telegram.ErrNoPoll) {
			t.Errorf("a vote in no poll gives %v", err)
		}
		quiz := telegram.Poll{
			Question: text.Of("6 times 7?"), Answers: []text.Text{text.Of("41"), text.Of("42")}, Correct: []int{1}, Solution: text.Of("as ever"),
			Period: time.Minute, Final: true, Shuffle: true, Hidden: true,
		}
		seen := requests(t, s, "messages.sendMedia", func() { m, err = a.SendPoll(ctx, telegram.Name("Workshop"), quiz, telegram.SendOptions{}) })
		if err != nil || len(seen) != 1 {
			t.Errorf("quiz: %v, %v", seen, err)
			return
		}
		for path, want := range map[string]string{
			"media poll quiz": "true", "media poll close_period": "60", "media correct_answers": "[1]", "media solution": "as ever",
			"media poll revoting_disabled": "true", "media poll shuffle_answers": "true", "media poll hide_results_until_close": "true",
		} {
			if got := field(seen[0], strings.Fields(path)...); got != want {
				t.Errorf("%s is %s, want %s", path, got, want)
			}
		}
		right, err := a.Vote(ctx, m, m.ID, []int{1})
		if err != nil || !right.Results.Results[1].Correct || right.Results.Solution != "as ever" {
			t.Errorf("answered %+v, %v", right, err)
		}
	})
}

func TestActions(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		kinds := map[string]string{
			"typing": "sendMessageTypingAction", "record-voice": "sendMessageRecordAudioAction", "photo": "sendMessageUploadPhotoAction",
			"location": "sendMessageGeoLocationAction", "cancel": "sendMessageCancelAction", "file": "sendMessageUploadDocumentAction",
		}
		for kind, want := range kinds {
			seen := requests(t, s, "messages.setTyping", func() {
				if err := a.SendAction(ctx, telegram.Name("@bobby"), kind, telegram.ActionOptions{Progress: 40, Topic: 3}); err != nil {
					t.Error(err)
				}
			})
			if len(seen) != 1 || field(seen[0], "action", "_") != want || field(seen[0], "top_msg_id") != "3" {
				t.Errorf("%s is sent as %v", kind, seen)
			}
			if kind == "photo" && field(seen[0], "action", "progress") != "40" {
				t.Errorf("the progress is lost: %v", seen)
			}
		}
		if err := a.SendAction(ctx, telegram.Name("@bobby"), "dancing", telegram.ActionOptions{}); err == nil {
			t.Error("dances")
		}
		// The pauses between two signs of life are the test's: it lets two of them pass.
		pauses := make(chan struct{})
		a.TuneSleep(func(ctx context.Context, d time.Duration) error {
			if d != 4*time.Second {
				t.Errorf("pauses for %v", d)
			}
			select {
			case <-pauses:
				return nil
			case <-ctx.Done():
				return context.Cause(ctx)
			}
		})
		failed := errors.New("failed")
		seen := requests(t, s, "messages.setTyping", func() {
			err := a.Acting(ctx, telegram.Name("@bobby"), "typing", telegram.ActionOptions{}, func(context.Context) error {
				pauses <- struct{}{}
				pauses <- struct{}{} // the first has been told again by now
				return failed
			})
			if !errors.Is(err, failed) {
				t.Errorf("the error is %v", err)
			}
		})
		if n := len(seen); n < 3 || field(seen[0], "action", "_") != "sendMessageTypingAction" || field(seen[n-1], "action", "_") != "sendMessageCancelAction" {
			t.Errorf("told %v", seen)
		}
	})
}
