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
	"get", "search", "check", "resolve", "save", "read", "set", "edit", "delete", "receive", "update", "toggle",
}

// exceptions are methods whose first word deceives.
var exceptions = map[string]bool{
	"auth.sendCode":                  true, // the same code comes
	"auth.exportLoginToken":          true,
	"auth.importBotAuthorization":    true,
	"auth.logOut":                    true,
	"auth.checkPassword":             false, // counts as a try
	"auth.checkRecoveryPassword":     false,
	"messages.sendReaction":          true,  // takes the place of those before
	"messages.uploadMedia":           true,  // nobody sees what it makes
	"messages.getBotCallbackAnswer":  false, // presses a button
	"account.updatePasswordSettings": false, // the old password is wrong the second time
}

// repeatable says whether a call whose outcome is unknown may be made again.
func repeatable(in bin.Encoder) bool {
	if _, ok := uniqueOf(in); ok {
		return true // Telegram refuses the second one: RANDOM_ID_DUPLICATE
	}
	name := methodName(in)
	if safe, ok := exceptions[name]; ok {
		return safe
	}
	_, verb, _ := strings.Cut(name, ".")
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
