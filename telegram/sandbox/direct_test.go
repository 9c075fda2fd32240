package sandbox

import (
	"github.com/gotd/td/bin"

	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// wireRequest is a request as the wire hands it over, of no session.
func wireRequest(key int64, method uint32, body *bin.Buffer) *wire.Request {
	return &wire.Request{AuthKeyID: key, MethodID: method, Body: body}
}
