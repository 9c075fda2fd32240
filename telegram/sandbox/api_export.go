package sandbox

import (
	"maps"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

const exportLife = 60 // seconds

// exportedAuth is an authorization on its way to another data centre:
// https://core.telegram.org/api/datacenter#authorization-transfer.
type exportedAuth struct {
	user    int64
	dc      int
	expires int
}

func exportMethods(t table) {
	on(t, abroad, (*call).exportAuthorization)
	on(t, open, (*call).importAuthorization)
}

// exportAuthorization: https://core.telegram.org/method/auth.exportAuthorization
func (c *call) exportAuthorization(in *tg.AuthExportAuthorizationRequest) (bin.Encoder, error) {
	if c.dcs[in.DCID] == nil || in.DCID == c.dc.id {
		return nil, bad("DC_ID_INVALID")
	}
	maps.DeleteFunc(c.exports, func(_ string, old exportedAuth) bool { return old.expires < c.now() })
	token := randomBytes(64)
	c.exports[string(token)] = exportedAuth{c.me.id, in.DCID, c.now() + exportLife}
	return &tg.AuthExportedAuthorization{ID: c.me.id, Bytes: token}, nil
}

// importAuthorization: https://core.telegram.org/method/auth.importAuthorization
func (c *call) importAuthorization(in *tg.AuthImportAuthorizationRequest) (bin.Encoder, error) {
	export, ok := c.exports[string(in.Bytes)]
	if !ok || export.user != in.ID || export.dc != c.dc.id || export.expires <= c.now() {
		return nil, bad("AUTH_BYTES_INVALID")
	}
	delete(c.exports, string(in.Bytes))
	u := c.users[export.user]
	c.bind(u, u.dc != c.dc.id, false)
	return &tg.AuthAuthorization{User: c.userFor(u, u)}, nil
}
