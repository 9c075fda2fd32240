package sandbox

import (
	"bytes"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

func TestEditingMedia(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	bobby := alice.to(t, "bobby")
	m := alice.sendPhoto(t, bobby, picture(t, 30, 30, ""), "before")
	edit := func(id int, media tg.InputMediaClass, text string) error {
		in := &tg.MessagesEditMessageRequest{Peer: bobby, ID: id}
		if media != nil {
			in.SetMedia(media)
		}
		if text != "-" {
			in.SetMessage(text)
		}
		_, err := alice.api.MessagesEditMessage(t.Context(), in)
		return err
	}
	other := alice.readyPhoto(t)
	if err := edit(m.ID, other, "-"); err != nil {
		t.Fatal(err)
	}
	got := next[*tg.UpdateEditMessage](t, bob).Message
	if photoOf(t, got).ID == photoOf(t, m).ID || got.(*tg.Message).Message != "before" {
		t.Errorf("bob sees %v", got)
	}
	if err := edit(m.ID, nil, ""); err != nil {
		t.Errorf("without a caption: %v", err)
	}
	if got := next[*tg.UpdateEditMessage](t, bob).Message.(*tg.Message); got.Message != "" || got.Media == nil {
		t.Errorf("bob sees %v", got)
	}
	wantError(t, edit(m.ID, nil, ""), "MESSAGE_NOT_MODIFIED")
	wantError(t, edit(m.ID, &tg.InputMediaEmpty{}, "x"), "MEDIA_EMPTY")
	text := alice.send(t, bobby, "text")
	if err := edit(text.ID, alice.readyDocument(t), "-"); err != nil {
		t.Errorf("media for a text: %v", err)
	}
	plain := alice.send(t, bobby, "plain")
	wantError(t, edit(plain.ID, nil, " "), "MESSAGE_EMPTY")
	place := alice.sendMedia(t, bobby, &tg.InputMediaGeoPoint{GeoPoint: &tg.InputGeoPoint{}}, "")
	wantError(t, edit(place.ID, other, "-"), "MEDIA_PREV_INVALID")
	die := alice.sendMedia(t, bobby, &tg.InputMediaDice{Emoticon: "🎲"}, "")
	wantError(t, edit(die.ID, other, "-"), "MEDIA_PREV_INVALID")
	wantError(t, edit(plain.ID, alice.readyDocument(t, &tg.DocumentAttributeAudio{Voice: true}), "-"), "MEDIA_NEW_INVALID")
	answer, err := alice.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{Peer: bobby, MultiMedia: album(other, other)})
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, edit(messages(t, answer)[0].ID, alice.readyDocument(t), "-"), "MEDIA_GROUPED_INVALID")
}

func TestForwardedMediaIsTheSame(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	m := alice.sendPhoto(t, alice.to(t, "sandbox_news"), picture(t, 30, 30, ""), "caption")
	forward := func(drop bool) *tg.Message {
		t.Helper()
		answer, err := alice.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
			FromPeer: alice.to(t, "sandbox_news"), ToPeer: &tg.InputPeerSelf{}, ID: []int{m.ID}, RandomID: []int64{random()}, DropAuthor: drop, DropMediaCaptions: drop,
		})
		if err != nil {
			t.Fatal(err)
		}
		return sent(t, answer)
	}
	if got := forward(false); photoOf(t, got).ID != photoOf(t, m).ID || got.Message != "caption" || got.FwdFrom.ChannelPost != m.ID {
		t.Errorf("forwarded %v", got)
	}
	if got := forward(true); photoOf(t, got).ID != photoOf(t, m).ID || got.Message != "" || !got.FwdFrom.Zero() {
		t.Errorf("copied %v", got)
	}
}

func TestAFolderKeepsFilesOverARestart(t *testing.T) {
	dir := t.TempDir()
	s, err := New(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	alice := login(t, s, "alice")
	data := noise(100_000)
	m := alice.sendDocument(t, &tg.InputPeerSelf{}, "kept.bin", data, &tg.DocumentAttributeVideo{Duration: 1.5})
	photo := alice.wear(t, picture(t, 50, 50, ""))
	if err := s.StoreFiles(secondDC); err != nil {
		t.Fatal(err)
	}
	s.ExpireFiles()
	if _, err := s.blobs.put([]byte("nobody has this")); err != nil {
		t.Fatal(err)
	}
	used := s.archive.used
	alice.stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	again := serve(t, Options{Dir: dir})
	if again.archive.used >= used || again.archive.home != secondDC || again.archive.epoch != 1 {
		t.Errorf("%d of %d bytes are used; home %d, epoch %d", again.archive.used, used, again.archive.home, again.archive.epoch)
	}
	back := redial(t, again, alice.storage)
	list, err := back.api.MessagesGetMessages(t.Context(), []tg.InputMessageClass{&tg.InputMessageID{ID: m.ID}})
	if err != nil {
		t.Fatal(err)
	}
	d := documentOf(t, list.(*tg.MessagesMessages).Messages[0])
	if d.ID != documentOf(t, m).ID || named(d.Attributes) != "kept.bin" || d.Attributes[0].(*tg.DocumentAttributeVideo).Duration != 1.5 {
		t.Errorf("kept %v", d)
	}
	if got := back.download(t, d.AsInputDocumentFileLocation("")); !bytes.Equal(got, data) {
		t.Errorf("%d bytes are left", len(got))
	}
	mine, err := back.api.PhotosGetUserPhotos(t.Context(), &tg.PhotosGetUserPhotosRequest{UserID: &tg.InputUserSelf{}})
	if err != nil || len(mine.GetPhotos()) != 1 || mine.GetPhotos()[0].GetID() != photo.ID {
		t.Errorf("photos: %v, %v", mine, err)
	}
}

func TestAPersonSendsFiles(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	ctx := t.Context()
	var seen []Entry
	stop := s.Observe(func(e Entry) { seen = append(seen, e) })
	data := noise(5000)
	m, err := s.Person("bob").SendFile(ctx, "alice", File{Name: "a.txt", Type: "text/plain", Data: data}, "for you", SendOptions{})
	if err != nil || m.Media != kindDocument || m.Text != "for you" {
		t.Fatalf("sent %v, %v", m, err)
	}
	got := documentOf(t, next[*tg.UpdateNewMessage](t, alice).Message)
	if got.MimeType != "text/plain" || !bytes.Equal(alice.download(t, got.AsInputDocumentFileLocation("")), data) {
		t.Errorf("alice got %v", got)
	}
	picture := picture(t, 30, 30, "")
	m, err = s.Person("bob").SendFile(ctx, "alice", File{Data: picture, Photo: true}, "", SendOptions{Silent: true})
	if err != nil || m.Media != kindPhoto {
		t.Fatalf("sent %v, %v", m, err)
	}
	if back, err := s.Person("bob").ReadFile("alice", m.ID); err != nil || !bytes.Equal(back, picture) {
		t.Errorf("read %d bytes, %v", len(back), err)
	}
	text := say(t, s, "bob", "alice", "text")
	if _, err := s.Person("bob").ReadFile("alice", text.ID); err == nil {
		t.Error("a text has a file")
	}
	for name, want := range map[string]error{"nobody": ErrUnknown} {
		if _, err := s.Person("bob").SendFile(ctx, name, File{}, "", SendOptions{}); err == nil {
			t.Errorf("to %s: %v, want %v", name, err, want)
		}
	}
	if _, err := s.Person("bob").SendFile(ctx, "alice", File{Data: data, Photo: true}, "", SendOptions{}); refusal(err) == "" {
		t.Error("noise is a photo")
	}
	if _, err := s.Person("bob").SendFile(ctx, "News", File{Data: data}, "", SendOptions{}); refusal(err) == "" {
		t.Error("bob writes to News")
	}
	stop()
	if len(seen) != 3 || seen[0].Media != kindDocument || seen[1].Media != kindPhoto || seen[2].Media != "" {
		t.Errorf("observed %v", seen)
	}
}

func TestPlacesThatMove(t *testing.T) {
	clock := newHandClock()
	s := serve(t, Options{Clock: clock})
	alice := login(t, s, "alice")
	live := func(lat float64) *tg.InputMediaGeoLive {
		return &tg.InputMediaGeoLive{GeoPoint: &tg.InputGeoPoint{Lat: lat}, Period: 600}
	}
	m := alice.sendMedia(t, alice.to(t, "bobby"), live(1), "")
	edit := func(id int, in tg.InputMediaGeoLive) (*tg.MessageMediaGeoLive, error) {
		call := &tg.MessagesEditMessageRequest{Peer: alice.to(t, "bobby"), ID: id}
		call.SetMedia(&in)
		answer, err := alice.api.MessagesEditMessage(t.Context(), call)
		if err != nil {
			return nil, err
		}
		return answer.(*tg.Updates).Updates[0].(*tg.UpdateEditMessage).Message.(*tg.Message).Media.(*tg.MessageMediaGeoLive), nil
	}
	moved, err := edit(m.ID, tg.InputMediaGeoLive{GeoPoint: &tg.InputGeoPoint{Lat: 2}, Heading: 7, ProximityNotificationRadius: 8})
	if err != nil || moved.Geo.(*tg.GeoPoint).Lat != 2 || moved.Period != 600 || moved.Heading != 7 || moved.ProximityNotificationRadius != 8 {
		t.Errorf("moved to %v, %v", moved, err)
	}
	if moved, err = edit(m.ID, *live(3)); err != nil || moved.Heading != 0 {
		t.Errorf("moved on to %v, %v", moved, err)
	}
	clock.Advance(100 * time.Second)
	if moved, err = edit(m.ID, tg.InputMediaGeoLive{Stopped: true, GeoPoint: &tg.InputGeoPointEmpty{}}); err != nil || moved.Period != 100 || moved.Geo.(*tg.GeoPoint).Lat != 3 {
		t.Errorf("stopped at %v, %v", moved, err)
	}
	_, err = edit(m.ID, *live(4))
	wantError(t, err, "MESSAGE_EDIT_TIME_EXPIRED")
	_, err = edit(alice.send(t, alice.to(t, "bobby"), "text").ID, *live(5))
	wantError(t, err, "MEDIA_PREV_INVALID")
	other := alice.sendMedia(t, alice.to(t, "bobby"), live(1), "")
	_, err = edit(other.ID, tg.InputMediaGeoLive{GeoPoint: &tg.InputGeoPointEmpty{}})
	wantError(t, err, "GEO_POINT_INVALID")
}

func TestDiceShowEveryNumber(t *testing.T) {
	s := serve(t, Options{})
	c := &call{Server: s, me: s.users[1001]}
	for emoji, greatest := range dice {
		seen := map[int]bool{}
		for range greatest * 30 {
			m, err := c.media(&tg.InputMediaDice{Emoticon: emoji + "\ufe0f"})
			if err != nil {
				t.Fatal(err)
			}
			seen[m.(*tg.MessageMediaDice).Value] = true
		}
		if len(seen) != greatest || !seen[1] || !seen[greatest] {
			t.Errorf("%s shows %d numbers of %d", emoji, len(seen), greatest)
		}
	}
}

func TestAResetInTheMiddleOfAnUpload(t *testing.T) {
	s := serve(t, Options{})
	c := &call{Server: s, me: s.users[1001]}
	c.enter()
	_, err := c.newPhoto(func() (content, error) {
		if err := s.Reset(); err != nil {
			t.Error(err)
		}
		return s.blobs.put(picture(t, 9, 9, ""))
	})
	c.mu.Unlock()
	if refusal(err) != "AUTH_KEY_UNREGISTERED" {
		t.Errorf("got %v", err)
	}
	if len(s.archive.files) != 0 {
		t.Errorf("%d files are there after the reset", len(s.archive.files))
	}
}
