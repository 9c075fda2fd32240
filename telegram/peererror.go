package telegram

import (
	"fmt"
	"strings"
)

// PeerUnknownError says that nobody was found for a target, or no way to address them.
type PeerUnknownError struct {
	What  string   // the target as it was given
	Tried []string // where we looked and what we asked, in order
	Hint  string   // what would help
}

func (e *PeerUnknownError) Error() string {
	text := fmt.Sprintf("can't find %q", e.What)
	if len(e.Tried) > 0 {
		text += " (tried " + strings.Join(e.Tried, ", ") + ")"
	}
	if e.Hint != "" {
		text += ": " + e.Hint
	}
	return text
}

// LuaFields are the fields of the error as scripts see it.
func (e *PeerUnknownError) LuaFields() map[string]any {
	return map[string]any{"kind": "PEER_UNKNOWN", "message": e.Error(), "peer": e.What, "hint": e.Hint}
}
