package sandbox

import (
	"testing"

	"github.com/gotd/td/tg"
)

// filters are all that go by media, by the constructor.
func filters() map[string]tg.MessagesFilterClass {
	return map[string]tg.MessagesFilterClass{
		"photos": &tg.InputMessagesFilterPhotos{}, "video": &tg.InputMessagesFilterVideo{}, "photo or video": &tg.InputMessagesFilterPhotoVideo{},
		"documents": &tg.InputMessagesFilterDocument{}, "gif": &tg.InputMessagesFilterGif{}, "voice": &tg.InputMessagesFilterVoice{},
		"music": &tg.InputMessagesFilterMusic{}, "round": &tg.InputMessagesFilterRoundVideo{}, "round or voice": &tg.InputMessagesFilterRoundVoice{},
		"contacts": &tg.InputMessagesFilterContacts{}, "geo": &tg.InputMessagesFilterGeo{},
	}
}

func TestFiltersFindMedia(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	me := &tg.InputPeerSelf{}
	alice.send(t, me, "no media")
	alice.sendPhoto(t, me, picture(t, 9, 9, ""), "a photo")
	for _, a := range [][]tg.DocumentAttributeClass{
		nil, {&tg.DocumentAttributeVideo{}}, {&tg.DocumentAttributeVideo{RoundMessage: true}}, {&tg.DocumentAttributeVideo{}, &tg.DocumentAttributeAnimated{}},
		{&tg.DocumentAttributeAnimated{}, &tg.DocumentAttributeVideo{}}, {&tg.DocumentAttributeAudio{}}, {&tg.DocumentAttributeAudio{Voice: true}},
		{&tg.DocumentAttributeSticker{Stickerset: &tg.InputStickerSetEmpty{}}},
	} {
		alice.sendDocument(t, me, "a", noise(9), a...)
	}
	alice.sendMedia(t, me, &tg.InputMediaContact{PhoneNumber: "1", FirstName: "one"}, "")
	alice.sendMedia(t, me, &tg.InputMediaGeoPoint{GeoPoint: &tg.InputGeoPoint{}}, "")
	alice.sendMedia(t, me, &tg.InputMediaDice{Emoticon: "🎲"}, "")
	want := map[string]int{
		"photos": 1, "video": 1, "photo or video": 2, "documents": 1, "gif": 2, "voice": 1, "music": 1, "round": 1, "round or voice": 2,
		"contacts": 1, "geo": 1,
	}
	for name, filter := range filters() {
		answer, err := alice.api.MessagesSearch(t.Context(), &tg.MessagesSearchRequest{Peer: me, Filter: filter, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		modified, _ := answer.AsModified()
		if got := len(modified.GetMessages()); got != want[name] {
			t.Errorf("%s: %d messages, want %d", name, got, want[name])
		}
		counters, err := alice.api.MessagesGetSearchCounters(t.Context(), &tg.MessagesGetSearchCountersRequest{Peer: me, Filters: []tg.MessagesFilterClass{filter}})
		if err != nil || len(counters) != 1 || counters[0].Count != want[name] {
			t.Errorf("%s: counted %v, %v", name, counters, err)
		}
		global, err := alice.api.MessagesSearchGlobal(t.Context(), &tg.MessagesSearchGlobalRequest{Filter: filter, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if modified, _ := global.AsModified(); len(modified.GetMessages()) != want[name] {
			t.Errorf("%s in all chats: %d messages, want %d", name, len(modified.GetMessages()), want[name])
		}
	}
	answer, err := alice.api.MessagesSearch(t.Context(), &tg.MessagesSearchRequest{Peer: me, Q: "PHOTO", Filter: &tg.InputMessagesFilterPhotos{}, Limit: 50})
	if err != nil || texts(answer) != "a photo" {
		t.Errorf("by its caption: %v, %v", answer, err)
	}
}

func TestChatPhotosAreFiltered(t *testing.T) {
	r, err := newRecord(&tg.MessageService{ID: 1, PeerID: &tg.PeerUser{}, Action: &tg.MessageActionChatEditPhoto{Photo: &tg.PhotoEmpty{}}}, 1, peer{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !matches(r, "", &tg.InputMessagesFilterChatPhotos{}) || matches(r, "", &tg.InputMessagesFilterPhotos{}) || matches(r, "x", &tg.InputMessagesFilterChatPhotos{}) {
		t.Error("a new photo of a chat isn't found as what it is")
	}
	other, err := newRecord(&tg.MessageService{ID: 1, PeerID: &tg.PeerUser{}, Action: &tg.MessageActionChatDeletePhoto{}}, 1, peer{}, nil)
	if err != nil || matches(other, "", &tg.InputMessagesFilterChatPhotos{}) {
		t.Errorf("no photo of a chat is found, %v", err)
	}
}
