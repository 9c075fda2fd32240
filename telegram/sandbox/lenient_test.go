package sandbox

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// patched is a call whose bytes have been changed on the way to the server.
type patched struct {
	call  bin.Encoder
	names map[uint32]uint32
}

func (p patched) Encode(b *bin.Buffer) error {
	var inner bin.Buffer
	if err := p.call.Encode(&inner); err != nil {
		return err
	}
	for at := 0; at < inner.Len(); at += bin.Word {
		word := bin.Buffer{Buf: inner.Buf[at:]}
		id, err := word.PeekID()
		if err != nil {
			return err
		}
		if other, known := p.names[id]; known {
			id = other
		}
		b.PutID(id)
	}
	return nil
}

// asPeers writes users and channels as Pyrogram does.
var asPeers = map[uint32]uint32{
	tg.InputUserTypeID: tg.InputPeerUserTypeID, tg.InputUserSelfTypeID: tg.InputPeerSelfTypeID, tg.InputChannelTypeID: tg.InputPeerChannelTypeID,
}

func TestPeersInThePlacesOfUsersAndChannels(t *testing.T) {
	for name, call := range map[string]bin.Encoder{
		"users": &tg.UsersGetUsersRequest{ID: []tg.InputUserClass{
			&tg.InputUserSelf{}, &tg.InputUser{UserID: 7, AccessHash: 8}, &tg.InputUser{UserID: 9, AccessHash: 10},
		}},
		"a channel and users": &tg.ChannelsInviteToChannelRequest{
			Channel: &tg.InputChannel{ChannelID: 1, AccessHash: 2}, Users: []tg.InputUserClass{&tg.InputUser{UserID: 7, AccessHash: 8}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var want, sent bin.Buffer
			if err := call.Encode(&want); err != nil {
				t.Fatal(err)
			}
			if err := (patched{call, asPeers}).Encode(&sent); err != nil {
				t.Fatal(err)
			}
			in, ok := call.(bin.Decoder)
			if !ok {
				t.Fatalf("%T can't be read", call)
			}
			before := string(sent.Buf)
			raw := sent.Buf
			if err := decodeAlike(&sent, in); err != nil {
				t.Fatal(err)
			}
			var got bin.Buffer
			if err := call.Encode(&got); err != nil {
				t.Fatal(err)
			}
			if string(got.Buf) != string(want.Buf) || sent.Len() != 0 {
				t.Errorf("read %x, want %x; %d bytes are left", got.Buf, want.Buf, sent.Len())
			}
			if string(raw) != before {
				t.Error("the call's own bytes were changed")
			}
		})
	}
}

func TestPeersAlikeHaveBounds(t *testing.T) {
	many := &tg.UsersGetUsersRequest{}
	for range maxAlike + 1 {
		many.ID = append(many.ID, &tg.InputUserSelf{})
	}
	var b bin.Buffer
	if err := (patched{many, asPeers}).Encode(&b); err != nil {
		t.Fatal(err)
	}
	if err := decodeAlike(&b, &tg.UsersGetUsersRequest{}); err == nil {
		t.Error("more peers than are taken were read")
	}
	wrong := bin.Buffer{}
	wrong.PutID(tg.UsersGetUsersRequestTypeID)
	wrong.PutVectorHeader(1)
	wrong.PutID(tg.InputPeerChatTypeID)
	wrong.PutLong(1)
	if err := decodeAlike(&wrong, &tg.UsersGetUsersRequest{}); err == nil {
		t.Error("a group was taken for a user")
	}
}

func TestSplitRangesAreOne(t *testing.T) {
	s := serve(t, Options{})
	alice := login(t, s, "alice")
	ranges, err := alice.api.MessagesGetSplitRanges(t.Context())
	if err != nil || len(ranges) != 1 || ranges[0].MinID > 1 || ranges[0].MaxID <= ranges[0].MinID {
		t.Errorf("ranges %v, %v", ranges, err)
	}
}
