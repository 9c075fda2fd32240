package sandbox

import (
	"strings"

	"github.com/tgscript/tgscript/telegram/sandbox/layers"
	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// first are methods that clients call on every connection, before they use it for what it's for. A
// session that calls nothing else is told of updates; when it turns out to move files, no more: its
// client has another one for updates, and would hear everything twice.
// See https://core.telegram.org/api/invoking#disabling-updates.
var first = map[string]bool{
	"help.getConfig": true, "help.getCdnConfig": true, "help.getNearestDc": true,
	"auth.exportAuthorization": true, "auth.importAuthorization": true, "auth.bindTempAuthKey": true,
}

// interest is what a call tells of its session.
func (s *Server) interest(r *wire.Request) wire.Interest {
	m, ok := s.table.find(layers.For(r.Layer), r.MethodID)
	switch {
	case !ok:
		return wire.Undecided
	case strings.HasPrefix(m.name, "upload."):
		return wire.Elsewhere
	case first[m.name]:
		return wire.Undecided
	}
	return wire.Interested
}
