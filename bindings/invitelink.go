package bindings

import (
	"reflect"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// inviteLink is a link by which people join a chat.
type inviteLink struct{ *telegram.InviteLink }

func inviteLinkOf(l *telegram.InviteLink) *inviteLink {
	if l == nil {
		return nil
	}
	return &inviteLink{l}
}

// moment is a date of Telegram's; the zero time for none.
func moment(date int) time.Time {
	if date == 0 {
		return time.Time{}
	}
	return time.Unix(int64(date), 0)
}

// inviteLinkClass is the class InviteLink.
var inviteLinkClass = spec.Class{
	Name: "InviteLink", Call: "link", Go: reflect.TypeFor[*inviteLink](),
	Doc:   "A link by which people join a chat.",
	Text:  func(v any) string { return "InviteLink(" + v.(*inviteLink).Link + ")" },
	Equal: func(a, b any) bool { return a.(*inviteLink).Link == b.(*inviteLink).Link },
	Fields: []spec.Field{
		spec.Get("link", "The link.", func(l *inviteLink) string { return l.Link }),
		spec.Get("title", "Its name, which only admins see.", func(l *inviteLink) string { return l.Title }).Maybe(),
		spec.Get("chat", "Where it leads to.", func(l *inviteLink) *peer { return peerOf(l.Chat) }),
		spec.Get("admin", "Who has made it.", func(l *inviteLink) *peer { return peerOf(l.Admin) }),
		spec.Get("admin_id", "Who has made it.", func(l *inviteLink) int64 { return l.AdminID }),
		spec.Get("date", "When it was made.", func(l *inviteLink) time.Time { return moment(l.Date) }).Is("number"),
		spec.Get("expire_date", "When it ends; nil for never.", func(l *inviteLink) time.Time { return moment(l.ExpireDate) }).Is("number?"),
		spec.Get("limit", "How many may join by it; nil for any number.", func(l *inviteLink) int { return l.UsageLimit }).Maybe(),
		spec.Get("usage", "How many have joined by it.", func(l *inviteLink) int { return l.Usage }),
		spec.Get("requested", "How many wait for an admin's answer.", func(l *inviteLink) int { return l.Requested }),
		spec.Get("request_needed", "Admins are asked.", func(l *inviteLink) bool { return l.RequestNeeded }),
		spec.Get("permanent", "The link that a chat has from the beginning, or that export_invite_link made.", func(l *inviteLink) bool { return l.Permanent }),
		spec.Get("revoked", "It leads nowhere any more.", func(l *inviteLink) bool { return l.Revoked }),
		spec.Get("raw", "As Telegram describes it.", func(l *inviteLink) *object { return objectOf(l.ChatInviteExported) }).OutOfTable(),
	},
}

// linkText is a link as text, or the object.
type linkText string

// DecodeLua reads a link.
func (l *linkText) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		if v != "" {
			*l = linkText(v)
			return nil
		}
	case *vm.UserData:
		if link, ok := v.Value.(*inviteLink); ok {
			*l = linkText(link.Link)
			return nil
		}
	}
	return spec.Expected("invite link", v)
}

// LuaType is its name in the editor types.
func (linkText) LuaType() string { return "Link" }

var _ spec.Decoder = (*linkText)(nil)

type createLinkOptions struct {
	Title         string `lua:"title,optional" doc:"Its name, which only admins see."`
	ExpireDate    until  `lua:"expire_date,optional" doc:"When it ends: a time, or how long from now. Default: never."`
	Limit         int    `lua:"limit,optional" doc:"How many may join by it. Default: any number."`
	RequestNeeded bool   `lua:"request_needed,optional" doc:"Admins are asked; goes without limit."`
}

type createLinkArgs struct {
	Chat target            `lua:"chat" doc:"Where it leads to."`
	Opts createLinkOptions `lua:"options,optional" doc:"What it allows."`
}

var createInviteLink = spec.Method("create_invite_link", "Make an invite link, beside those that there are.",
	func(c *spec.Call, cl *client, in createLinkArgs) (*inviteLink, error) {
		made, err := cl.account.CreateInviteLink(c, in.Chat.Target, telegram.InviteLinkOptions{
			Title: in.Opts.Title, Expires: in.Opts.ExpireDate.at, Limit: in.Opts.Limit, RequestNeeded: in.Opts.RequestNeeded,
		})
		return inviteLinkOf(made), err
	},
).InOrder().Example(`local link = client:create_invite_link("@my_group", { title = "for friends", expire_date = "7d", limit = 10 })
print(link.link)`).Raises("CHAT_ADMIN_REQUIRED", "USAGE_LIMIT_INVALID", "EXPIRE_DATE_INVALID")

var exportInviteLink = spec.Method("export_invite_link", "Replace the permanent invite link that this account has in a chat. The old one leads nowhere any more.",
	func(c *spec.Call, cl *client, in chatArgs) (*inviteLink, error) {
		made, err := cl.account.ExportInviteLink(c, in.Chat.Target)
		return inviteLinkOf(made), err
	},
).InOrder().Example(`print(client:export_invite_link("@my_group").link)`).Raises("CHAT_ADMIN_REQUIRED")

type editLinkOptions struct {
	Title         *string `lua:"title,optional" doc:"Its name, which only admins see."`
	ExpireDate    until   `lua:"expire_date,optional" doc:"When it ends: a time, or how long from now."`
	Limit         *int    `lua:"limit,optional" doc:"How many may join by it; 0 for any number."`
	RequestNeeded *bool   `lua:"request_needed,optional" doc:"Admins are asked."`
	Forever       bool    `lua:"forever,optional" doc:"It never ends."`
}

type editLinkArgs struct {
	Chat target          `lua:"chat" doc:"Where it leads to."`
	Link linkText        `lua:"link" doc:"Which one."`
	Opts editLinkOptions `lua:"options" doc:"What changes."`
}

var editInviteLink = spec.Method("edit_invite_link", "Change an invite link. What is left out stays as it is.",
	func(c *spec.Call, cl *client, in editLinkArgs) (*inviteLink, error) {
		change := telegram.InviteLinkChange{Title: in.Opts.Title, Limit: in.Opts.Limit, RequestNeeded: in.Opts.RequestNeeded}
		if at := in.Opts.ExpireDate.at; in.Opts.Forever || !at.IsZero() {
			change.Expires = &at
		}
		changed, err := cl.account.EditInviteLink(c, in.Chat.Target, string(in.Link), change)
		return inviteLinkOf(changed), err
	},
).InOrder().Example(`local link = client:create_invite_link("@my_group")
client:edit_invite_link("@my_group", link, { limit = 5 })`).Raises("INVITE_HASH_EXPIRED", "CHAT_ADMIN_REQUIRED")

type linkArgs struct {
	Chat target   `lua:"chat" doc:"Where it leads to."`
	Link linkText `lua:"link" doc:"Which one."`
}

var revokeInviteLink = spec.Method("revoke_invite_link", "End an invite link. If it was the permanent one, the new one is returned.",
	func(c *spec.Call, cl *client, in linkArgs) (*inviteLink, error) {
		changed, err := cl.account.EditInviteLink(c, in.Chat.Target, string(in.Link), telegram.InviteLinkChange{Revoke: true})
		return inviteLinkOf(changed), err
	},
).InOrder().Example(`client:revoke_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK")`).Raises("INVITE_HASH_EXPIRED", "INVITE_REVOKED_MISSING")

var deleteInviteLink = spec.Method("delete_invite_link", "Forget a revoked invite link.",
	func(c *spec.Call, cl *client, in linkArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteInviteLink(c, in.Chat.Target, string(in.Link))
	},
).InOrder().Example(`client:delete_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK")`).Raises("INVITE_REVOKED_MISSING", "INVITE_HASH_EXPIRED")

type revokedLinksArgs struct {
	Chat  target `lua:"chat" doc:"Of which chat."`
	Admin target `lua:"admin,optional" doc:"Whose links. Default: those of this account."`
}

var deleteRevokedInviteLinks = spec.Method("delete_revoked_invite_links", "Forget all revoked invite links of an admin.",
	func(c *spec.Call, cl *client, in revokedLinksArgs) (spec.None, error) {
		return spec.None{}, cl.account.DeleteRevokedInviteLinks(c, in.Chat.Target, in.Admin.Target)
	},
).InOrder().Example(`client:delete_revoked_invite_links("@my_group")`).Raises("CHAT_ADMIN_REQUIRED")

var getInviteLink = spec.Method("get_invite_link", "Ask about one invite link of a chat.",
	func(c *spec.Call, cl *client, in linkArgs) (*inviteLink, error) {
		found, err := cl.account.InviteLink(c, in.Chat.Target, string(in.Link))
		return inviteLinkOf(found), err
	},
).Example(`print(client:get_invite_link("@my_group", "https://t.me/+AbCdEfGhIjK").usage)`).Raises("INVITE_HASH_EXPIRED", "CHAT_ADMIN_REQUIRED")

type linksOptions struct {
	Limit   *int   `lua:"limit,optional" doc:"How many at most. Default: all."`
	Admin   target `lua:"admin,optional" doc:"Whose. Default: those of this account."`
	Revoked bool   `lua:"revoked,optional" doc:"Those that were revoked instead of those that work."`
}

type linksArgs struct {
	Chat target       `lua:"chat" doc:"Of which chat."`
	Opts linksOptions `lua:"options,optional" doc:"Which ones."`
}

func (in linksArgs) cursor(cl *client) (*telegram.Cursor[*telegram.InviteLink], bool) {
	limit, none := limitOf(in.Opts.Limit)
	return cl.account.InviteLinks(in.Chat.Target, telegram.InviteLinksOptions{Limit: limit, Admin: in.Opts.Admin.Target, Revoked: in.Opts.Revoked}), none
}

var iterInviteLinks = spec.Iterator("iter_invite_links", "Go through the invite links of a chat, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in linksArgs) (spec.Cursor[*inviteLink], error) {
		cursor, none := in.cursor(cl)
		if none {
			return nothing[*inviteLink]{}, nil
		}
		return pages(cursor, inviteLinkOf), nil
	},
).Example(`for link in client:iter_invite_links("@my_group") do
  print(link.link, link.usage)
end`).Raises("CHAT_ADMIN_REQUIRED")

var getInviteLinks = spec.Method("get_invite_links", "List the invite links of a chat, the newest first. Admins only.",
	func(c *spec.Call, cl *client, in linksArgs) (list spec.List[*inviteLink], err error) {
		cursor, none := in.cursor(cl)
		if none {
			return list, nil
		}
		return collected(c, cursor, inviteLinkOf)
	},
).Example(`print(#client:get_invite_links("@my_group", { revoked = true }))`).Raises("CHAT_ADMIN_REQUIRED")
