package layers

import (
	"bytes"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func TestReactionsOfChatsAreShown(t *testing.T) {
	for _, r := range []tg.ChatReactionsClass{
		&tg.ChatReactionsAll{}, &tg.ChatReactionsNone{}, &tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}, &tg.ReactionCustomEmoji{}}},
	} {
		group := &tg.ChatFull{Participants: &tg.ChatParticipantsForbidden{}}
		group.SetAvailableReactions(r)
		channel := &tg.ChannelFull{ChatPhoto: &tg.PhotoEmpty{}}
		channel.SetAvailableReactions(r)
		for _, layer := range []int{144, 158, 198, 227} {
			for _, v := range []bin.Encoder{group, channel} {
				if _, err := For(layer).Encode(v); err != nil {
					t.Errorf("layer %d, %T with %T: %v", layer, v, r, err)
				}
			}
		}
	}
	group := &tg.ChatFull{Participants: &tg.ChatParticipantsForbidden{}}
	group.SetAvailableReactions(&tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}})
	raw, err := For(144).Encode(group)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(raw, []byte("👍")) {
		t.Errorf("nobody may react: %x", raw)
	}
}

func TestReactionsOfChatsAreRead(t *testing.T) {
	for want, list := range map[uint32][]any{tg.ChatReactionsSomeTypeID: {"👍"}, tg.ChatReactionsNoneTypeID: {}} {
		var in tg.MessagesSetChatAvailableReactionsRequest
		adapters["messages.setChatAvailableReactions"](fields{"available_reactions": list}, &in)
		if in.AvailableReactions.TypeID() != want {
			t.Errorf("%v became %v", list, &in)
		}
	}
}
