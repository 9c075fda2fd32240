package layers

import (
	"strconv"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

func TestTheNearestLayerIsTaken(t *testing.T) {
	for layer, want := range map[int]int{
		1: 144, 144: 144, 145: 144, 147: 146, 153: 152, 158: 158, 163: 162, 168: 167, 190: 190, 195: 198, 201: 198, 210: 220, 228: 227,
	} {
		for _, v := range tables() {
			if v.layer == want && v.table() != For(layer) {
				t.Errorf("layer %d has another table than %d", layer, want)
			}
		}
	}
}

// TestIdsOfOldLayers compares with what https://core.telegram.org/schema has said at the time.
func TestIdsOfOldLayers(t *testing.T) {
	for _, row := range []struct {
		layer int
		name  string
		id    uint32
	}{
		{158, "user", 0x8f97c628}, {158, "channel", 0x83259464}, {158, "message", 0x38116ee0}, {158, "auth.sentCode", 0x5e002502},
		{144, "user", 0x3ff6ecb0}, {166, "user", 0xeb602f25}, {166, "message", 0x38116ee0}, {167, "user", 0x215c4438},
		{174, "message", 0x1e4c8a69}, {181, "message", 0x94345242}, {198, "user", 0x4b46c37e},
	} {
		if d := For(row.layer).byName[row.name]; d == nil || d.id != row.id {
			t.Errorf("%s of layer %d is %+v, want %x", row.name, row.layer, d, row.id)
		}
	}
}

// TestEveryLayerShowsWhatIsCommon lets each layer read by its own definitions what it was sent.
func TestEveryLayerShowsWhatIsCommon(t *testing.T) {
	user := &tg.User{ID: 1, Self: true, AccessHash: -5, FirstName: "a", Phone: "42", Status: &tg.UserStatusRecently{}, Photo: &tg.UserProfilePhotoEmpty{}}
	message := &tg.Message{
		ID: 7, PeerID: &tg.PeerUser{UserID: 5}, FromID: &tg.PeerUser{UserID: 6}, Date: 9, Message: "héllo",
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 1, Length: 2}, &tg.MessageEntityBlockquote{Length: 1}},
		ReplyTo:  &tg.MessageReplyHeader{ReplyToMsgID: 3}, Media: &tg.MessageMediaDice{Value: 3, Emoticon: "🎲"},
		ReplyMarkup: &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{{Buttons: []tg.KeyboardInlineButton{{Text: "b", Type: &tg.InlineButtonTypeCallback{Data: []byte("d")}}}}}},
	}
	channel := &tg.Channel{ID: 3, Title: "c", Megagroup: true, AccessHash: 9, Photo: &tg.ChatPhotoEmpty{}, Date: 4}
	values := []tdp.Object{
		&tg.Updates{
			Updates: []tg.UpdateClass{&tg.UpdateNewMessage{Message: message, Pts: 1, PtsCount: 1}, &tg.UpdateNewChannelMessage{Message: message}},
			Users:   []tg.UserClass{user}, Chats: []tg.ChatClass{channel, &tg.Chat{ID: 2, Title: "g", Photo: &tg.ChatPhotoEmpty{}}}, Date: 3,
		},
		&tg.AuthAuthorization{User: user},
		&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeApp{Length: 5}, PhoneCodeHash: "h"},
		&tg.Config{DCOptions: []tg.DCOption{{ID: 2, IPAddress: "127.0.0.1", Port: 1}}, DCTxtDomainName: "x", MeURLPrefix: "y"},
		&tg.UpdatesState{Pts: 1}, &tg.UpdatesDifference{NewMessages: []tg.MessageClass{message}, Users: []tg.UserClass{user}},
		&tg.MessagesDialogs{Dialogs: []tg.DialogClass{&tg.Dialog{Peer: &tg.PeerUser{UserID: 1}}}, Messages: []tg.MessageClass{message}, Users: []tg.UserClass{user}},
	}
	for _, v := range tables() {
		t.Run(strconv.Itoa(v.layer), func(t *testing.T) {
			table := v.table()
			for _, value := range values {
				setFlags(value)
				raw, err := table.Encode(value.(bin.Encoder))
				if err != nil {
					t.Errorf("%s: %v", value.TypeInfo().Name, err)
					continue
				}
				b := &bin.Buffer{Buf: raw}
				if err := table.walk(b, 0); err != nil || b.Len() != 0 {
					t.Errorf("%s: %v, %d bytes are left", value.TypeInfo().Name, err, b.Len())
				}
			}
		})
	}
}

// walk reads an object by the table's definitions and forgets it.
func (t *Table) walk(b *bin.Buffer, depth int) error {
	id, err := b.PeekID()
	if err != nil {
		return err
	}
	if t.byID[id] == nil { // boolTrue and the like
		b.Skip(bin.Word)
		return nil
	}
	b.Skip(bin.Word)
	_, err = (&Table{byName: t.byName, byID: t.byID, objects: anything(t)}).parse(b, t.byID[id], depth)
	return err
}

// anything reads every constructor into nothing.
func anything(t *Table) map[string]func() tdp.Object {
	all := map[string]func() tdp.Object{}
	for name := range t.byName {
		all[name] = func() tdp.Object { return &nothing{} }
	}
	return all
}

type nothing struct{}

func (*nothing) TypeID() uint32     { return 0 }
func (*nothing) TypeName() string   { return "" }
func (*nothing) TypeInfo() tdp.Type { return tdp.Type{} }
