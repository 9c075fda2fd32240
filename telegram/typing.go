package telegram

import (
	"context"
	"fmt"
	"time"

	"github.com/gotd/td/tg"
)

// actionLife is how often an action is told again: Telegram shows it for 6 seconds.
// https://core.telegram.org/method/messages.setTyping
const actionLife = 4 * time.Second

// actions are what an account can be seen doing, by the names that Telethon gives them.
var actions = map[string]func(progress int) tg.SendMessageActionClass{
	"typing":       plainAction(&tg.SendMessageTypingAction{}),
	"contact":      plainAction(&tg.SendMessageChooseContactAction{}),
	"game":         plainAction(&tg.SendMessageGamePlayAction{}),
	"location":     plainAction(&tg.SendMessageGeoLocationAction{}),
	"sticker":      plainAction(&tg.SendMessageChooseStickerAction{}),
	"record-audio": plainAction(&tg.SendMessageRecordAudioAction{}),
	"record-voice": plainAction(&tg.SendMessageRecordAudioAction{}),
	"record-round": plainAction(&tg.SendMessageRecordRoundAction{}),
	"record-video": plainAction(&tg.SendMessageRecordVideoAction{}),
	"audio":        func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadAudioAction{Progress: p} },
	"voice":        func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadAudioAction{Progress: p} },
	"song":         func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadAudioAction{Progress: p} },
	"round":        func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadRoundAction{Progress: p} },
	"video":        func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadVideoAction{Progress: p} },
	"photo":        func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadPhotoAction{Progress: p} },
	"document":     func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadDocumentAction{Progress: p} },
	"file":         func(p int) tg.SendMessageActionClass { return &tg.SendMessageUploadDocumentAction{Progress: p} },
	"import":       func(p int) tg.SendMessageActionClass { return &tg.SendMessageHistoryImportAction{Progress: p} },
	"cancel":       plainAction(&tg.SendMessageCancelAction{}),
}

func plainAction(action tg.SendMessageActionClass) func(int) tg.SendMessageActionClass {
	return func(int) tg.SendMessageActionClass { return action }
}

// ActionOptions say where and how an action is shown.
type ActionOptions struct {
	Topic    int           // of a forum
	Progress int           // of an upload, in percent
	Every    time.Duration // how often Acting tells it again; 0 is 4 s
	Stay     bool          // Acting doesn't take it back at the end
}

// SendAction shows the account as doing something, for 6 seconds: "typing", "record-voice", "photo" and so on, as in
// actions; "cancel" ends it. https://core.telegram.org/method/messages.setTyping
func (a *Account) SendAction(ctx context.Context, chat Target, kind string, opts ActionOptions) error {
	action, known := actions[kind]
	if !known {
		return fmt.Errorf("show what is done: no action is called %q", kind)
	}
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		_, err := a.API().MessagesSetTyping(ctx, &tg.MessagesSetTypingRequest{Peer: peer.Input, TopMsgID: opts.Topic, Action: action(opts.Progress)})
		return err
	})
	if err != nil {
		return fmt.Errorf("show what is done: %w", err)
	}
	return nil
}

// idle waits beside what a call does; it says false when ctx has ended.
func (a *Account) idle(ctx context.Context, d time.Duration) bool {
	if a.opts.Clock == nil {
		return a.tune.sleep(ctx, d) == nil
	}
	rung := make(chan struct{})
	defer a.opts.Clock.AfterFunc(d, func() { close(rung) })()
	select {
	case <-rung:
		return true
	case <-ctx.Done():
		return false
	}
}

// Acting shows the account as doing something while f runs, and returns f's error. If it can't be shown at all, f is
// not called; that it can't be shown again is no reason to stop f.
func (a *Account) Acting(ctx context.Context, chat Target, kind string, opts ActionOptions, f func(ctx context.Context) error) error {
	if err := a.SendAction(ctx, chat, kind, opts); err != nil {
		return err
	}
	every := opts.Every
	if every <= 0 {
		every = actionLife
	}
	again, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() { // ends before Acting returns
		defer close(done)
		for a.idle(again, every) {
			// It is a courtesy: if it fails once, f goes on.
			_ = a.SendAction(again, chat, kind, opts)
		}
	}()
	err := f(ctx)
	stop()
	<-done
	if !opts.Stay && ctx.Err() == nil {
		_ = a.SendAction(ctx, chat, "cancel", opts)
	}
	return err
}
