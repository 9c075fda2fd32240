package sandbox

import (
	"testing"

	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

func TestSessionsThatOnlyMoveFilesAreToldNothing(t *testing.T) {
	s := serve(t, Options{})
	bot := s.light(t, DefaultSeed().Bots[0].Token)
	session := s.dcs[firstDC].wire.Sessions(bot.key.IntID())[0]
	if session.NoUpdates() {
		t.Error("a session that has asked for the state is told nothing")
	}
	media := *bot // another session of the same key
	media.session = 2
	media.dial(t, s)
	media.call(t, &tg.UploadSaveFilePartRequest{FileID: 1, Bytes: []byte("x")})
	media.call(t, &tg.HelpGetConfigRequest{})
	media.until(t, proto.ResultTypeID, 2)
	other := func() *wire.Session {
		for _, one := range s.dcs[firstDC].wire.Sessions(bot.key.IntID()) {
			if one.ID() == 2 {
				return one
			}
		}
		t.Fatal("the other session is gone")
		return nil
	}
	if !other().NoUpdates() {
		t.Error("a session that only moves files is told of updates")
	}
	media.call(t, &tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}}})
	media.until(t, proto.ResultTypeID, 1)
	if other().NoUpdates() {
		t.Error("a session that has asked for a user is told nothing")
	}
}

func TestWhatSubscribes(t *testing.T) {
	s := serve(t, Options{})
	for name, want := range map[string]bool{
		"upload.getFile": false, "upload.saveBigFilePart": false, "help.getConfig": false, "auth.importAuthorization": false,
		"updates.getState": true, "messages.sendMessage": true, "auth.signIn": true, "users.getUsers": true,
	} {
		for id, m := range s.table.ids {
			if m.name == name && s.subscribes(&wire.Request{MethodID: id}) != want {
				t.Errorf("%s: a session is subscribed: %v, want %v", name, !want, want)
			}
		}
	}
}
