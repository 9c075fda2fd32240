package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

func TestChatsDenyMedia(t *testing.T) {
	s := serve(t, Options{})
	alice, bob := login(t, s, "alice"), login(t, s, "bob")
	where := bob.to(t, "sandbox_workshop")
	ch := s.chats[peerOf(&tg.PeerChannel{ChannelID: where.(*tg.InputPeerChannel).ChannelID})]
	photo := bob.readyPhoto(t)
	saved := bob.sendPhoto(t, &tg.InputPeerSelf{}, picture(t, 9, 9, ""), "")
	for name, row := range map[string]struct {
		rights tg.ChatBannedRights
		in     tg.InputMediaClass
		want   string
	}{
		"all media":      {tg.ChatBannedRights{SendMedia: true}, photo, "CHAT_SEND_MEDIA_FORBIDDEN"},
		"photos":         {tg.ChatBannedRights{SendPhotos: true}, photo, "CHAT_SEND_PHOTOS_FORBIDDEN"},
		"files":          {tg.ChatBannedRights{SendDocs: true}, bob.readyDocument(t), "CHAT_SEND_DOCS_FORBIDDEN"},
		"voice messages": {tg.ChatBannedRights{SendVoices: true}, bob.readyDocument(t, &tg.DocumentAttributeAudio{Voice: true}), "CHAT_SEND_VOICES_FORBIDDEN"},
		"music":          {tg.ChatBannedRights{SendAudios: true}, bob.readyDocument(t, &tg.DocumentAttributeAudio{}), "CHAT_SEND_AUDIOS_FORBIDDEN"},
		"videos":         {tg.ChatBannedRights{SendVideos: true}, bob.readyDocument(t, &tg.DocumentAttributeVideo{}), "CHAT_SEND_VIDEOS_FORBIDDEN"},
		"round videos":   {tg.ChatBannedRights{SendRoundvideos: true}, bob.readyDocument(t, &tg.DocumentAttributeVideo{RoundMessage: true}), "CHAT_SEND_ROUNDVIDEOS_FORBIDDEN"},
		"GIFs":           {tg.ChatBannedRights{SendGifs: true}, bob.readyDocument(t, &tg.DocumentAttributeAnimated{}), "CHAT_SEND_GIFS_FORBIDDEN"},
		"stickers":       {tg.ChatBannedRights{SendStickers: true}, bob.readyDocument(t, &tg.DocumentAttributeSticker{Stickerset: &tg.InputStickerSetEmpty{}}), "CHAT_SEND_STICKERS_FORBIDDEN"},
	} {
		t.Run(name, func(t *testing.T) {
			s.mu.Lock()
			ch.Default = row.rights
			s.mu.Unlock()
			_, err := bob.api.MessagesSendMedia(t.Context(), &tg.MessagesSendMediaRequest{Peer: where, Media: row.in, RandomID: random()})
			wantError(t, err, row.want)
			_, err = bob.api.MessagesSendMultiMedia(t.Context(), &tg.MessagesSendMultiMediaRequest{Peer: where, MultiMedia: album(row.in)})
			wantError(t, err, row.want)
			bob.sendMedia(t, where, &tg.InputMediaWebPage{URL: "https://example.org"}, "no media") // a page is none
			if row.want != "CHAT_SEND_PHOTOS_FORBIDDEN" {
				return
			}
			_, err = bob.api.MessagesForwardMessages(t.Context(), &tg.MessagesForwardMessagesRequest{
				FromPeer: &tg.InputPeerSelf{}, ToPeer: where, ID: []int{saved.ID}, RandomID: []int64{random()},
			})
			wantError(t, err, row.want)
			if _, err := s.Person("bob").SendFile(t.Context(), "Workshop", File{Data: picture(t, 9, 9, ""), Photo: true}, "", SendOptions{}); refusal(err) != row.want {
				t.Errorf("by hand: %v", err)
			}
			alice.sendMedia(t, alice.to(t, "sandbox_workshop"), alice.readyPhoto(t), "") // she made the group
		})
	}
}
