package bindings

import (
	"reflect"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/telegram"
)

// permissions are what somebody may do in a chat.
type permissions struct{ *telegram.Permissions }

// may says whether a right is theirs, by its name in Lua.
func (p *permissions) may(name string) bool {
	var admin func(tg.ChatAdminRights) bool
	var kept func(tg.ChatBannedRights) bool
	for _, r := range adminRights {
		if r.name == name {
			admin = func(all tg.ChatAdminRights) bool { return *r.of(&all) }
		}
	}
	for _, r := range bannedRights {
		if r.name == name {
			kept = func(all tg.ChatBannedRights) bool { return *r.of(&all) || all.ViewMessages }
		}
	}
	switch {
	case admin != nil && kept != nil:
		return p.Either(admin, kept)
	case admin != nil:
		return p.Admin(admin)
	}
	return p.May(kept)
}

// permissionsClass is the class Permissions.
var permissionsClass = spec.Class{
	Name: "Permissions", Call: "permissions", Go: reflect.TypeFor[*permissions](),
	Doc: "What somebody may do in a chat, all rules taken together: what admins may, what members may, and what was taken from this one.",
	Text: func(v any) string {
		p := v.(*permissions)
		if p.Participant == nil {
			return "Permissions(all members)"
		}
		return "Permissions(" + p.Role() + " " + (&peer{Peer: p.Peer}).name() + ")"
	},
	Fields: permissionFields(),
}

func permissionFields() []spec.Field {
	fields := []spec.Field{
		spec.Get("is_creator", "The chat is theirs.", func(p *permissions) bool { return p.IsCreator() }),
		spec.Get("is_admin", "The creator or an admin.", func(p *permissions) bool { return p.IsAdmin() }),
		spec.Get("has_default_permissions", "Nothing but the rights of all members counts for them.", func(p *permissions) bool { return p.HasDefault() }),
		spec.Get("is_banned", "Kept out or restricted.", func(p *permissions) bool { return p.IsBanned() }),
		spec.Get("has_left", "Was there and isn't any more.", func(p *permissions) bool { return p.HasLeft() }),
		spec.Get("participant", "Their place in the chat; nil for the rights of all members.", func(p *permissions) *participant {
			return participantOf(p.Participant)
		}),
		spec.Get("default_banned_rights", "What members are kept from, as Telegram describes it.", func(p *permissions) *object { return rightsObject(&p.Default) }),
	}
	seen := map[string]bool{}
	add := func(name, doc string) {
		if !seen[name] {
			seen[name] = true
			fields = append(fields, spec.Get(name, "May "+doc+".", func(p *permissions) bool { return p.may(name) }))
		}
	}
	for _, r := range adminRights {
		add(r.name, r.doc)
	}
	for _, r := range bannedRights {
		add(r.name, r.doc)
	}
	return fields
}

type permissionArgs struct {
	Chat target `lua:"chat" doc:"In which chat."`
	User target `lua:"user,optional" doc:"Who; nil asks what all members may do."`
}

var getPermissions = spec.Method("get_permissions", "Ask what somebody may do in a group or channel.",
	func(c *spec.Call, cl *client, in permissionArgs) (*permissions, error) {
		found, err := cl.account.Permissions(c, in.Chat.Target, in.User.Target)
		if err != nil {
			return nil, err
		}
		return &permissions{found}, nil
	},
).Example(`if client:get_permissions("Friends", "me").is_admin then print("I am an admin") end
print(client:get_permissions("Friends").send_media) -- of all members`).Raises("USER_NOT_PARTICIPANT", "CHAT_KIND")

type editAdminOptions struct {
	adminChoice
	IsAdmin *bool   `lua:"is_admin,optional" doc:"What the rights are that are left out. Default: false. With is_admin = false alone they are no admin any more."`
	Title   *string `lua:"title,optional" doc:"Shown beside their name. Alone it leaves the rights as they are."`
}

type editAdminArgs struct {
	Chat target           `lua:"chat" doc:"In which chat."`
	User target           `lua:"user" doc:"Who."`
	Opts editAdminOptions `lua:"options" doc:"What they may do."`
}

var editAdmin = spec.Method("edit_admin", "Make somebody an admin, change what they may do, or end it.",
	func(c *spec.Call, cl *client, in editAdminArgs) (spec.None, error) {
		var options telegram.AdminOptions
		if in.Opts.Title != nil {
			options.Rank = *in.Opts.Title
		}
		onlyTitle := in.Opts.IsAdmin == nil && len(choices(in.Opts.adminChoice)) == 0
		if onlyTitle || in.Opts.IsAdmin != nil && *in.Opts.IsAdmin {
			chat, err := cl.account.Entity(c, in.Chat.Target)
			if err != nil {
				return spec.None{}, err
			}
			options.Rights = cl.account.AllAdminRights(chat)
		}
		if onlyTitle {
			had, err := cl.account.Participant(c, in.Chat.Target, in.User.Target)
			if err != nil {
				return spec.None{}, err
			}
			if rights := had.AdminRights(); rights != nil {
				options.Rights = *rights
			}
		}
		options.Rights = in.Opts.rights(options.Rights)
		return spec.None{}, cl.account.EditAdmin(c, in.Chat.Target, in.User.Target, options)
	},
).InOrder().Example(`client:edit_admin("@my_group", "@durov", { is_admin = true, ban_users = false, title = "Boss" })
client:edit_admin("@my_group", "@durov", { is_admin = false }) -- no admin any more`).
	Raises("CHAT_ADMIN_REQUIRED", "RIGHT_FORBIDDEN", "USER_NOT_PARTICIPANT", "CHAT_KIND")

type restrictOptions struct {
	memberChoice
	UntilDate until `lua:"until_date,optional" doc:"When it ends: a time, or how long from now. Default: never."`
}

func (o restrictOptions) rights() tg.ChatBannedRights {
	kept := o.kept()
	kept.UntilDate = o.UntilDate.unix()
	return kept
}

type editPermissionsArgs struct {
	Chat target          `lua:"chat" doc:"In which chat."`
	User target          `lua:"user,optional" doc:"Who; nil changes what all members may do."`
	Opts restrictOptions `lua:"options,optional" doc:"False takes a right away; rights that are left out are given."`
}

var editPermissions = spec.Method("edit_permissions", "Take rights from a member of a supergroup, or give them back; without a user, from or to all members.",
	func(c *spec.Call, cl *client, in editPermissionsArgs) (spec.None, error) {
		if in.User.Target == nil {
			return spec.None{}, cl.account.SetDefaultPermissions(c, in.Chat.Target, in.Opts.rights())
		}
		return spec.None{}, cl.account.Restrict(c, in.Chat.Target, in.User.Target, in.Opts.rights())
	},
).InOrder().Example(`client:edit_permissions("@my_group", "@durov", { send_messages = false, until_date = "1h" })
client:edit_permissions("@my_group", "@durov") -- may do everything again
client:edit_permissions("@my_group", nil, { send_media = false, send_polls = false }) -- all members`).
	Raises("CHAT_ADMIN_REQUIRED", "USER_ADMIN_INVALID", "CHAT_KIND")

type banOptions struct {
	UntilDate until `lua:"until_date,optional" doc:"When it ends: a time, or how long from now. Default: never."`
	Revoke    bool  `lua:"revoke,optional" doc:"Delete all that they wrote, in supergroups."`
}

type banArgs struct {
	Chat target     `lua:"chat" doc:"From which chat."`
	User target     `lua:"user" doc:"Who."`
	Opts banOptions `lua:"options,optional" doc:"For how long."`
}

var banParticipant = spec.Method("ban_participant", "Throw somebody out of a group or channel and keep them out. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, cl *client, in banArgs) (*message, error) {
		options := telegram.BanOptions{DeleteMessages: in.Opts.Revoke}
		if until := in.Opts.UntilDate.unix(); until != 0 {
			options.Until = time.Unix(int64(until), 0)
		}
		told, err := cl.account.Ban(c, in.Chat.Target, in.User.Target, options)
		return messageOf(told), err
	},
).InOrder().Example(`client:ban_participant("@my_group", "@spammer", { revoke = true })`).Raises("CHAT_ADMIN_REQUIRED", "USER_ADMIN_INVALID")

var unbanParticipant = spec.Method("unban_participant", "Let somebody come back, and lift whatever they were restricted in.",
	func(c *spec.Call, cl *client, in participantArgs) (spec.None, error) {
		return spec.None{}, cl.account.Unban(c, in.Chat.Target, in.User.Target)
	},
).InOrder().Example(`client:unban_participant("@my_group", "@durov")`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")

var kickParticipant = spec.Method("kick_participant", "Throw somebody out, who may come back; \"me\" leaves. Returns Telegram's message about it, if there is one.",
	func(c *spec.Call, cl *client, in participantArgs) (*message, error) {
		told, err := cl.account.Kick(c, in.Chat.Target, in.User.Target)
		return messageOf(told), err
	},
).InOrder().Example(`client:kick_participant("@my_group", "@durov")`).Raises("CHAT_ADMIN_REQUIRED", "USER_NOT_PARTICIPANT", "USER_ADMIN_INVALID")

var deleteParticipantHistory = spec.Method("delete_participant_history", "Delete all that somebody wrote in a supergroup. Returns how many messages these were.",
	func(c *spec.Call, cl *client, in participantArgs) (int, error) {
		return cl.account.DeleteHistoryOf(c, in.Chat.Target, in.User.Target)
	},
).InOrder().Example(`client:delete_participant_history("@my_group", "@spammer")`).Raises("CHAT_ADMIN_REQUIRED", "CHAT_KIND")
