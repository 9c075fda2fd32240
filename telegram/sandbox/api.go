package sandbox

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"github.com/tgscript/tgscript/telegram/sandbox/layers"
	"github.com/tgscript/tgscript/telegram/sandbox/wire"
)

// rules say who may call a method, and how.
type rules uint8

const (
	open     rules = 1 << iota // without being signed in
	people                     // not by bots
	bots                       // by bots only
	abroad                     // with an authorization exported from another data centre, too
	unlocked                   // runs without the server's lock, which it takes itself
)

// request is something that a table can hold: a method's arguments.
type request[T any] interface {
	*T
	bin.Decoder
	tdp.Object
	TypeID() uint32
	TypeName() string
}

// method is a row of the table of what is emulated.
type method struct {
	name  string
	rules rules
	run   func(ctx context.Context, c *call, b *bin.Buffer) (bin.Encoder, error)
}

// table has the methods by id, in the newest layer, and by name.
type table struct {
	ids   map[uint32]method
	names map[string]method
}

func (t table) add(id uint32, m method) { t.ids[id], t.names[m.name] = m, m }

// find looks a method up by the id that it has in a layer.
func (t table) find(layer *layers.Table, id uint32) (method, bool) {
	if layer != nil {
		if m, ok := t.names[layer.Method(id)]; ok {
			return m, true
		}
	}
	m, ok := t.ids[id]
	return m, ok
}

// on adds a method to the table; its handler runs with the server locked unless the rules say
// otherwise.
func on[T any, P request[T]](t table, r rules, handle func(c *call, in P) (bin.Encoder, error)) {
	var zero P = new(T)
	t.add(zero.TypeID(), method{name: zero.TypeName(), rules: r, run: func(_ context.Context, c *call, b *bin.Buffer) (raw bin.Encoder, err error) {
		var in P = new(T)
		if err := c.decode(b, in); err != nil {
			return nil, bad("INPUT_FETCH_ERROR")
		}
		if r&unlocked == 0 {
			c.enter()
			defer func() { c.over(raw, err) }()
		}
		if err := c.admit(r); err != nil {
			return nil, err
		}
		c.inspected.asks(in)
		answer, err := handle(c, in)
		if err != nil {
			return nil, err
		}
		c.inspected.says(answer)
		// Encoding writes to the flags of messages that others may be encoding: under the lock.
		written, err := encode(c.layer, answer)
		if err != nil {
			return nil, fmt.Errorf("encode the answer to %s: %w", in.TypeName(), err)
		}
		return written, nil
	}})
}

// lastly is the end of a handler that runs without the lock: what it changes, and the answer.
func (c *call) lastly(do func() (bin.Encoder, error)) (answer bin.Encoder, err error) {
	c.enter()
	defer func() { c.over(answer, err) }()
	if answer, err = do(); err == nil {
		c.inspected.says(answer)
	}
	return answer, err
}

// argument is a call's arguments in their newest form.
type argument interface {
	bin.Decoder
	tdp.Object
	TypeID() uint32
}

// decode reads a call's arguments as the client's layer writes them.
func (c *call) decode(b *bin.Buffer, in argument) error {
	if c.layer != nil && c.layer.Method(c.request.MethodID) != "" {
		return c.layer.Decode(b, in)
	}
	return decodeAlike(b, in)
}

// encode writes something for a client of a layer; nil is the newest.
func encode(layer *layers.Table, v bin.Encoder) (wire.Raw, error) {
	if layer != nil {
		return layer.Encode(v)
	}
	var b bin.Buffer
	err := v.Encode(&b)
	return b.Buf, err
}

// methods is the whole table.
func methods() table {
	t := table{map[uint32]method{}, map[string]method{}}
	for _, area := range []func(table){
		helpMethods, authMethods, qrMethods, passwordMethods, exportMethods, accountMethods,
		updatesMethods, usersMethods, contactsMethods,
		uploadMethods, photosMethods, sendMethods, mediaMethods, scheduleMethods, editMethods, deleteMethods, forwardMethods, historyMethods, searchMethods,
		readMethods, dialogsMethods, groupsMethods, channelsMethods,
		membershipMethods, membersMethods, invitesMethods, requestsMethods, adminsMethods, chatInfoMethods, adminLogMethods,
		createMethods, settingsMethods, groupSettingsMethods, pinsMethods, topicsMethods, privacyMethods, profileMethods, setPasswordMethods, ownerMethods,
		callbackMethods, inlineMethods, botsMethods, reactionsMethods, pollsMethods,
		draftsMethods, viewsMethods, readDatesMethods, repliesMethods, mentionsMethods, ttlMethods, previewMethods, sendAsMethods, reportMethods,
		takeoutMethods, foldersMethods, filtersMethods, notifyMethods, botRightsMethods, statsMethods,
		paymentsMethods, starsMethods, lifetimeMethods, looksMethods, gamesMethods, emojiStatusMethods, webViewMethods,
	} {
		area(t)
	}
	return t
}

// Methods lists the TL methods that a server emulates, by name.
func Methods() []string {
	var names []string
	for name := range methods().names {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// call is one RPC while it runs. Its fields after session are set by admit, under the lock.
type call struct {
	*Server
	dc      *dataCentre
	request *wire.Request
	session *wire.Session
	layer   *layers.Table  // the client's, nil for the newest
	auth    *authorization // nil if nobody is signed in
	me      *user

	inspected *Inspection // what the inspectors will be told of it; nil if there are none
	fault     *Fault      // that the call has met; nil is none
}

// key is the auth key the call came with.
func (c *call) key() keyID { return keyID{c.dc.id, c.request.AuthKeyID} }

// admit checks the caller against a method's rules.
func (c *call) admit(r rules) error {
	if r&unlocked != 0 {
		c.enter()
		defer c.mu.Unlock()
	}
	if c.request.AuthKeyID == 0 && r&open == 0 {
		return tgerr.New(401, "AUTH_KEY_PERM_EMPTY")
	}
	if lost, ok := c.lost[c.key()]; ok && r&open == 0 {
		return lost
	}
	if a := c.auths[c.key()]; a != nil && !(r&open != 0 && c.users[a.User].banned) {
		c.auth, c.me = a, c.users[a.User]
		if c.inspected != nil {
			c.inspected.Account = c.me.name
		}
		a.Active = c.now()
	}
	switch {
	case c.me == nil && r&open != 0:
		return nil
	case c.me == nil:
		return tgerr.New(401, "AUTH_KEY_UNREGISTERED")
	case c.me.banned:
		return tgerr.New(401, "USER_DEACTIVATED_BAN")
	case c.auth.Waiting && r&open == 0:
		return tgerr.New(401, "SESSION_PASSWORD_NEEDED")
	case c.me.bot && r&people != 0:
		return bad("BOT_METHOD_INVALID")
	case !c.me.bot && r&bots != 0:
		return bad("USER_BOT_REQUIRED")
	case c.inTakeout() != nil:
		return c.inTakeout()
	case c.auth.Foreign && r&(abroad|open) == 0:
		return migrate("USER", c.me.dc)
	}
	return nil
}

// serve answers one RPC that came to a data centre.
func (s *Server) serve(ctx context.Context, dc *dataCentre, r *wire.Request) (answer bin.Encoder, err error) {
	layer := layers.For(r.Layer)
	var seen *Inspection
	if s.inspectors.any() {
		seen = s.watch(dc, r)
		defer func() { s.seen(seen, answer, err) }()
	}
	m, ok := s.table.find(layer, r.MethodID)
	if !ok {
		name := s.typeName(r.MethodID)
		s.log.WarnContext(ctx, "method isn't emulated", "method", name)
		return nil, tgerr.New(501, "METHOD_NOT_EMULATED: "+name)
	}
	c := &call{Server: s, dc: dc, request: r, session: r.Session, layer: layer, inspected: seen}
	if s.faults.active.Load() {
		name := s.accountName(c.key())
		if c.fault = s.faults.take(name, m.name); c.fault != nil && seen != nil {
			seen.Account, seen.Fault = name, true
		}
	}
	if fault := c.fault; fault != nil && !fault.After && !fault.benign() {
		return nil, s.spoil(r, fault)
	}
	answer, err = m.run(ctx, c, r.Body)
	if c.fault != nil {
		if spoiled := s.spoil(r, c.fault); spoiled != nil {
			return nil, spoiled
		}
	}
	if err != nil {
		s.refused(ctx, m.name, err)
		return nil, err
	}
	return answer, nil
}

func (s *Server) refused(ctx context.Context, method string, err error) {
	var rpc *tgerr.Error
	if errors.As(err, &rpc) {
		s.log.DebugContext(ctx, "call refused", "method", method, "error", rpc.Message)
		return
	}
	s.log.Log(ctx, slog.LevelError, "call ended in a fault of the sandbox", "method", method, "error", err)
}

func (s *Server) typeName(id uint32) string {
	if name, _, _ := strings.Cut(s.types()[id], "#"); name != "" {
		return name
	}
	return "0x" + strconv.FormatUint(uint64(id), 16)
}

// bad is an error of the caller's making, by Telegram's name for it.
func bad(name string) error { return tgerr.New(400, name) }

func forbidden(name string) error { return tgerr.New(403, name) }

// migrate sends the caller to another data centre. See https://core.telegram.org/api/errors#303-see-other.
func migrate(what string, dc int) error {
	return tgerr.New(303, what+"_MIGRATE_"+strconv.Itoa(dc))
}

// yes is the answer of methods that have nothing else to say.
func yes() (bin.Encoder, error) { return &tg.BoolTrue{}, nil }
