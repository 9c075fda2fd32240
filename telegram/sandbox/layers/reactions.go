package layers

import (
	"reflect"

	"github.com/gotd/td/tg"
)

// emoticons lists the reactions of a chat as they were before layer 145: by their emoji alone. All of
// them have no list. A value that is a list already stays as it is.
func emoticons(v reflect.Value) reflect.Value {
	if v.Kind() != reflect.Interface {
		return v
	}
	var list []string
	if some, ok := v.Interface().(*tg.ChatReactionsSome); ok {
		for _, r := range some.Reactions {
			if e := emoticon(r); e != "" {
				list = append(list, e)
			}
		}
	}
	return reflect.ValueOf(list)
}

// someReactions reads such a list.
func someReactions(old fields, in any) {
	request := in.(*tg.MessagesSetChatAvailableReactionsRequest)
	if request.AvailableReactions != nil {
		return
	}
	some := &tg.ChatReactionsSome{}
	for _, e := range old.list("available_reactions") {
		if e, ok := e.(string); ok {
			some.Reactions = append(some.Reactions, &tg.ReactionEmoji{Emoticon: e})
		}
	}
	if request.AvailableReactions = some; len(some.Reactions) == 0 {
		request.AvailableReactions = &tg.ChatReactionsNone{}
	}
}
