package telegram

import (
	"context"
	"fmt"
	"slices"

	"github.com/gotd/td/tg"
)

// toggles are the settings of supergroups and channels that are on or off.
var toggles = map[string]func(ctx context.Context, api *tg.Client, peer Peer, channel tg.InputChannelClass, on bool) (tg.UpdatesClass, error){
	"signatures": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleSignatures(ctx, &tg.ChannelsToggleSignaturesRequest{Channel: c, SignaturesEnabled: on})
	},
	"profiles": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleSignatures(ctx, &tg.ChannelsToggleSignaturesRequest{Channel: c, SignaturesEnabled: true, ProfilesEnabled: on})
	},
	"history_hidden": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsTogglePreHistoryHidden(ctx, &tg.ChannelsTogglePreHistoryHiddenRequest{Channel: c, Enabled: on})
	},
	"join_to_send": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleJoinToSend(ctx, &tg.ChannelsToggleJoinToSendRequest{Channel: c, Enabled: on})
	},
	"join_request": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleJoinRequest(ctx, &tg.ChannelsToggleJoinRequestRequest{Channel: c, Enabled: on})
	},
	"anti_spam": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleAntiSpam(ctx, &tg.ChannelsToggleAntiSpamRequest{Channel: c, Enabled: on})
	},
	"members_hidden": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleParticipantsHidden(ctx, &tg.ChannelsToggleParticipantsHiddenRequest{Channel: c, Enabled: on})
	},
	"forum": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleForum(ctx, &tg.ChannelsToggleForumRequest{Channel: c, Enabled: on})
	},
	"translation": func(ctx context.Context, api *tg.Client, _ Peer, c tg.InputChannelClass, on bool) (tg.UpdatesClass, error) {
		return api.ChannelsToggleAutotranslation(ctx, &tg.ChannelsToggleAutotranslationRequest{Channel: c, Enabled: on})
	},
}

// protected is the one setting that basic groups have, too.
const protected = "protected"

// ChatSettings are the names that SetChat knows.
func ChatSettings() []string {
	names := []string{protected}
	for name := range toggles {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// SetChat turns a setting of a group or channel on or off. One that is so already is no error.
func (a *Account) SetChat(ctx context.Context, chat Target, setting string, on bool) error {
	what := "set " + setting
	if setting == protected {
		return a.inAnyChat(ctx, what, chat, func(peer Peer) error {
			_, err := a.API().MessagesToggleNoForwards(ctx, &tg.MessagesToggleNoForwardsRequest{Peer: peer.Input, Enabled: on})
			return unchanged(err)
		})
	}
	toggle := toggles[setting]
	if toggle == nil {
		return fmt.Errorf("no setting of chats is called %q", setting)
	}
	return a.inChannel(ctx, what, chat, func(peer Peer, channel tg.InputChannelClass) error {
		_, err := toggle(ctx, a.API(), peer, channel, on)
		return unchanged(err)
	})
}
