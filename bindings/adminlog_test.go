package bindings

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram"
)

// TestAdminLogFlags: each kind of entry has a flag, and only that.
func TestAdminLogFlags(t *testing.T) {
	rows := []struct {
		flag   string
		action tg.ChannelAdminLogEventActionClass
	}{
		{`e.changed_about`, &tg.ChannelAdminLogEventActionChangeAbout{}},
		{`e.changed_title`, &tg.ChannelAdminLogEventActionChangeTitle{}},
		{`e.changed_username`, &tg.ChannelAdminLogEventActionChangeUsername{}},
		{`e.changed_usernames`, &tg.ChannelAdminLogEventActionChangeUsernames{}},
		{`e.changed_photo`, &tg.ChannelAdminLogEventActionChangePhoto{}},
		{`e.changed_sticker_set`, &tg.ChannelAdminLogEventActionChangeStickerSet{}},
		{`e.changed_emoji_set`, &tg.ChannelAdminLogEventActionChangeEmojiStickerSet{}},
		{`e.changed_message`, &tg.ChannelAdminLogEventActionEditMessage{}},
		{`e.deleted_message`, &tg.ChannelAdminLogEventActionDeleteMessage{}},
		{`e.sent_message`, &tg.ChannelAdminLogEventActionSendMessage{}},
		{`e.changed_admin`, &tg.ChannelAdminLogEventActionParticipantToggleAdmin{}},
		{`e.changed_rank`, &tg.ChannelAdminLogEventActionParticipantEditRank{}},
		{`e.changed_restrictions`, &tg.ChannelAdminLogEventActionParticipantToggleBan{}},
		{`e.changed_invites`, &tg.ChannelAdminLogEventActionToggleInvites{}},
		{`e.changed_location`, &tg.ChannelAdminLogEventActionChangeLocation{}},
		{`e.joined`, &tg.ChannelAdminLogEventActionParticipantJoin{}},
		{`e.joined_invite`, &tg.ChannelAdminLogEventActionParticipantInvite{}},
		{`e.joined_by_invite`, &tg.ChannelAdminLogEventActionParticipantJoinByInvite{}},
		{`e.joined_by_request`, &tg.ChannelAdminLogEventActionParticipantJoinByRequest{}},
		{`e.left`, &tg.ChannelAdminLogEventActionParticipantLeave{}},
		{`e.changed_hide_history`, &tg.ChannelAdminLogEventActionTogglePreHistoryHidden{}},
		{`e.changed_signatures`, &tg.ChannelAdminLogEventActionToggleSignatures{}},
		{`e.changed_signature_profiles`, &tg.ChannelAdminLogEventActionToggleSignatureProfiles{}},
		{`e.changed_pin`, &tg.ChannelAdminLogEventActionUpdatePinned{}},
		{`e.changed_default_banned_rights`, &tg.ChannelAdminLogEventActionDefaultBannedRights{}},
		{`e.changed_slow_mode`, &tg.ChannelAdminLogEventActionToggleSlowMode{}},
		{`e.changed_linked_chat`, &tg.ChannelAdminLogEventActionChangeLinkedChat{}},
		{`e.changed_no_forwards`, &tg.ChannelAdminLogEventActionToggleNoForwards{}},
		{`e.changed_reactions`, &tg.ChannelAdminLogEventActionChangeAvailableReactions{}},
		{`e.changed_forum`, &tg.ChannelAdminLogEventActionToggleForum{}},
		{`e.created_topic`, &tg.ChannelAdminLogEventActionCreateTopic{}},
		{`e.edited_topic`, &tg.ChannelAdminLogEventActionEditTopic{}},
		{`e.deleted_topic`, &tg.ChannelAdminLogEventActionDeleteTopic{}},
		{`e.pinned_topic`, &tg.ChannelAdminLogEventActionPinTopic{}},
		{`e.changed_anti_spam`, &tg.ChannelAdminLogEventActionToggleAntiSpam{}},
		{`e.changed_translation`, &tg.ChannelAdminLogEventActionToggleAutotranslation{}},
		{`e.changed_color`, &tg.ChannelAdminLogEventActionChangePeerColor{}},
		{`e.changed_profile_color`, &tg.ChannelAdminLogEventActionChangeProfilePeerColor{}},
		{`e.changed_wallpaper`, &tg.ChannelAdminLogEventActionChangeWallpaper{}},
		{`e.changed_emoji_status`, &tg.ChannelAdminLogEventActionChangeEmojiStatus{}},
		{`e.stopped_poll`, &tg.ChannelAdminLogEventActionStopPoll{}},
		{`e.started_group_call`, &tg.ChannelAdminLogEventActionStartGroupCall{}},
		{`e.discarded_group_call`, &tg.ChannelAdminLogEventActionDiscardGroupCall{}},
		{`e.user_muted`, &tg.ChannelAdminLogEventActionParticipantMute{}},
		{`e.user_unmuted`, &tg.ChannelAdminLogEventActionParticipantUnmute{}},
		{`e.changed_user_volume`, &tg.ChannelAdminLogEventActionParticipantVolume{}},
		{`e.changed_call_settings`, &tg.ChannelAdminLogEventActionToggleGroupCallSetting{}},
		{`e.changed_history_ttl`, &tg.ChannelAdminLogEventActionChangeHistoryTTL{}},
		{`e.deleted_exported_invite`, &tg.ChannelAdminLogEventActionExportedInviteDelete{}},
		{`e.edited_exported_invite`, &tg.ChannelAdminLogEventActionExportedInviteEdit{}},
		{`e.revoked_exported_invite`, &tg.ChannelAdminLogEventActionExportedInviteRevoke{}},
		{`e.extended_subscription`, &tg.ChannelAdminLogEventActionParticipantSubExtend{}},
	}
	var flags []string
	for _, row := range rows {
		flags = append(flags, row.flag)
	}
	count := "local e = ... local n = 0 for _, flag in pairs({ " + strings.Join(flags, ", ") + " }) do if flag then n = n + 1 end end "
	for _, row := range rows {
		t.Run(row.flag, func(t *testing.T) {
			e := &adminLogEvent{&telegram.AdminLogEvent{ChannelAdminLogEvent: tg.ChannelAdminLogEvent{Action: row.action}}}
			if got, want := lua(t, count+"return "+row.flag+", e.kind, n", e), "true "+strings.TrimPrefix(row.flag, "e.")+" 1"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
	if len(rows) != len(adminLogFlags) {
		t.Errorf("%d flags are here, %d there", len(rows), len(adminLogFlags))
	}
}
