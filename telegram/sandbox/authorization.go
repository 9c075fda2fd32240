package sandbox

import (
	"cmp"
	"crypto/rand"
	"encoding/binary"
	"maps"
	"slices"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// keyID names an auth key: each data centre has keys of its own.
type keyID struct {
	dc int
	id int64
}

// authorization is a sign-in: an auth key that acts as an account.
type authorization struct {
	DC      int    `json:"dc"`
	Key     int64  `json:"key"`
	User    int64  `json:"user"`
	Hash    int64  `json:"hash"`
	Created int    `json:"created"`
	Active  int    `json:"active"`
	Order   int    `json:"order,omitempty"`   // of sign-ins, counted from 1
	Foreign bool   `json:"foreign,omitempty"` // exported from the account's own data centre
	Waiting bool   `json:"waiting,omitempty"` // the code was right, the password is still to come
	APIID   int    `json:"api_id"`
	Device  string `json:"device"`
	System  string `json:"system"`
	App     string `json:"app"`

	NoSecrets bool `json:"no_secrets,omitempty"` // takes no secret chats
	NoCalls   bool `json:"no_calls,omitempty"`
}

func (a *authorization) key() keyID { return keyID{a.DC, a.Key} }

func randomInt64() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return int64(binary.LittleEndian.Uint64(b[:]))
}

// bind lets the caller's auth key act as u.
func (c *call) bind(u *user, foreign, waiting bool) *authorization {
	c.unbind(c.key())
	delete(c.lost, c.key())
	a := &authorization{
		DC: c.dc.id, Key: c.request.AuthKeyID, User: u.id, Hash: c.freshInt64(),
		Order: c.signIns + 1, Created: c.now(), Active: c.now(), Foreign: foreign, Waiting: waiting, APIID: c.seed.APIID,
	}
	if init := c.request.Init; init != nil {
		a.APIID, a.Device, a.System, a.App = init.APIID, init.DeviceModel, init.SystemVersion, init.AppVersion
	}
	c.adopt(a)
	c.auth, c.me = a, u
	c.keepAuthorizations()
	return a
}

func (s *Server) adopt(a *authorization) {
	u := s.users[a.User]
	s.signIns = max(s.signIns, a.Order)
	s.auths[a.key()] = a
	if u.auths == nil {
		u.auths = map[keyID]*authorization{}
	}
	u.auths[a.key()] = a
}

// inOrder lists sign-ins in the order in which they came.
func inOrder(auths map[keyID]*authorization) []*authorization {
	return slices.SortedFunc(maps.Values(auths), func(a, b *authorization) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Key, b.Key))
	})
}

func (s *Server) unbind(key keyID) {
	if a := s.auths[key]; a != nil {
		delete(s.users[a.User].auths, key)
		delete(s.auths, key)
	}
}

// signedIn binds the caller to u, or asks for u's password first.
func (c *call) signedIn(u *user) (tg.AuthAuthorizationClass, error) {
	if u.password != nil {
		c.bind(u, false, true)
		return nil, tgerr.New(401, "SESSION_PASSWORD_NEEDED")
	}
	return c.welcome(u), nil
}

// welcome completes a sign-in and tells the account's other sessions of it.
func (c *call) welcome(u *user) *tg.AuthAuthorization {
	a := c.bind(u, false, false)
	if !u.bot {
		news := &tg.UpdateNewAuthorization{Hash: a.Hash}
		news.SetDate(a.Created)
		news.SetDevice(a.Device)
		c.pushShort(u, c.session, news)
	}
	return &tg.AuthAuthorization{User: c.userFor(u, u)}
}

// revoke ends a sign-in from outside: the next call is told cause, and the client is woken up to
// make it.
func (s *Server) revoke(key keyID, cause *tgerr.Error) {
	a := s.auths[key]
	if a == nil {
		return
	}
	s.pushTo(a, updatesTooLong())
	s.unbind(key)
	s.lost[key] = cause
	s.keepAuthorizations()
}

// revokeAll ends all sign-ins of u but one.
func (s *Server) revokeAll(u *user, but keyID, cause *tgerr.Error) {
	for key := range maps.Clone(u.auths) {
		if key != but {
			s.revoke(key, cause)
		}
	}
}
