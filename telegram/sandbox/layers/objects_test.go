package layers

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// These objects have the same form since layer 144, or one that can be read.
func TestObjectsOfOldCallsAreRead(t *testing.T) {
	price := tg.Invoice{Currency: "EUR", Prices: []tg.LabeledPrice{{Label: "Tea", Amount: 150}}}
	invoice := &tg.InputMediaInvoice{Title: "Tea", Invoice: price, Payload: []byte{1}, ProviderData: tg.DataJSON{Data: "{}"}}
	invoice.SetProvider("bank")
	credentials := &tg.InputPaymentCredentials{Data: tg.DataJSON{Data: "{}"}}
	for layer, objects := range map[int][]bin.Encoder{
		144: {
			&tg.InputMediaGame{ID: &tg.InputGameShortName{BotID: &tg.InputUserSelf{}, ShortName: "chess"}}, &tg.InputMediaGame{ID: &tg.InputGameID{ID: 1}},
			invoice, &tg.InputInvoiceMessage{Peer: &tg.InputPeerSelf{}, MsgID: 3}, &tg.InputInvoiceSlug{Slug: "x"}, credentials,
			&tg.InputBotInlineResultGame{ID: "1", ShortName: "chess", SendMessage: &tg.InputBotInlineMessageGame{}},
			&tg.ShippingOption{ID: "1", Title: "By mail", Prices: price.Prices}, &tg.PaymentRequestedInfo{},
		},
		158: {&tg.EmojiStatusEmpty{}, &tg.ChatReactionsAll{}, &tg.ChatReactionsNone{}, &tg.ChatReactionsSome{Reactions: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}}},
		227: {
			&tg.InputNotifyForumTopic{Peer: &tg.InputPeerSelf{}, TopMsgID: 2}, &tg.Birthday{Day: 1, Month: 2}, &tg.DialogFilterDefault{},
			&tg.DialogFilterChatlist{ID: 3, Title: tg.TextWithEntities{Text: "Work"}},
		},
	} {
		for _, want := range objects {
			raw, err := For(layer).Encode(want)
			if err != nil {
				t.Fatal(err)
			}
			got, err := For(layer).read(&bin.Buffer{Buf: raw}, 0)
			if err != nil {
				t.Errorf("layer %d: %v", layer, err)
				continue
			}
			if again, err := For(layer).Encode(got.(bin.Encoder)); err != nil || string(again) != string(raw) {
				t.Errorf("layer %d: %v became %v, %v", layer, want, got, err)
			}
		}
	}
}

func TestTheTitleOfAnOldFolderIsText(t *testing.T) {
	b := &bin.Buffer{}
	b.PutID(0x5fb5523b)
	b.PutUint32(0)
	b.PutInt(7)
	b.PutString("Work")
	for range 3 {
		b.PutVectorHeader(0)
	}
	got, err := For(190).read(b, 0)
	if folder, ok := got.(*tg.DialogFilter); err != nil || !ok || folder.ID != 7 || folder.Title.Text != "Work" {
		t.Errorf("got %v, %v", got, err)
	}
}
