package telegram

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func TestWhatMayBeRepeated(t *testing.T) {
	for _, test := range []struct {
		in   bin.Encoder
		want bool
	}{
		{&tg.MessagesGetHistoryRequest{}, true},
		{&tg.HelpGetConfigRequest{}, true},
		{&tg.ContactsSearchRequest{}, true},
		{&tg.MessagesReadHistoryRequest{}, true},
		{&tg.MessagesEditMessageRequest{}, true},
		{&tg.UploadSaveFilePartRequest{}, true},
		{&tg.AuthSendCodeRequest{}, true},
		{&tg.MessagesSendReactionRequest{}, true},
		{&tg.MessagesSendPaidReactionRequest{}, false},
		{&tg.AuthImportBotAuthorizationRequest{}, true},
		{&tg.MessagesSendMessageRequest{RandomID: 1}, true},
		{&tg.MessagesForwardMessagesRequest{RandomID: []int64{1, 2}}, true},
		{&tg.MessagesSendMultiMediaRequest{MultiMedia: []tg.InputSingleMedia{{RandomID: 1}}}, true},
		{&tg.MessagesSendMessageRequest{}, false}, // no random id: it would be sent twice
		{&tg.MessagesForwardMessagesRequest{}, false},
		{&tg.MessagesForwardMessagesRequest{RandomID: []int64{1, 0}}, false},
		{&tg.MessagesSendMultiMediaRequest{}, false},
		{&tg.MessagesSendMultiMediaRequest{MultiMedia: []tg.InputSingleMedia{{}}}, false},
		{&tg.MessagesCreateChatRequest{}, false},
		{&tg.ChannelsInviteToChannelRequest{}, false},
		{&tg.PaymentsSendPaymentFormRequest{}, false},
		{&tg.AuthSignInRequest{}, false},
		{&tg.AuthCheckPasswordRequest{}, false},
		{&tg.MessagesGetBotCallbackAnswerRequest{}, false},
		{&tg.AccountUpdatePasswordSettingsRequest{}, false},
		{nameless{}, false},
	} {
		if got := repeatable(test.in); got != test.want {
			t.Errorf("%s: got %v", methodName(test.in), got)
		}
	}
}

type nameless struct{}

func (nameless) Encode(*bin.Buffer) error { return nil }
