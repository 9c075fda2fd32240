package telegram_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/jpeg"
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/transfer"
)

func TestMakingChats(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for kind, want := range map[string]func(c *tg.Channel) bool{
			"":                      func(c *tg.Channel) bool { return c.Broadcast },
			telegram.MakeChannel:    func(c *tg.Channel) bool { return c.Broadcast },
			telegram.MakeSupergroup: func(c *tg.Channel) bool { return c.Megagroup && !c.Forum },
			telegram.MakeForum:      func(c *tg.Channel) bool { return c.Megagroup && c.Forum },
		} {
			made, err := a.CreateChannel(ctx, "New "+kind, telegram.CreateChannelOptions{Kind: kind, About: "what for"})
			try(t, "make "+kind, err)
			if c, ok := made.Chat.(*tg.Channel); !ok || !want(c) || c.Title != "New "+kind && kind != "" {
				t.Errorf("%q is %+v", kind, made.Chat)
			}
			if full, err := a.Full(ctx, made); err != nil || full.About() != "what for" {
				t.Errorf("%q: %+v, %v", kind, full, err)
			}
			try(t, "delete it", a.DeleteChat(ctx, made))
			if _, err := a.Full(ctx, made); err == nil {
				t.Errorf("%q is still there", kind)
			}
		}
		if _, err := a.CreateChannel(ctx, "x", telegram.CreateChannelOptions{Kind: "club"}); err == nil {
			t.Error("a club was made")
		}
		_, err := a.CreateChannel(ctx, "", telegram.CreateChannelOptions{})
		wantKind(t, err, "CHAT_TITLE_EMPTY")

		grown, err := a.UpgradeGroup(ctx, friends)
		if err != nil || !grown.IsChannel() || !grown.IsGroup() {
			t.Fatalf("it became %+v, %v", grown, err)
		}
		if same, err := a.UpgradeGroup(ctx, telegram.ID(-3001)); err != nil || same.ID != grown.ID {
			t.Errorf("again it became %+v, %v", same, err)
		}
		_, err = a.UpgradeGroup(ctx, news)
		wantKind(t, err, "CHAT_KIND")
		wantKind(t, a.DeleteChat(ctx, bobby), "CHAT_KIND")
	})
}

func TestChatSettings(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for _, chat := range []telegram.Target{telegram.ID(-1000000003002), telegram.ID(-3001)} {
			told, err := a.EditTitle(ctx, chat, "Better")
			if err != nil || told.Action().(*tg.MessageActionChatEditTitle).Title != "Better" {
				t.Errorf("%v: told %+v, %v", chat, told, err)
			}
			if told, err := a.EditTitle(ctx, chat, "Better"); err != nil || told != nil {
				t.Errorf("%v again: told %+v, %v", chat, told, err)
			}
			try(t, "describe it", a.EditAbout(ctx, chat, "what for"))
			try(t, "describe it again", a.EditAbout(ctx, chat, "what for"))
			try(t, "let messages go", a.SetTTL(ctx, chat, 24*time.Hour))
			try(t, "let some reactions be", a.SetAvailableReactions(ctx, chat, &tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}}, 3))
			full, err := a.Full(ctx, chat)
			if err != nil || full.About() != "what for" || full.TTL() != 24*60*60 || full.Members() < 4 || full.Invite() == "" {
				t.Errorf("%v: %+v, %v", chat, full, err)
			}
			_, err = a.EditTitle(ctx, chat, "Workshop")
			try(t, "call it as before", err)
		}
		where := telegram.ID(-1000000003002)
		try(t, "slow down", a.SetSlowMode(ctx, where, 30*time.Second))
		try(t, "change the name", a.EditUsername(ctx, where, "better_workshop"))
		try(t, "change it again", a.EditUsername(ctx, where, "better_workshop"))
		try(t, "set stickers", a.SetStickerSet(ctx, where, "Cherry"))
		full, err := a.Full(ctx, telegram.Name("@better_workshop"))
		if err != nil || full.FullChannel.SlowmodeSeconds != 30 || full.FullChannel.Stickerset.ShortName != "Cherry" {
			t.Errorf("%+v, %v", full, err)
		}
		try(t, "link them", a.SetDiscussionGroup(ctx, news, where))
		try(t, "link them again", a.SetDiscussionGroup(ctx, news, where))
		if full, err := a.Full(ctx, news); err != nil || full.LinkedID() != int64(where) {
			t.Errorf("linked is %v, %v", full, err)
		}
		try(t, "part them", a.SetDiscussionGroup(ctx, news, nil))
		wantKind(t, a.SetDiscussionGroup(ctx, news, telegram.ID(-3001)), "CHAT_KIND")
		wantKind(t, a.SetLocation(ctx, where, tg.InputGeoPoint{Lat: 1, Long: 2}, "Here"), "MEGAGROUP_GEO_REQUIRED")
		wantKind(t, a.SetSlowMode(ctx, telegram.ID(-3001), time.Second), "CHAT_KIND")
		wantKind(t, a.EditUsername(ctx, where, "alice"), "USERNAME_OCCUPIED")
	})
}

func TestChatToggles(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		ofChannels := []string{"signatures", "profiles", "translation"}
		for _, setting := range telegram.ChatSettings() {
			chat := telegram.Target(workshop)
			if slices.Contains(ofChannels, setting) {
				chat = news
			}
			for _, on := range []bool{true, true, false, false} { // what is so already is no error
				if setting == "profiles" && !on {
					continue // without signatures there are no profiles
				}
				if err := a.SetChat(ctx, chat, setting, on); err != nil {
					t.Errorf("%s %v: %v", setting, on, err)
				}
			}
		}
		try(t, "protect a basic group", a.SetChat(ctx, friends, "protected", true))
		wantKind(t, a.SetChat(ctx, friends, "forum", true), "CHAT_KIND")
		if err := a.SetChat(ctx, workshop, "nice", true); err == nil {
			t.Error("a chat may be nice")
		}
		try(t, "make a gigagroup", a.MakeGigagroup(ctx, workshop))
		try(t, "make it again", a.MakeGigagroup(ctx, workshop))
		if seen, err := a.Entity(ctx, workshop); err != nil || !seen.Chat.(*tg.Channel).Gigagroup {
			t.Errorf("it is %+v, %v", seen, err)
		}
	})
}

func TestChatTransfer(t *testing.T) {
	s := world(t)
	opts := options(s)
	opts.Phone = carolPhone
	a := open(t, opts)
	who := &person{codes: []string{rightCode}, passwords: []string{"correct horse"}}
	try(t, "sign carol in", signedIn(t, a, who, func(ctx context.Context) error {
		mine, err := a.CreateChannel(ctx, "Mine", telegram.CreateChannelOptions{Kind: telegram.MakeSupergroup})
		try(t, "make a group", err)
		_, err = a.Invite(ctx, mine, []telegram.Target{bobby}, 0)
		try(t, "invite bob", err)
		wantKind(t, a.TransferChat(ctx, mine, bobby, "wrong"), "PASSWORD_HASH_INVALID")
		try(t, "give it to bob", a.TransferChat(ctx, mine, bobby, "correct horse"))
		bob, err := a.Participant(ctx, mine, bobby)
		if err != nil || bob.Role() != telegram.RoleCreator {
			t.Errorf("bob is %+v, %v", bob, err)
		}
		return nil
	}))
}

func TestTopics(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		forum, err := a.CreateChannel(ctx, "Forum", telegram.CreateChannelOptions{Kind: telegram.MakeForum})
		try(t, "make a forum", err)
		var made []*telegram.Topic
		for _, title := range []string{"Hiking", "Biking"} {
			topic, err := a.CreateTopic(ctx, forum, title, telegram.TopicOptions{IconColor: 0x8EEE98})
			if err != nil || topic.Title != title || topic.IconColor != 0x8EEE98 || topic.ID == 0 || topic.Time().IsZero() {
				t.Fatalf("made %+v, %v", topic, err)
			}
			made = append(made, topic)
		}
		title, yes := "Hiking 2026", true
		change := telegram.TopicChange{Title: &title, Closed: &yes}
		try(t, "change it", a.EditTopic(ctx, forum, made[0].ID, change))
		try(t, "pin it", a.PinTopic(ctx, forum, made[0].ID, true))
		try(t, "pin it again", a.PinTopic(ctx, forum, made[0].ID, true))
		try(t, "hide General", a.EditTopic(ctx, forum, 1, telegram.TopicChange{Hidden: &yes}))
		all, total, err := a.Topics(forum, telegram.TopicsOptions{}).Collect(ctx)
		if err != nil || total != 3 || len(all) != 3 || all[0].Title != title || !all[0].Closed || !all[0].Pinned {
			t.Errorf("topics are %+v of %d, %v", all, total, err)
		}
		found, _, err := a.Topics(forum, telegram.TopicsOptions{Search: "bik"}).Collect(ctx)
		if err != nil || len(found) != 1 || found[0].ID != made[1].ID {
			t.Errorf("found %+v, %v", found, err)
		}
		try(t, "pin the other only", a.ReorderTopics(ctx, forum, []int{made[1].ID}))
		if one, err := a.Topic(ctx, forum, made[1].ID); err != nil || !one.Pinned {
			t.Errorf("it is %+v, %v", one, err)
		}
		if n, err := a.DeleteTopic(ctx, forum, made[1].ID); err != nil || n != 1 {
			t.Errorf("%d messages were deleted, %v", n, err)
		}
		_, err = a.Topic(ctx, forum, made[1].ID)
		wantKind(t, err, "TOPIC_ID_INVALID")
		_, err = a.CreateTopic(ctx, workshop, "x", telegram.TopicOptions{})
		wantKind(t, err, "CHANNEL_FORUM_MISSING")
	})
}

func TestTopicPages(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		forum, err := a.CreateChannel(ctx, "Forum", telegram.CreateChannelOptions{Kind: telegram.MakeForum})
		try(t, "make a forum", err)
		for range 120 {
			_, err := a.CreateTopic(ctx, forum, "Topic", telegram.TopicOptions{})
			try(t, "make a topic", err)
		}
		seen := map[int]bool{}
		for topic, err := range a.Topics(forum, telegram.TopicsOptions{}).All(ctx) {
			try(t, "next topic", err)
			if seen[topic.ID] {
				t.Errorf("%d came twice", topic.ID)
			}
			seen[topic.ID] = true
		}
		if len(seen) != 121 {
			t.Errorf("%d topics came", len(seen))
		}
	})
}

// square is a picture that is taken for a photo.
func square(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	try(t, "draw", jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 320, 320)), nil))
	return b.Bytes()
}

func TestPhotosOfPeople(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		upload := func() tg.InputFileClass {
			file, err := a.Upload(ctx, transfer.Bytes("a.jpg", square(t)), telegram.UploadOptions{})
			try(t, "upload", err)
			return file
		}
		for range 3 {
			_, err := a.SetProfilePhoto(ctx, upload(), telegram.ProfilePhotoOptions{})
			try(t, "set my photo", err)
		}
		mine, total, err := a.ProfilePhotos(telegram.Name("me"), telegram.ProfilePhotosOptions{}).Collect(ctx)
		if err != nil || total != 3 || len(mine) != 3 {
			t.Fatalf("I have %v of %d, %v", mine, total, err)
		}
		shown, err := a.ShowProfilePhoto(ctx, mine[2].Photo)
		try(t, "show the first", err)
		if now, _, err := a.ProfilePhotos(telegram.Name("me"), telegram.ProfilePhotosOptions{}).Collect(ctx); err != nil || now[0].Photo.ID != shown.Photo.ID {
			t.Errorf("shown is %v, told %v, %v", now, shown, err)
		}
		if none, err := a.ShowProfilePhoto(ctx, nil); err != nil || none != nil {
			t.Errorf("none is shown as %v, %v", none, err)
		}
		if rest, _, err := a.ProfilePhotos(telegram.Name("me"), telegram.ProfilePhotosOptions{Offset: 1}).Collect(ctx); err != nil || len(rest) != len(mine)-2 {
			t.Errorf("the rest is %v, %v", rest, err)
		}
		if n, err := a.DeleteProfilePhotos(ctx, []*tg.Photo{mine[0].Photo, mine[1].Photo}); err != nil || n != 2 {
			t.Errorf("%d were deleted, %v", n, err)
		}
		for _, chat := range []telegram.Target{workshop, friends} {
			for range 2 {
				set := &tg.InputChatUploadedPhoto{}
				set.SetFile(upload())
				told, err := a.EditPhoto(ctx, chat, set)
				try(t, "set the photo of a chat", err)
				if _, ok := told.Action().(*tg.MessageActionChatEditPhoto); !ok {
					t.Errorf("%v: told %+v", chat, told)
				}
			}
			photos, _, err := a.ProfilePhotos(chat, telegram.ProfilePhotosOptions{}).Collect(ctx)
			if err != nil || len(photos) != 2 || photos[0].ID() == photos[1].ID() {
				t.Errorf("%v: photos are %v, %v", chat, photos, err)
			}
			told, err := a.EditPhoto(ctx, chat, &tg.InputChatPhotoEmpty{})
			if _, ok := told.Action().(*tg.MessageActionChatDeletePhoto); err != nil || !ok {
				t.Errorf("%v: told %+v, %v", chat, told, err)
			}
		}
	})
}

func TestStats(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		for chat, want := range map[telegram.Target]string{news: "stats.broadcastStats", workshop: "stats.megagroupStats"} {
			found, err := a.Stats(ctx, chat, telegram.StatsOptions{})
			if err != nil || found.(interface{ TypeName() string }).TypeName() != want {
				t.Errorf("%v: %T, %v", chat, found, err)
				continue
			}
			late := 0
			switch stats := found.(type) {
			case *tg.StatsBroadcastStats:
				for _, graph := range []tg.StatsGraphClass{stats.GrowthGraph, stats.FollowersGraph, stats.InteractionsGraph} {
					if _, ok := graph.(*tg.StatsGraphAsync); ok {
						late++
					}
				}
			case *tg.StatsMegagroupStats:
				for _, graph := range []tg.StatsGraphClass{stats.GrowthGraph, stats.MembersGraph, stats.MessagesGraph} {
					if _, ok := graph.(*tg.StatsGraphAsync); ok {
						late++
					}
				}
			}
			if late > 0 {
				t.Errorf("%v: %d graphs were not loaded", chat, late)
			}
		}
		sent, err := s.Person("alice").Send(ctx, "News", "post", sandbox.SendOptions{})
		try(t, "post", err)
		if one, err := a.MessageStats(ctx, news, sent.ID, telegram.StatsOptions{NoGraphs: true}); err != nil || one == nil {
			t.Errorf("of a message: %v, %v", one, err)
		}
		_, err = a.Stats(ctx, friends, telegram.StatsOptions{})
		wantKind(t, err, "CHAT_KIND")
		s.Inject(sandbox.Fault{Method: "stats.getBroadcastStats", Times: 1, Code: 303, Message: "STATS_MIGRATE_4"})
		if _, err := a.Stats(ctx, news, telegram.StatsOptions{NoGraphs: true}); err != nil {
			t.Errorf("of another data centre: %v", err)
		}
	})
}

func TestAdminLog(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		_, err := a.EditTitle(ctx, workshop, "Better")
		try(t, "change the title", err)
		where := telegram.ID(-1000000003002)
		try(t, "promote bob", a.EditAdmin(ctx, where, bobby, telegram.AdminOptions{Rights: tg.ChatAdminRights{PinMessages: true}}))
		try(t, "slow down", a.SetSlowMode(ctx, where, 30*time.Second))
		try(t, "hide members", a.SetChat(ctx, where, "protected", true))
		events, _, err := a.AdminLog(where, telegram.AdminLogOptions{}).Collect(ctx)
		if err != nil || len(events) != 4 {
			t.Fatalf("the log has %v, %v", events, err)
		}
		for i, want := range []func(before, after any) bool{
			func(before, after any) bool { return before == false && after == true },
			func(before, after any) bool { return before == 0 && after == 30 },
			func(before, after any) bool {
				return before.(*telegram.Participant).Role() == telegram.RoleMember && after.(*telegram.Participant).Role() == telegram.RoleAdmin
			},
			func(before, after any) bool { return before == "Workshop" && after == "Better" },
		} {
			e := events[i]
			if before, after := e.Change(); !want(before, after) || e.User.ID != 1001 || e.Time().IsZero() {
				t.Errorf("event %d is %+v: %v, %v", i, e, before, after)
			}
		}
		for sentence, test := range map[string]struct {
			o    telegram.AdminLogOptions
			want int
		}{
			"two":          {telegram.AdminLogOptions{Limit: 2}, 2},
			"older ones":   {telegram.AdminLogOptions{MaxID: events[1].ID}, 2},
			"newer ones":   {telegram.AdminLogOptions{MinID: events[1].ID}, 1},
			"promotions":   {telegram.AdminLogOptions{Kinds: tg.ChannelAdminLogEventsFilter{Promote: true}}, 1},
			"what I did":   {telegram.AdminLogOptions{Admins: []telegram.Target{telegram.Name("me")}}, 4},
			"what bob did": {telegram.AdminLogOptions{Admins: []telegram.Target{bobby}}, 0},
		} {
			if some, _, err := a.AdminLog(where, test.o).Collect(ctx); err != nil || len(some) != test.want {
				t.Errorf("%s: %v, %v", sentence, some, err)
			}
		}
		_, _, err = a.AdminLog(friends, telegram.AdminLogOptions{}).Collect(ctx)
		wantKind(t, err, "CHAT_KIND")
	})
}

func TestEntities(t *testing.T) {
	asAlice(t, func(ctx context.Context, s *sandbox.Server, a *telegram.Account, _ *listener) {
		asked := 0
		cancel := s.Inspect(func(i sandbox.Inspection) {
			if i.Kind == "call" && (i.Method == "users.getUsers" || i.Method == "channels.getChannels" || i.Method == "messages.getChats") {
				asked++
			}
		})
		who := []telegram.Target{bobby, workshop, friends, news, telegram.ID(1003), telegram.Name("me"), bobby}
		for range 60 {
			who = append(who, telegram.ID(1004), telegram.ID(1005))
		}
		all, err := a.Entities(ctx, who)
		cancel()
		if err != nil || len(all) != len(who) || asked != 3 {
			t.Fatalf("%d entities, %v, in %d requests", len(all), err, asked)
		}
		for i, want := range []int64{1002, -1000000003002, -3001, -1000000003003, 1003, 1001, 1002} {
			if all[i].ID != want || all[i].User == nil && all[i].Chat == nil {
				t.Errorf("%d is %+v", i, all[i])
			}
		}
		if _, err := a.Entities(ctx, []telegram.Target{bobby, telegram.Name("@nobody_here")}); err == nil {
			t.Error("nobody was found")
		}
		var unknown *telegram.PeerUnknownError
		if _, err := a.Entity(ctx, telegram.Name("https://t.me/addlist/AbCdEfGh")); !errors.As(err, &unknown) {
			t.Errorf("a folder is an entity: %v", err)
		}
		if none, err := a.Entities(ctx, nil); err != nil || len(none) > 0 {
			t.Errorf("of nobody came %v, %v", none, err)
		}
	})
}
