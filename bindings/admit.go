package bindings

import (
	"context"
	"strconv"

	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/telegram"
)

// Admit says whether the script whose call ctx belongs to may use a chat: give it to the account as Options.Admit.
// Telegram's own chat, where login codes come, must be allowed; others may be denied. Who is no script may use all.
func Admit(ctx context.Context, chat int64) error {
	g := runtime.CurrentGeneration(ctx)
	if g == nil {
		return nil
	}
	env, ok := g.Value().(*Env)
	if !ok {
		return nil
	}
	return mayUse(env.Allow, chat)
}

func mayUse(allow *permission.Set, chat int64) error {
	id := strconv.FormatInt(chat, 10)
	if chat == telegram.ServiceChat {
		return allow.Check(permission.Chats, id)
	}
	return allow.Forbidden(permission.Chats, id)
}

// MayHear says whether a script may be told of an event, by its permissions.
func MayHear(allow *permission.Set, e *telegram.Event) bool {
	for _, chat := range e.Chats() {
		if mayUse(allow, chat) != nil {
			return false
		}
	}
	return true
}
