package telegram

// RPCError is Telegram's answer to a call that it refused.
type RPCError struct {
	Kind    string // Telegram's name of the error without its number: "FLOOD_WAIT"
	Code    int    // like HTTP's: 400, 401, 403, 420 ...
	Seconds int    // how long to wait, for those that say so
	Method  string // "messages.sendMessage"; "" if unknown
	Cause   error
}

func (e *RPCError) Error() string { return e.Kind }
func (e *RPCError) Unwrap() error { return e.Cause }

// LuaFields are the fields of the error as scripts see it.
func (e *RPCError) LuaFields() map[string]any { return nil }

// PeerUnknownError says that nobody was found for a target, or no way to address them.
type PeerUnknownError struct {
	What  string   // the target as it was given
	Tried []string // what was asked, in order
	Hint  string   // what would help
}

func (e *PeerUnknownError) Error() string { return e.What }
