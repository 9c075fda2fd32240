package sandbox

import (
	"strings"

	"github.com/tgscript/tgscript/telegram/sandbox/layers"
	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// quiet are methods that clients call on connections which only move files, or before they ask for
// anything: a session that has called nothing else is told of no updates. That is why libraries make
// a high-level call, such as updates.getState, when they want to be told.
// See https://core.telegram.org/api/invoking#disabling-updates.
var quiet = map[string]bool{
	"help.getConfig": true, "help.getCdnConfig": true, "help.getNearestDc": true,
	"auth.exportAuthorization": true, "auth.importAuthorization": true, "auth.bindTempAuthKey": true,
}

// subscribes says whether a call makes its session one that is told of updates.
func (s *Server) subscribes(r *wire.Request) bool {
	m, ok := s.table.find(layers.For(r.Layer), r.MethodID)
	return !ok || !quiet[m.name] && !strings.HasPrefix(m.name, "upload.")
}
