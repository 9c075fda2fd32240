package sandbox

import (
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// ready uploads media for an album.
func (c *client) ready(t testing.TB, in tg.InputMediaClass) tg.InputMediaClass {
	t.Helper()
	media, err := c.api.MessagesUploadMedia(t.Context(), &tg.MessagesUploadMediaRequest{Peer: &tg.InputPeerSelf{}, Media: in})
	if err != nil {
		t.Fatal(err)
	}
	switch media := media.(type) {
	case *tg.MessageMediaPhoto:
		return &tg.InputMediaPhoto{ID: media.Photo.(*tg.Photo).AsInput()}
	case *tg.MessageMediaDocument:
		return &tg.InputMediaDocument{ID: media.Document.(*tg.Document).AsInput()}
	default:
		t.Fatalf("got %v", media)
		return nil
	}
}

func (c *client) readyPhoto(t testing.TB) tg.InputMediaClass {
	t.Helper()
	return c.ready(t, &tg.InputMediaUploadedPhoto{File: c.upload(t, "a.jpg", picture(t, 20, 20, ""))})
}

func (c *client) readyDocument(t testing.TB, attributes ...tg.DocumentAttributeClass) tg.InputMediaClass {
	t.Helper()
	return c.ready(t, &tg.InputMediaUploadedDocument{File: c.upload(t, "a", noise(10)), Attributes: attributes})
}

func album(media ...tg.InputMediaClass) []tg.InputSingleMedia {
	var list []tg.InputSingleMedia
	for _, m := range media {
		list = append(list, tg.InputSingleMedia{Media: m, RandomID: random()})
	}
	return list
}

// messages are those of an answer, in its order.
func messages(t testing.TB, answer tg.UpdatesClass) []*tg.Message {
	t.Helper()
	var list []*tg.Message
	for _, u := range answer.(*tg.Updates).Updates {
		switch u := u.(type) {
		case *tg.UpdateNewMessage:
			list = append(list, u.Message.(*tg.Message))
		case *tg.UpdateNewScheduledMessage:
			list = append(list, u.Message.(*tg.Message))
		}
	}
	return list
}

func TestAlbums(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	video := alice.readyDocument(t, &tg.DocumentAttributeVideo{Duration: 1, W: 2, H: 2})
	list := album(alice.readyPhoto(t), video)
	list[0].Message = "two of them"
	answer, err := alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{Peer: alice.to(t, "bobby"), MultiMedia: list})
	if err != nil {
		t.Fatal(err)
	}
	mine := messages(t, answer)
	if len(mine) != 2 || mine[0].GroupedID == 0 || mine[0].GroupedID != mine[1].GroupedID || mine[0].Message != "two of them" || mine[1].Message != "" {
		t.Errorf("sent %v", mine)
	}
	one, two := next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message), next[*tg.UpdateNewMessage](t, bob).Message.(*tg.Message)
	if one.GroupedID != mine[0].GroupedID || two.GroupedID != one.GroupedID {
		t.Errorf("bob got %v and %v", one, two)
	}
	// Forwarded it is an album still, but another one.
	answer, err = alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
		FromPeer: alice.to(t, "bobby"), ToPeer: &tg.InputPeerSelf{}, ID: []int{mine[0].ID, mine[1].ID}, RandomID: []int64{random(), random()}, DropMediaCaptions: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	again := messages(t, answer)
	if again[0].GroupedID == 0 || again[0].GroupedID != again[1].GroupedID || again[0].GroupedID == mine[0].GroupedID || again[0].Message != "" {
		t.Errorf("forwarded %v", again)
	}
	if photoOf(t, again[0]).ID != photoOf(t, mine[0]).ID || again[0].FwdFrom.Zero() {
		t.Errorf("forwarded %v", again[0])
	}
}

func TestAlbumsThatAreRefused(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	photo, file, music := alice.readyPhoto(t), alice.readyDocument(t), alice.readyDocument(t, &tg.DocumentAttributeAudio{})
	for name, row := range map[string]struct {
		in   []tg.InputSingleMedia
		want string
	}{
		"of none":                {nil, "MULTI_MEDIA_EMPTY"},
		"of eleven":              {album(file, file, file, file, file, file, file, file, file, file, file), "MULTI_MEDIA_TOO_LONG"},
		"of a photo and a file":  {album(photo, file), "MEDIA_GROUPED_INVALID"},
		"of a file and music":    {album(file, music), "MEDIA_GROUPED_INVALID"},
		"of dice":                {album(&tg.InputMediaDice{Emoticon: "🎲"}), "MEDIA_INVALID"},
		"of what isn't uploaded": {album(&tg.InputMediaUploadedPhoto{File: &tg.InputFile{}}), "MEDIA_INVALID"},
		"of two with one id":     {[]tg.InputSingleMedia{{Media: file, RandomID: 77}, {Media: file, RandomID: 77}}, "RANDOM_ID_DUPLICATE"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{Peer: &tg.InputPeerSelf{}, MultiMedia: row.in})
			wantError(t, err, row.want)
		})
	}
	answer, err := alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{Peer: &tg.InputPeerSelf{}, MultiMedia: album(file)})
	if err != nil || messages(t, answer)[0].GroupedID != 0 {
		t.Errorf("one alone: %v, %v", answer, err)
	}
}

func TestScheduledAlbums(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice := login(t, s, "alice")
	answer, err := alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{
		Peer: &tg.InputPeerSelf{}, MultiMedia: album(alice.readyPhoto(t), alice.readyPhoto(t)), ScheduleDate: int(clock.Now().Add(time.Hour).Unix()),
	})
	if err != nil {
		t.Fatal(err)
	}
	waiting := messages(t, answer)
	if len(waiting) != 2 || waiting[0].GroupedID == 0 {
		t.Fatalf("waiting %v", waiting)
	}
	answer, err = alice.api.MessagesSendScheduledMessages(t.Context(), &tg.MessagesSendScheduledMessagesRequest{Peer: &tg.InputPeerSelf{}, ID: []int{waiting[0].ID, waiting[1].ID}})
	if err != nil {
		t.Fatal(err)
	}
	got := messages(t, answer)
	if len(got) != 2 || got[0].GroupedID != waiting[0].GroupedID || photoOf(t, got[0]).ID != photoOf(t, waiting[0]).ID {
		t.Errorf("sent %v", got)
	}
}
