package telegram

import (
	"slices"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// methodName is the name of a request in the schema: "messages.sendMessage". "" if it hides it.
func methodName(in bin.Encoder) string {
	if named, ok := in.(interface{ TypeName() string }); ok {
		return named.TypeName()
	}
	return ""
}

// harmless are the first words of methods that may be called twice: they read, or set something to a
// value that it has then.
var harmless = []string{
	"get", "search", "check", "resolve", "save", "read", "set", "edit", "delete", "receive", "update", "toggle", "ping", "pong",
}

// notHarmless are those whose first word deceives.
var notHarmless = map[string]bool{
	"auth.checkPassword":            true, // counts as a try
	"auth.checkRecoveryPassword":    true,
	"messages.deleteHistory":        true, // goes on where it stopped; the caller counts
	"channels.toggleForum":          true,
	"payments.checkGiftCode":        true,
	"messages.getBotCallbackAnswer": true, // presses a button
	"messages.editInlineBotMessage": false,
}

// repeatable says whether a call whose outcome is unknown may be made again.
func repeatable(in bin.Encoder) bool {
	if _, ok := uniqueOf(in); ok {
		return true // Telegram refuses the second one: RANDOM_ID_DUPLICATE
	}
	name := methodName(in)
	if name == "" || notHarmless[name] {
		return false
	}
	_, verb, _ := strings.Cut(name, ".")
	if name == "auth.sendCode" || name == "auth.exportLoginToken" || name == "help.getConfig" {
		return true
	}
	return slices.ContainsFunc(harmless, func(word string) bool { return strings.HasPrefix(verb, word) })
}

// uniqueOf is what makes a send unique: random_id, see https://core.telegram.org/method/messages.sendMessage
func uniqueOf(in bin.Encoder) (int64, bool) {
	switch r := in.(type) {
	case interface{ GetRandomID() int64 }:
		return r.GetRandomID(), r.GetRandomID() != 0
	case interface{ GetRandomID() []int64 }:
		ids := r.GetRandomID()
		if len(ids) == 0 || slices.Contains(ids, 0) {
			return 0, false
		}
		return ids[0], true
	case *tg.MessagesSendMultiMediaRequest:
		if len(r.MultiMedia) == 0 || slices.ContainsFunc(r.MultiMedia, func(m tg.InputSingleMedia) bool { return m.RandomID == 0 }) {
			return 0, false
		}
		return r.MultiMedia[0].RandomID, true
	}
	return 0, false
}

func asRPC(err error) (*tgerr.Error, bool) { return tgerr.As(err) }
