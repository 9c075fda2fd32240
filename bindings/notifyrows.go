package bindings

import (
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// orForever is the time, or for good if none was given.
func (u until) orForever() time.Time {
	if u.at.IsZero() {
		return telegram.Forever
	}
	return u.at
}

type muteChatArgs struct {
	Chat  target `lua:"chat" doc:"Which one."`
	Until until  `lua:"until_date,optional" doc:"How long, or until when; for good if not given."`
}

var muteChat = spec.Method("mute_chat", "Keep a chat quiet.",
	func(c *spec.Call, cl *client, in muteChatArgs) (spec.None, error) {
		return spec.None{}, cl.account.Mute(c, in.Chat.Target, in.Until.orForever())
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:mute_chat("@noisy_group", "8h")
client:mute_chat("@noisy_group")`)

var unmuteChat = spec.Method("unmute_chat", "Let a chat be heard again.",
	func(c *spec.Call, cl *client, in dialogArgs) (spec.None, error) {
		return spec.None{}, cl.account.Mute(c, in.Chat.Target, time.Time{})
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:unmute_chat("@friend")`)

// notifyPlace is one chat, or all of a kind.
type notifyPlace struct {
	Chat  target `lua:"chat,optional" doc:"Which chat."`
	Scope string `lua:"scope,optional" enum:"users,groups,channels" doc:"All chats of a kind instead."`
}

func (p notifyPlace) scope() telegram.NotifyScope {
	return map[string]telegram.NotifyScope{"users": telegram.NotifyUsers, "groups": telegram.NotifyGroups, "channels": telegram.NotifyChannels}[p.Scope]
}

// check finds that nothing was named, or both.
func (p notifyPlace) check(function string) error {
	if (p.Chat.Target == nil) == (p.Scope == "") {
		return &spec.ArgumentError{Function: function, Problem: "name a chat, or a scope, one of both: { chat = ... } or { scope = 'groups' }"}
	}
	return nil
}

type notifyArgs struct {
	Opts notifyPlace `lua:"options" doc:"Of what."`
}

// notifySettings are the result of get_notify_settings.
type notifySettings struct {
	Previews any `lua:"show_previews"`
	Silent   any `lua:"silent"`
	Until    any `lua:"muted_until"`
}

var getNotifySettings = spec.Method("get_notify_settings", "How a chat, or all chats of a kind, make themselves heard. What is nil is as for all chats of the kind.",
	func(c *spec.Call, cl *client, in notifyArgs) (notifySettings, error) {
		var out notifySettings
		if err := in.Opts.check("get_notify_settings"); err != nil {
			return out, err
		}
		s, err := cl.account.NotifySettings(c, in.Opts.Chat.Target, in.Opts.scope())
		if s.Previews != nil {
			out.Previews = *s.Previews
		}
		if s.Silent != nil {
			out.Silent = *s.Silent
		}
		if s.Until != nil && !s.Until.IsZero() {
			out.Until = s.Until.Unix()
		}
		return out, err
	},
).Result("{ show_previews?: boolean, silent?: boolean, muted_until?: integer }").Raises("PEER_UNKNOWN").
	Example(`print(client:get_notify_settings({ chat = "@friend" }).silent)
print(client:get_notify_settings({ scope = "groups" }).muted_until)`)

type notifyOptions struct {
	notifyPlace
	Previews *bool `lua:"show_previews,optional" doc:"Show what was written."`
	Silent   *bool `lua:"silent,optional" doc:"Show, but make no sound."`
	Muted    until `lua:"muted_until,optional" doc:"How long, or until when, it is quiet."`
	Unmuted  bool  `lua:"unmuted,optional" doc:"Not muted any more."`
}

type setNotifyArgs struct {
	Opts notifyOptions `lua:"options" doc:"Of what, and how; what isn't given stays."`
}

var setNotifySettings = spec.Method("set_notify_settings", "Change how a chat, or all chats of a kind, make themselves heard.",
	func(c *spec.Call, cl *client, in setNotifyArgs) (spec.None, error) {
		if err := in.Opts.check("set_notify_settings"); err != nil {
			return spec.None{}, err
		}
		s := telegram.NotifySettings{Previews: in.Opts.Previews, Silent: in.Opts.Silent}
		if in.Opts.Unmuted || !in.Opts.Muted.at.IsZero() {
			s.Until = &in.Opts.Muted.at
		}
		return spec.None{}, cl.account.SetNotifySettings(c, in.Opts.Chat.Target, in.Opts.scope(), s)
	},
).InOrder().Raises("PEER_UNKNOWN").Example(`client:set_notify_settings({ scope = "groups", muted_until = "12h" })
client:set_notify_settings({ chat = "@friend", silent = true })`)
