package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/inbox"
	"github.com/tgscript/tgscript/telegram/text"
)

// Draft is what was begun to be written in a chat, on any of the account's devices.
type Draft struct {
	*tg.DraftMessage // an empty one for no draft
	Account          *Account
	Chat             Peer
}

// IsEmpty says whether there is no draft.
func (d *Draft) IsEmpty() bool {
	return strings.TrimSpace(d.Message) == "" && d.ReplyTo == nil && d.Media == nil
}

// Body is the text with its formatting.
func (d *Draft) Body() text.Text { return text.Text{Plain: d.Message, Entities: d.Entities} }

// Time is when it was written; the zero time for no draft.
func (d *Draft) Time() time.Time {
	if d.Date == 0 {
		return time.Time{}
	}
	return time.Unix(int64(d.Date), 0)
}

// ReplyToID is the message that it answers; 0 for none.
func (d *Draft) ReplyToID() int {
	if reply, ok := d.ReplyTo.(*tg.InputReplyToMessage); ok {
		return reply.ReplyToMsgID
	}
	return 0
}

// DraftMessage is the draft of the chat; an empty one for none.
func (d *Dialog) DraftMessage() *Draft { return d.Account.draftOf(d.Chat, d.Dialog.Draft) }

func (a *Account) draftOf(chat Peer, raw tg.DraftMessageClass) *Draft {
	draft, ok := raw.(*tg.DraftMessage)
	if !ok {
		draft = &tg.DraftMessage{}
	}
	return &Draft{DraftMessage: draft, Account: a, Chat: chat}
}

// Drafts goes through all drafts, or the drafts of some chats, empty ones too.
func (a *Account) Drafts(chats ...Target) *Cursor[*Draft] {
	return newCursor(0, func(ctx context.Context) ([]*Draft, int, error) {
		list := a.allDrafts
		if len(chats) > 0 {
			list = func(ctx context.Context) ([]*Draft, error) { return a.draftsIn(ctx, chats) }
		}
		drafts, err := list(ctx)
		if err != nil {
			return nil, -1, fmt.Errorf("list drafts: %w", err)
		}
		return drafts, len(drafts), io.EOF
	})
}

func (a *Account) allDrafts(ctx context.Context) ([]*Draft, error) {
	answer, err := a.API().MessagesGetAllDrafts(ctx)
	if err != nil {
		return nil, err
	}
	var drafts []*Draft
	for _, u := range inbox.Contents(answer) {
		if u, ok := u.(*tg.UpdateDraftMessage); ok {
			drafts = append(drafts, a.draftOf(a.peers.get(MarkedID(u.Peer)), u.Draft))
		}
	}
	return drafts, nil
}

func (a *Account) draftsIn(ctx context.Context, chats []Target) ([]*Draft, error) {
	peers, err := a.resolveAll(ctx, chats)
	if err != nil {
		return nil, err
	}
	inputs := make([]tg.InputDialogPeerClass, len(peers))
	for i, peer := range peers {
		inputs[i] = &tg.InputDialogPeer{Peer: peer.Input}
	}
	answer, err := a.API().MessagesGetPeerDialogs(ctx, inputs)
	if err != nil {
		return nil, err
	}
	var drafts []*Draft
	for _, d := range a.dialogsOf(answer.Dialogs, answer.Messages) {
		drafts = append(drafts, d.DraftMessage())
	}
	return drafts, nil
}

// DraftOptions say how a draft will go out. The zero value quotes nothing.
type DraftOptions struct {
	ReplyTo   int
	NoPreview bool
}

// SetDraft replaces the draft of a chat; one without text removes it.
func (a *Account) SetDraft(ctx context.Context, chat Target, body text.Text, o DraftOptions) error {
	err := a.withPeer(ctx, chat, func(peer Peer) error {
		request := &tg.MessagesSaveDraftRequest{
			Peer: peer.Input, Message: body.Plain, Entities: a.entities(ctx, body.Entities), NoWebpage: o.NoPreview,
		}
		if o.ReplyTo != 0 {
			request.ReplyTo = &tg.InputReplyToMessage{ReplyToMsgID: o.ReplyTo}
		}
		_, err := a.API().MessagesSaveDraft(ctx, request)
		return err
	})
	if err != nil {
		return fmt.Errorf("save draft: %w", err)
	}
	return nil
}

// ErrNoDraft is the sending of a draft without text.
var ErrNoDraft = errors.New("the draft has no text")

// SendDraft sends a draft as a message; keep leaves it as it is.
func (a *Account) SendDraft(ctx context.Context, d *Draft, keep bool) (*Message, error) {
	if d.IsEmpty() {
		return nil, fmt.Errorf("send draft: %w", ErrNoDraft)
	}
	return a.Send(ctx, d.Chat, d.Body(), SendOptions{ReplyTo: d.ReplyToID(), NoPreview: d.NoWebpage, ClearDraft: !keep})
}
