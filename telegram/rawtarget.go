package telegram

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/schema"
)

// rawTarget is somebody whom a raw call names, who has yet to be found.
type rawTarget struct {
	to     Target
	class  string         // that the method wants: InputPeer, InputUser or InputChannel
	object *schema.Object // becomes what is found
	found  Peer
}

// convert is what a value stands for where the schema wants a peer; nil leaves it as it is. Telegram is asked later.
func (c *RawCall) convert(class string, v any) (*schema.Object, error) {
	switch class {
	case "InputPeer", "InputUser", "InputChannel":
	case "InputDialogPeer":
		return c.around(class, "inputDialogPeer", v)
	case "InputNotifyPeer":
		return c.around(class, "inputNotifyPeer", v)
	default:
		return nil, nil
	}
	if writtenAs(class, v) {
		return nil, nil
	}
	to, err := targetOf(v)
	if err != nil {
		return nil, err
	}
	promised := new(schema.Object)
	c.targets = append(c.targets, &rawTarget{to: to, class: class, object: promised})
	return promised, nil
}

// around makes the classes that hold a peer of what stands for one.
func (c *RawCall) around(class, constructor string, v any) (*schema.Object, error) {
	if writtenAs(class, v) {
		return nil, nil
	}
	maker := schema.Maker{Convert: c.convert}
	return maker.Object(class, map[string]any{schema.Tag: constructor, "peer": v})
}

// writtenAs says whether a value is written out as the schema has it.
func writtenAs(class string, v any) bool {
	name := ""
	switch v := v.(type) {
	case *schema.Object:
		name = v.Name()
	case map[string]any:
		name, _ = v[schema.Tag].(string)
	case string:
		name = v
	}
	d := schema.Find(name)
	return d != nil && !d.Method && d.Result.Class == class
}

// targetOf is who a value means.
func targetOf(v any) (Target, error) {
	switch v := v.(type) {
	case Target:
		return v, nil
	case string:
		if v == "" {
			return nil, errors.New("a chat expected, got an empty string")
		}
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			return ID(id), nil
		}
		return Name(v), nil
	case int:
		return ID(v), nil
	case int64:
		return ID(v), nil
	case float64:
		if id := int64(v); float64(id) == v && id != 0 {
			return ID(id), nil
		}
	case *schema.Object:
		if to := TargetOf(v); to != nil {
			return to, nil
		}
		return nil, fmt.Errorf("a chat expected, got %s", v.Name())
	case map[string]any:
		name, _ := v[schema.Tag].(string)
		d := schema.Find(name)
		if d == nil || d.Method {
			return nil, errors.New("a chat expected, got a table")
		}
		o, err := schema.Maker{}.Object(d.Result.Class, v)
		if err != nil {
			return nil, err
		}
		return targetOf(o)
	}
	return nil, errors.New("a chat expected: a name, an id or an object that has one")
}

// TargetOf is whom an object that Telegram has shown is about: a peer, a user, a message ...; nil if about nobody.
func TargetOf(o *schema.Object) Target {
	switch name := o.Name(); name {
	case "peerUser":
		return ID(o.Int("user_id"))
	case "peerChat":
		return ID(groupID(o.Int("chat_id")))
	case "peerChannel":
		return ID(channelID(o.Int("channel_id")))
	case "user", "userFull":
		return ID(o.Int("id"))
	case "chat", "chatForbidden":
		return ID(groupID(o.Int("id")))
	case "channel", "channelForbidden", "channelFull":
		return ID(channelID(o.Int("id")))
	case "message", "messageService":
		return targetWithin(o.Object("peer_id"))
	case "dialog", "dialogPeer", "sendAsPeer":
		return targetWithin(o.Object("peer"))
	case "inputPeerSelf", "inputUserSelf":
		return Name("me")
	}
	if input := inputPeerOf(o); input != nil {
		return Peer{ID: inputID(input), Input: input}
	}
	return nil
}

func targetWithin(o *schema.Object) Target {
	if o == nil {
		return nil
	}
	return TargetOf(o)
}

// inputPeerOf is the typed form of an address; nil if the object is none.
func inputPeerOf(o *schema.Object) tg.InputPeerClass {
	var b bin.Buffer
	if o.Def.Method || o.Encode(&b) != nil {
		return nil
	}
	switch o.Def.Result.Class {
	case "InputPeer":
		if peer, err := tg.DecodeInputPeer(&b); err == nil {
			return peer
		}
	case "InputUser":
		switch u := o; u.Name() {
		case "inputUserSelf":
			return &tg.InputPeerSelf{}
		case "inputUser":
			return &tg.InputPeerUser{UserID: u.Int("user_id"), AccessHash: u.Int("access_hash")}
		}
	case "InputChannel":
		if o.Name() == "inputChannel" {
			return &tg.InputPeerChannel{ChannelID: o.Int("channel_id"), AccessHash: o.Int("access_hash")}
		}
	}
	return nil
}

// resolve finds everybody whom the call names.
func (c *RawCall) resolve(ctx context.Context) error {
	for _, t := range c.targets {
		if t.found.Input != nil {
			continue
		}
		peer, err := c.account.Resolve(ctx, t.to)
		if err == nil {
			err = t.take(peer)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", c.inner.Name(), err)
		}
	}
	return nil
}

// take makes the address that the method wants.
func (t *rawTarget) take(peer Peer) error {
	var input bin.Encoder = peer.Input
	ok := peer.Input != nil
	switch t.class {
	case "InputUser":
		input, ok = peer.inputUser()
	case "InputChannel":
		input, ok = peer.inputChannel()
	}
	if !ok {
		want := map[string]string{"InputPeer": "chat", "InputUser": "user or bot", "InputChannel": "channel or supergroup"}[t.class]
		return &schema.ValueError{Method: "peer", Problem: fmt.Sprintf("a %s expected, %v is none", want, t.to)}
	}
	o, err := schema.Of(input)
	if err != nil {
		return err
	}
	t.object.Become(o)
	t.found = peer
	return nil
}

// renew looks those up anew who were named by their names. It says whether any is another now.
func (c *RawCall) renew(ctx context.Context) (changed bool, err error) {
	for _, t := range c.targets {
		name, ok := t.to.(Name)
		if !ok {
			continue // by an id alone nobody can be looked up
		}
		c.account.peers.forget(t.found.ID)
		peer, err := c.account.Resolve(ctx, name)
		if err != nil {
			return false, err
		}
		if peer.Input != nil && peer.Input.String() != t.found.Input.String() {
			changed = true
			if err := t.take(peer); err != nil {
				return false, err
			}
		}
	}
	return changed, nil
}
