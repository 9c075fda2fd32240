package telegram

import (
	"context"
	"fmt"
	"math"
	"time"

	"github.com/gotd/td/tg"
)

// NotifySettings are how a chat makes itself heard. A nil field is as it is for all chats of its kind.
type NotifySettings struct {
	Previews *bool      // shows what was written
	Silent   *bool      // shows, but makes no sound
	Until    *time.Time // muted until then; the zero time is not muted
}

// Forever is a time until which a chat may be muted, for good.
var Forever = time.Unix(math.MaxInt32, 0)

// NotifyScope is all chats of a kind.
type NotifyScope int

// The kinds.
const (
	NotifyUsers NotifyScope = iota + 1
	NotifyGroups
	NotifyChannels
)

// notified is whom settings are of: a chat, or if that is nil all of a kind.
func (a *Account) notified(ctx context.Context, chat Target, scope NotifyScope) (tg.InputNotifyPeerClass, error) {
	if chat != nil {
		peer, err := a.Resolve(ctx, chat)
		return &tg.InputNotifyPeer{Peer: peer.Input}, err
	}
	switch scope {
	case NotifyGroups:
		return &tg.InputNotifyChats{}, nil
	case NotifyChannels:
		return &tg.InputNotifyBroadcasts{}, nil
	}
	return &tg.InputNotifyUsers{}, nil
}

// NotifySettings are those of a chat or, if that is nil, of all chats of a kind.
func (a *Account) NotifySettings(ctx context.Context, chat Target, scope NotifyScope) (NotifySettings, error) {
	whom, err := a.notified(ctx, chat, scope)
	if err != nil {
		return NotifySettings{}, fmt.Errorf("get notifications: %w", err)
	}
	s, err := a.API().AccountGetNotifySettings(ctx, whom)
	if err != nil {
		return NotifySettings{}, fmt.Errorf("get notifications: %w", err)
	}
	var out NotifySettings
	if v, ok := s.GetShowPreviews(); ok {
		out.Previews = &v
	}
	if v, ok := s.GetSilent(); ok {
		out.Silent = &v
	}
	if v, ok := s.GetMuteUntil(); ok {
		until := time.Unix(int64(v), 0)
		if !until.After(a.clock.Now()) {
			until = time.Time{}
		}
		out.Until = &until
	}
	return out, nil
}

// SetNotifySettings changes those of a chat or, if that is nil, of all chats of a kind. Nil fields stay: Telegram takes
// what it isn't told for the usual, so that the present settings are asked for first.
func (a *Account) SetNotifySettings(ctx context.Context, chat Target, scope NotifyScope, s NotifySettings) error {
	whom, err := a.notified(ctx, chat, scope)
	if err != nil {
		return fmt.Errorf("set notifications: %w", err)
	}
	present, err := a.API().AccountGetNotifySettings(ctx, whom)
	if err != nil {
		return fmt.Errorf("set notifications: %w", err)
	}
	in := asInput(present)
	if s.Previews != nil {
		in.SetShowPreviews(*s.Previews)
	}
	if s.Silent != nil {
		in.SetSilent(*s.Silent)
	}
	if s.Until != nil {
		until := int64(0)
		if !s.Until.IsZero() {
			until = min(s.Until.Unix(), math.MaxInt32)
		}
		in.SetMuteUntil(int(until))
	}
	if _, err := a.API().AccountUpdateNotifySettings(ctx, &tg.AccountUpdateNotifySettingsRequest{Peer: whom, Settings: in}); err != nil {
		return fmt.Errorf("set notifications: %w", err)
	}
	return nil
}

// asInput are settings as they are sent back.
func asInput(s *tg.PeerNotifySettings) (in tg.InputPeerNotifySettings) {
	if on, ok := s.GetShowPreviews(); ok {
		in.SetShowPreviews(on)
	}
	if on, ok := s.GetSilent(); ok {
		in.SetSilent(on)
	}
	if until, ok := s.GetMuteUntil(); ok {
		in.SetMuteUntil(until)
	}
	if sound, ok := s.GetOtherSound(); ok {
		in.SetSound(sound)
	}
	if on, ok := s.GetStoriesMuted(); ok {
		in.SetStoriesMuted(on)
	}
	if on, ok := s.GetStoriesHideSender(); ok {
		in.SetStoriesHideSender(on)
	}
	return in
}

// Mute keeps a chat quiet until a time; the zero time lets it be heard again.
func (a *Account) Mute(ctx context.Context, chat Target, until time.Time) error {
	return a.SetNotifySettings(ctx, chat, 0, NotifySettings{Until: &until})
}
