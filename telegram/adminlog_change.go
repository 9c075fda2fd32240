package telegram

import "github.com/gotd/td/tg"

// toggled is an event that turned something on or off.
type toggled interface{ GetNewValue() bool }

// plainChange is what changed, for events whose values need nothing to be understood.
func plainChange(action tg.ChannelAdminLogEventActionClass) (before, after any) {
	if t, ok := action.(toggled); ok {
		return !t.GetNewValue(), t.GetNewValue()
	}
	switch action := action.(type) {
	case *tg.ChannelAdminLogEventActionChangeTitle:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeAbout:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeUsername:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeUsernames:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionToggleSlowMode:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeHistoryTTL:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangePhoto:
		return action.PrevPhoto, action.NewPhoto
	case *tg.ChannelAdminLogEventActionChangeStickerSet:
		return action.PrevStickerset, action.NewStickerset
	case *tg.ChannelAdminLogEventActionChangeEmojiStickerSet:
		return action.PrevStickerset, action.NewStickerset
	case *tg.ChannelAdminLogEventActionDefaultBannedRights:
		return &action.PrevBannedRights, &action.NewBannedRights
	case *tg.ChannelAdminLogEventActionChangeLocation:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeAvailableReactions:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangePeerColor:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeProfilePeerColor:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeWallpaper:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionChangeEmojiStatus:
		return action.PrevValue, action.NewValue
	case *tg.ChannelAdminLogEventActionStartGroupCall:
		return nil, action.Call
	case *tg.ChannelAdminLogEventActionDiscardGroupCall:
		return action.Call, nil
	case *tg.ChannelAdminLogEventActionParticipantMute:
		return nil, &action.Participant
	case *tg.ChannelAdminLogEventActionParticipantUnmute:
		return nil, &action.Participant
	case *tg.ChannelAdminLogEventActionParticipantVolume:
		return nil, &action.Participant
	case *tg.ChannelAdminLogEventActionParticipantJoinByInvite:
		return nil, action.Invite
	case *tg.ChannelAdminLogEventActionParticipantJoinByRequest:
		return nil, action.Invite
	case *tg.ChannelAdminLogEventActionExportedInviteDelete:
		return action.Invite, nil
	case *tg.ChannelAdminLogEventActionExportedInviteRevoke:
		return nil, action.Invite
	case *tg.ChannelAdminLogEventActionExportedInviteEdit:
		return action.PrevInvite, action.NewInvite
	case *tg.ChannelAdminLogEventActionCreateTopic:
		return nil, action.Topic
	case *tg.ChannelAdminLogEventActionDeleteTopic:
		return action.Topic, nil
	case *tg.ChannelAdminLogEventActionEditTopic:
		return action.PrevTopic, action.NewTopic
	case *tg.ChannelAdminLogEventActionPinTopic:
		return pinnedTopic(action.PrevTopic), pinnedTopic(action.NewTopic)
	}
	return nil, nil
}

func pinnedTopic(t tg.ForumTopicClass) any {
	if t == nil {
		return nil
	}
	return t
}
