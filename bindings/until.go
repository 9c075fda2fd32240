package bindings

import (
	"strconv"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

// until is when something ends: a time, or a duration from now.
type until struct{ at time.Time }

// DecodeLua reads seconds since 1970, the text of a time, or a duration: numbers below a year are durations.
func (u *until) DecodeLua(L *vm.State, v vm.Value) error {
	const year = 366 * 24 * 60 * 60
	switch v := v.(type) {
	case vm.Number:
		if v > 0 && v < year {
			u.at = timeIn(L).Add(time.Duration(float64(v) * float64(time.Second)))
			return nil
		}
		if v >= year && v < 1<<31 {
			u.at = time.Unix(int64(v), 0)
			return nil
		}
	case vm.String:
		if d, ok := spec.ParseDuration(string(v)); ok && d > 0 && timeIn(L).Add(d).Unix() < 1<<31 {
			u.at = timeIn(L).Add(d)
			return nil
		}
		if at, ok := spec.ParseTime(string(v)); ok && at.Unix() > 0 {
			u.at = at
			return nil
		}
	}
	return spec.Expected("time or duration", v)
}

// timeIn is the time for a script.
func timeIn(L *vm.State) time.Time { return runtime.Now(vm.Context(L)) }

// LuaType is its name in the editor types.
func (until) LuaType() string { return "Until" }

// unix is the time as Telegram wants it, 0 for none.
func (u until) unix() int {
	if u.at.IsZero() {
		return 0
	}
	return int(u.at.Unix())
}

var _ spec.Decoder = (*until)(nil)

// chatAliases are the names of types of this area that aren't classes.
var chatAliases = []spec.Alias{
	{Name: "Link", Type: "string|InviteLink", Doc: "An invite link."},
	{Name: "ReactionChoice", Type: "boolean|\"all\"|\"none\"|string[]", Doc: "Which reactions a chat allows: all, none, or a list of emoji and ids " +
		"of custom emoji; true is all but custom ones."},
	{Name: "TopicID", Type: "integer|string|Topic", Doc: "Which topic: its id, or the topic itself."},
	{Name: "Until", Type: "number|string", Doc: "When something ends: how long from now (\"1h\", 3600), or a time (seconds since 1970, \"2026-01-31T12:00:00Z\")."},
}

// wholeID reads an id of 64 bits that was written in digits.
func wholeID(text string) (int64, bool) {
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil && id != 0
}
