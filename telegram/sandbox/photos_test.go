package sandbox

import (
	"bytes"
	"image/jpeg"
	"testing"

	"github.com/gotd/td/tg"
)

func (c *client) wear(t testing.TB, data []byte) *tg.Photo {
	t.Helper()
	in := &tg.PhotosUploadProfilePhotoRequest{}
	in.SetFile(c.upload(t, "me.jpg", data))
	answer, err := c.api.PhotosUploadProfilePhoto(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	return answer.Photo.(*tg.Photo)
}

func TestProfilePhotos(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	first := alice.wear(t, picture(t, 40, 40, ""))
	data := picture(t, 400, 400, "")
	second := alice.wear(t, data)
	if u := next[*tg.UpdateUser](t, bob); u.UserID != 1001 {
		t.Errorf("bob is told of %d", u.UserID)
	}
	seen := bob.to(t, "alice")
	full, err := bob.api.UsersGetFullUser(t.Context(), &tg.InputUser{UserID: 1001, AccessHash: seen.(*tg.InputPeerUser).AccessHash})
	if err != nil {
		t.Fatal(err)
	}
	small, ok := full.Users[0].(*tg.User).Photo.(*tg.UserProfilePhoto)
	if !ok || small.PhotoID != second.ID || len(small.StrippedThumb) == 0 || full.FullUser.ProfilePhoto.GetID() != second.ID {
		t.Errorf("bob sees %v and %v", full.Users[0], full.FullUser.ProfilePhoto)
	}
	if got := bob.download(t, &tg.InputPeerPhotoFileLocation{Peer: seen, PhotoID: second.ID, Big: true}); !bytes.Equal(got, data) {
		t.Errorf("the big one has %d bytes", len(got))
	}
	got := bob.download(t, &tg.InputPeerPhotoFileLocation{Peer: seen, PhotoID: second.ID})
	if shape, err := jpeg.DecodeConfig(bytes.NewReader(got)); err != nil || shape.Width != thumbSide {
		t.Errorf("the small one is %v, %v", shape, err)
	}
	list := func(in tg.PhotosGetUserPhotosRequest) (ids []int64) {
		t.Helper()
		in.UserID = &tg.InputUser{UserID: 1001, AccessHash: seen.(*tg.InputPeerUser).AccessHash}
		answer, err := bob.api.PhotosGetUserPhotos(t.Context(), &in)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range answer.GetPhotos() {
			ids = append(ids, p.GetID())
		}
		return ids
	}
	if got := list(tg.PhotosGetUserPhotosRequest{Limit: 10}); len(got) != 2 || got[0] != second.ID || got[1] != first.ID {
		t.Errorf("bob lists %v", got)
	}
	if got := list(tg.PhotosGetUserPhotosRequest{Offset: 1, Limit: 1}); len(got) != 1 || got[0] != first.ID {
		t.Errorf("the second page is %v", got)
	}
	if got := list(tg.PhotosGetUserPhotosRequest{MaxID: first.ID}); len(got) != 1 || got[0] != first.ID {
		t.Errorf("up to the first there are %v", got)
	}
	back, err := alice.api.PhotosUpdateProfilePhoto(t.Context(), &tg.PhotosUpdateProfilePhotoRequest{ID: first.AsInput()})
	if err != nil {
		t.Fatal(err)
	}
	if first = back.Photo.(*tg.Photo); first.ID <= second.ID {
		t.Errorf("going back to the first makes it %d, below %d", first.ID, second.ID)
	}
	if got := list(tg.PhotosGetUserPhotosRequest{}); len(got) != 2 || got[0] != first.ID {
		t.Errorf("after going back bob lists %v", got)
	}
	gone, err := alice.api.PhotosDeletePhotos(t.Context(), []tg.InputPhotoClass{first.AsInput(), &tg.InputPhoto{ID: second.ID}, &tg.InputPhotoEmpty{}})
	if err != nil || len(gone) != 1 || gone[0] != first.ID {
		t.Errorf("deleted %v, %v", gone, err)
	}
	if _, err := alice.api.PhotosUpdateProfilePhoto(t.Context(), &tg.PhotosUpdateProfilePhotoRequest{ID: &tg.InputPhotoEmpty{}}); err != nil {
		t.Fatal(err)
	}
	if got := list(tg.PhotosGetUserPhotosRequest{}); len(got) != 0 {
		t.Errorf("at the end bob lists %v", got)
	}
	_, err = alice.api.PhotosUpdateProfilePhoto(t.Context(), &tg.PhotosUpdateProfilePhotoRequest{ID: &tg.InputPhoto{ID: 5}})
	wantError(t, err, "PHOTO_ID_INVALID")
	_, err = alice.api.PhotosUploadProfilePhoto(t.Context(), &tg.PhotosUploadProfilePhotoRequest{})
	wantError(t, err, "PHOTO_FILE_MISSING")
	other := &tg.PhotosUpdateProfilePhotoRequest{ID: &tg.InputPhotoEmpty{}}
	other.SetBot(&tg.InputUser{UserID: 1002, AccessHash: s.hash(1001, peer{peerUser, 1002})})
	_, err = alice.api.PhotosUpdateProfilePhoto(t.Context(), other)
	wantError(t, err, "BOT_INVALID")
}

func TestPhotosOfChats(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	ch := s.chats[peer{peerGroup, 3001}]
	c := &call{Server: s, me: s.users[1001]}
	pick := func(in tg.InputChatPhotoClass) (*file, error) {
		c.enter()
		defer c.mu.Unlock()
		f, err := c.chatPhoto(in)
		if err == nil {
			c.putPhoto(ch, f)
		}
		return f, err
	}
	up := &tg.InputChatUploadedPhoto{}
	up.SetFile(alice.upload(t, "chat.jpg", picture(t, 30, 30, "")))
	f, err := pick(up)
	if err != nil || !c.shows(ch.peer, f) {
		t.Fatalf("picked %v, %v", f, err)
	}
	chats, err := alice.api.MessagesGetChats(t.Context(), []int64{3001})
	if err != nil {
		t.Fatal(err)
	}
	photo, ok := chats.GetChats()[0].(*tg.Chat).Photo.(*tg.ChatPhoto)
	if !ok || photo.PhotoID != f.id || photo.DCID != firstDC || len(photo.StrippedThumb) == 0 {
		t.Errorf("alice sees %v", chats)
	}
	full, err := alice.api.MessagesGetFullChat(t.Context(), 3001)
	if err != nil || full.FullChat.(*tg.ChatFull).ChatPhoto.GetID() != f.id {
		t.Errorf("in full %v, %v", full, err)
	}
	if got := alice.download(t, &tg.InputPeerPhotoFileLocation{Peer: &tg.InputPeerChat{ChatID: 3001}, PhotoID: f.id}); len(got) == 0 {
		t.Error("the photo is empty")
	}
	if again, err := pick(&tg.InputChatPhoto{ID: s.photoTG(f).AsInput()}); err != nil || again != f {
		t.Errorf("the same once more: %v, %v", again, err)
	}
	if none, err := pick(&tg.InputChatPhotoEmpty{}); err != nil || none != nil || ch.Photo != 0 {
		t.Errorf("none: %v, %v", none, err)
	}
	if _, err := pick(&tg.InputChatUploadedPhoto{}); refusal(err) != "PHOTO_FILE_MISSING" {
		t.Errorf("no file: %v", err)
	}
	if _, err := pick(nil); refusal(err) != "PHOTO_INVALID" {
		t.Errorf("nothing: %v", err)
	}
}
