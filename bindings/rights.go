package bindings

import (
	"reflect"
	"strings"

	"github.com/gotd/td/tg"
)

// adminRights and bannedRights are the names of rights, in the order of pages.
var (
	adminRights = []right[tg.ChatAdminRights]{
		{"change_info", "change title, photo and description", func(r *tg.ChatAdminRights) *bool { return &r.ChangeInfo }},
		{"post_messages", "write in a channel", func(r *tg.ChatAdminRights) *bool { return &r.PostMessages }},
		{"edit_messages", "edit what others wrote in a channel", func(r *tg.ChatAdminRights) *bool { return &r.EditMessages }},
		{"delete_messages", "delete what others wrote", func(r *tg.ChatAdminRights) *bool { return &r.DeleteMessages }},
		{"ban_users", "restrict and ban", func(r *tg.ChatAdminRights) *bool { return &r.BanUsers }},
		{"invite_users", "add members and make invite links", func(r *tg.ChatAdminRights) *bool { return &r.InviteUsers }},
		{"pin_messages", "pin messages", func(r *tg.ChatAdminRights) *bool { return &r.PinMessages }},
		{"add_admins", "name further admins", func(r *tg.ChatAdminRights) *bool { return &r.AddAdmins }},
		{"anonymous", "write in the name of the group", func(r *tg.ChatAdminRights) *bool { return &r.Anonymous }},
		{"manage_call", "lead video chats", func(r *tg.ChatAdminRights) *bool { return &r.ManageCall }},
		{"other", "see statistics, the admin log and hidden members", func(r *tg.ChatAdminRights) *bool { return &r.Other }},
		{"manage_topics", "make and close topics", func(r *tg.ChatAdminRights) *bool { return &r.ManageTopics }},
		{"post_stories", "post stories", func(r *tg.ChatAdminRights) *bool { return &r.PostStories }},
		{"edit_stories", "edit stories of others", func(r *tg.ChatAdminRights) *bool { return &r.EditStories }},
		{"delete_stories", "delete stories of others", func(r *tg.ChatAdminRights) *bool { return &r.DeleteStories }},
		{"manage_direct_messages", "answer what is written to a channel", func(r *tg.ChatAdminRights) *bool { return &r.ManageDirectMessages }},
	}
	bannedRights = []right[tg.ChatBannedRights]{
		{"view_messages", "be in the chat at all", func(r *tg.ChatBannedRights) *bool { return &r.ViewMessages }},
		{"send_messages", "write anything", func(r *tg.ChatBannedRights) *bool { return &r.SendMessages }},
		{"send_media", "send media of any kind", func(r *tg.ChatBannedRights) *bool { return &r.SendMedia }},
		{"send_stickers", "send stickers", func(r *tg.ChatBannedRights) *bool { return &r.SendStickers }},
		{"send_gifs", "send GIFs", func(r *tg.ChatBannedRights) *bool { return &r.SendGifs }},
		{"send_games", "send games", func(r *tg.ChatBannedRights) *bool { return &r.SendGames }},
		{"send_inline", "use inline bots", func(r *tg.ChatBannedRights) *bool { return &r.SendInline }},
		{"embed_link_previews", "have previews of links", func(r *tg.ChatBannedRights) *bool { return &r.EmbedLinks }},
		{"send_polls", "send polls", func(r *tg.ChatBannedRights) *bool { return &r.SendPolls }},
		{"change_info", "change title, photo and description", func(r *tg.ChatBannedRights) *bool { return &r.ChangeInfo }},
		{"invite_users", "add members", func(r *tg.ChatBannedRights) *bool { return &r.InviteUsers }},
		{"pin_messages", "pin messages", func(r *tg.ChatBannedRights) *bool { return &r.PinMessages }},
		{"manage_topics", "make topics", func(r *tg.ChatBannedRights) *bool { return &r.ManageTopics }},
		{"send_photos", "send photos", func(r *tg.ChatBannedRights) *bool { return &r.SendPhotos }},
		{"send_videos", "send videos", func(r *tg.ChatBannedRights) *bool { return &r.SendVideos }},
		{"send_round_videos", "send round videos", func(r *tg.ChatBannedRights) *bool { return &r.SendRoundvideos }},
		{"send_audios", "send music", func(r *tg.ChatBannedRights) *bool { return &r.SendAudios }},
		{"send_voices", "send voice messages", func(r *tg.ChatBannedRights) *bool { return &r.SendVoices }},
		{"send_docs", "send files", func(r *tg.ChatBannedRights) *bool { return &r.SendDocs }},
		{"send_plain", "write text", func(r *tg.ChatBannedRights) *bool { return &r.SendPlain }},
	}
)

// right is one right by its name in Lua.
type right[T any] struct {
	name, doc string
	of        func(*T) *bool
}

// adminChoice are the rights of an admin as options: those that are left out are what is_admin says.
type adminChoice struct {
	ChangeInfo           *bool `lua:"change_info,optional" doc:"May change title, photo and description."`
	PostMessages         *bool `lua:"post_messages,optional" doc:"May write in a channel."`
	EditMessages         *bool `lua:"edit_messages,optional" doc:"May edit what others wrote in a channel."`
	DeleteMessages       *bool `lua:"delete_messages,optional" doc:"May delete what others wrote."`
	BanUsers             *bool `lua:"ban_users,optional" doc:"May restrict and ban."`
	InviteUsers          *bool `lua:"invite_users,optional" doc:"May add members and make invite links."`
	PinMessages          *bool `lua:"pin_messages,optional" doc:"May pin messages."`
	AddAdmins            *bool `lua:"add_admins,optional" doc:"May name further admins. is_admin alone doesn't give this."`
	Anonymous            *bool `lua:"anonymous,optional" doc:"Writes in the name of the group. is_admin alone doesn't do this."`
	ManageCall           *bool `lua:"manage_call,optional" doc:"May lead video chats."`
	Other                *bool `lua:"other,optional" doc:"May see statistics, the admin log and hidden members."`
	ManageTopics         *bool `lua:"manage_topics,optional" doc:"May make and close topics."`
	PostStories          *bool `lua:"post_stories,optional" doc:"May post stories."`
	EditStories          *bool `lua:"edit_stories,optional" doc:"May edit stories of others."`
	DeleteStories        *bool `lua:"delete_stories,optional" doc:"May delete stories of others."`
	ManageDirectMessages *bool `lua:"manage_direct_messages,optional" doc:"May answer what is written to a channel."`
}

// memberChoice are the rights of members as options: false takes one away, what is left out is allowed.
type memberChoice struct {
	ViewMessages    *bool `lua:"view_messages,optional" doc:"May be in the chat at all."`
	SendMessages    *bool `lua:"send_messages,optional" doc:"May write anything."`
	SendMedia       *bool `lua:"send_media,optional" doc:"May send media of any kind."`
	SendStickers    *bool `lua:"send_stickers,optional" doc:"May send stickers."`
	SendGifs        *bool `lua:"send_gifs,optional" doc:"May send GIFs."`
	SendGames       *bool `lua:"send_games,optional" doc:"May send games."`
	SendInline      *bool `lua:"send_inline,optional" doc:"May use inline bots."`
	EmbedLinks      *bool `lua:"embed_link_previews,optional" doc:"Their links have previews."`
	SendPolls       *bool `lua:"send_polls,optional" doc:"May send polls."`
	ChangeInfo      *bool `lua:"change_info,optional" doc:"May change title, photo and description."`
	InviteUsers     *bool `lua:"invite_users,optional" doc:"May add members."`
	PinMessages     *bool `lua:"pin_messages,optional" doc:"May pin messages."`
	ManageTopics    *bool `lua:"manage_topics,optional" doc:"May make topics."`
	SendPhotos      *bool `lua:"send_photos,optional" doc:"May send photos."`
	SendVideos      *bool `lua:"send_videos,optional" doc:"May send videos."`
	SendRoundVideos *bool `lua:"send_round_videos,optional" doc:"May send round videos."`
	SendAudios      *bool `lua:"send_audios,optional" doc:"May send music."`
	SendVoices      *bool `lua:"send_voices,optional" doc:"May send voice messages."`
	SendDocs        *bool `lua:"send_docs,optional" doc:"May send files."`
	SendPlain       *bool `lua:"send_plain,optional" doc:"May write text."`
}

// choices are the options of a choice that were given, by their names.
func choices(choice any) map[string]bool {
	given := map[string]bool{}
	v := reflect.ValueOf(choice)
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("lua"), ",")
		if set, ok := v.Field(i).Interface().(*bool); ok && set != nil {
			given[name] = *set
		}
	}
	return given
}

// rights are those of an admin who has all but some, or nothing but some.
func (c adminChoice) rights(all tg.ChatAdminRights) tg.ChatAdminRights {
	given := choices(c)
	for _, r := range adminRights {
		if set, ok := given[r.name]; ok {
			*r.of(&all) = set
		}
	}
	return all
}

// kept are the rights that members are kept from.
func (c memberChoice) kept() (kept tg.ChatBannedRights) {
	given := choices(c)
	for _, r := range bannedRights {
		if set, ok := given[r.name]; ok {
			*r.of(&kept) = !set
		}
	}
	return kept
}
