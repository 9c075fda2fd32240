package layers

import (
	"errors"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tdp"
	"github.com/gotd/td/tg"
)

func TestFor(t *testing.T) {
	for layer, older := range map[int]bool{0: false, tg.Layer: false, 228: true, 227: true, 220: true, 198: true, 151: true, 150: true, 144: true} {
		if got := For(layer) != nil; got != older {
			t.Errorf("layer %d has a table: %v", layer, got)
		}
	}
}

func TestTheTablesAreWhole(t *testing.T) {
	for _, v := range tables() {
		layer := v.layer
		t.Run(strconv.Itoa(layer), func(t *testing.T) { testTableIsWhole(t, For(layer)) })
	}
}

func testTableIsWhole(t *testing.T, table *Table) {
	kinds := map[string]bool{"#": true, "int": true, "long": true, "double": true, "string": true, "bytes": true, "Bool": true, "true": true, "Object": true}
	check := func(d *definition) {
		flags := map[string]bool{}
		for _, f := range d.fields {
			if f.kind == "#" {
				flags[f.name] = true
			}
			if !kinds[f.kind] || f.flags != "" && (!flags[f.flags] || f.flag < 0 || f.flag > 31) {
				t.Errorf("%s: %+v", d.name, f)
			}
		}
	}
	for _, d := range table.byName {
		check(d)
	}
	for id, d := range table.methods {
		check(d)
		if now := table.Method(id); now != d.name && now != renamed[d.name] {
			t.Errorf("method %x is %q, want %q", id, table.Method(id), d.name)
		}
	}
	if len(table.byName) < 300 || len(table.methods) < 80 {
		t.Errorf("%d constructors, %d methods", len(table.byName), len(table.methods))
	}
}

func TestParseRefuses(t *testing.T) {
	for _, text := range []string{"noid", "a#xyz", "a#1 b:flags.x?int"} {
		if _, err := parse(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// readers are constructors that only tests read back.
func readers() map[string]func() tdp.Object {
	all := map[string]func() tdp.Object{}
	constructors := tg.TypesConstructorMap()
	for name, id := range tg.NamesMap() {
		name, _, _ = strings.Cut(name, "#")
		if make := constructors[id]; make != nil {
			all[name] = func() tdp.Object { return make().(tdp.Object) }
		}
	}
	return all
}

// again reads what Encode has written, by the old definitions, into the newest form.
func again(t *testing.T, v bin.Encoder) any {
	t.Helper()
	table := For(144)
	table = &Table{byName: table.byName, byID: table.byID, objects: readers()}
	raw, err := table.Encode(v)
	if err != nil {
		t.Fatal(err)
	}
	b := &bin.Buffer{Buf: raw}
	got, err := table.read(b, 0)
	if err != nil {
		t.Fatal(err)
	}
	if b.Len() != 0 {
		t.Errorf("%d bytes too many", b.Len())
	}
	return got
}

func TestWhatBothLayersHaveSurvives(t *testing.T) {
	m := &tg.Message{
		ID: 7, Out: true, PeerID: &tg.PeerUser{UserID: 5}, FromID: &tg.PeerUser{UserID: 6}, Date: 9, Message: "héllo",
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 1, Length: 2}, &tg.MessageEntityTextURL{Length: 1, URL: "https://x.org"}},
		ReplyTo:  &tg.MessageReplyHeader{ReplyToMsgID: 3},
	}
	m.SetEditDate(11)
	m.SetFlags()
	got, ok := again(t, m).(*tg.Message)
	if !ok || got.ID != 7 || !got.Out || got.Message != "héllo" || got.EditDate != 11 || len(got.Entities) != 2 || got.PeerID.(*tg.PeerUser).UserID != 5 {
		t.Errorf("got %v", got)
	}
	if got.ReplyTo.(*tg.MessageReplyHeader).ReplyToMsgID != 3 {
		t.Errorf("reply %v", got.ReplyTo)
	}
	u := &tg.User{ID: 1, Self: true, AccessHash: -5, FirstName: "a", Phone: "42", Status: &tg.UserStatusRecently{}}
	if got := again(t, u).(*tg.User); !got.Self || got.AccessHash != -5 || got.FirstName != "a" || got.Phone != "42" || got.Status == nil {
		t.Errorf("got %v", got)
	}
}

func TestWhatIsTooNewIsLeftOut(t *testing.T) {
	list := &tg.Updates{Updates: []tg.UpdateClass{
		&tg.UpdateNewAuthorization{Hash: 1}, &tg.UpdateMessageID{ID: 4, RandomID: 5}, &tg.UpdateStory{Peer: &tg.PeerUser{}, Story: &tg.StoryItemDeleted{}},
	}, Date: 3}
	got := again(t, list).(*tg.Updates)
	if len(got.Updates) != 1 || got.Updates[0].(*tg.UpdateMessageID).RandomID != 5 || got.Date != 3 {
		t.Errorf("got %v", got)
	}
	if _, err := For(144).Encode(&tg.StoryItemDeleted{ID: 1}); !errors.Is(err, ErrUnknown) {
		t.Errorf("alone: %v", err)
	}
	if _, err := For(144).Encode(encoderOnly{}); !errors.Is(err, ErrUnknown) {
		t.Errorf("no object: %v", err)
	}
}

type encoderOnly struct{}

func (encoderOnly) Encode(*bin.Buffer) error { return nil }

func TestReplacements(t *testing.T) {
	inner := &tg.Updates{Date: 8}
	for _, v := range []bin.Encoder{
		&tg.MessagesChatInviteJoinResultOk{Updates: inner}, &tg.MessagesInvitedUsers{Updates: inner},
	} {
		if got, ok := again(t, v).(*tg.Updates); !ok || got.Date != 8 {
			t.Errorf("%T became %v", v, got)
		}
	}
}

func TestAnswersThatAreNoObjects(t *testing.T) {
	raw, err := For(144).Encode(&tg.BoolTrue{})
	if err != nil || (&bin.Buffer{Buf: raw}).ConsumeID(tg.BoolTrueTypeID) != nil {
		t.Errorf("true: %x, %v", raw, err)
	}
	raw, err = For(144).Encode(&tg.UserClassVector{Elems: []tg.UserClass{&tg.User{ID: 1}, &tg.UserEmpty{ID: 2}}})
	if err != nil {
		t.Fatal(err)
	}
	b := &bin.Buffer{Buf: raw}
	if n, err := b.VectorHeader(); err != nil || n != 2 {
		t.Errorf("a vector of %d, %v", n, err)
	}
}

// call writes an old call by its definition, with the fields given and no others.
func call(t *testing.T, name string, in tdp.Object) *bin.Buffer {
	t.Helper()
	table := For(144)
	for _, d := range table.methods {
		if d.name == name {
			b := &bin.Buffer{}
			b.PutID(d.id)
			if err := table.fields(b, d, in.TypeInfo(), reflect.ValueOf(in).Elem()); err != nil {
				t.Fatal(err)
			}
			return b
		}
	}
	t.Fatalf("no method %s", name)
	return nil
}

func TestDecodeCalls(t *testing.T) {
	in := &tg.MessagesEditMessageRequest{Peer: &tg.InputPeerUser{UserID: 5, AccessHash: 6}, ID: 7, Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 1}}}
	in.SetMessage("text")
	var got tg.MessagesEditMessageRequest
	if err := For(144).Decode(call(t, "messages.editMessage", in), &got); err != nil {
		t.Fatal(err)
	}
	text, given := got.GetMessage()
	if !given || text != "text" || got.ID != 7 || got.Peer.(*tg.InputPeerUser).AccessHash != 6 || len(got.Entities) != 1 {
		t.Errorf("got %v", &got)
	}
}

func TestAReplyOfOldIsAReply(t *testing.T) {
	b := &bin.Buffer{}
	table := For(144)
	for id, d := range table.methods {
		if d.name == "messages.sendMessage" {
			b.PutID(id)
		}
	}
	b.PutUint32(1) // flags: reply_to_msg_id
	_ = (&tg.InputPeerSelf{}).Encode(b)
	b.PutInt(77)
	b.PutString("hi")
	b.PutLong(1234)
	var got tg.MessagesSendMessageRequest
	if err := table.Decode(b, &got); err != nil {
		t.Fatal(err)
	}
	if reply, ok := got.ReplyTo.(*tg.InputReplyToMessage); !ok || reply.ReplyToMsgID != 77 || got.RandomID != 1234 {
		t.Errorf("got %v", &got)
	}
}

func TestDecodeRefuses(t *testing.T) {
	var in tg.MessagesSendMessageRequest
	whole := call(t, "messages.sendMessage", &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, Message: "x", RandomID: 1}).Buf
	for n := range len(whole) {
		if err := For(144).Decode(&bin.Buffer{Buf: whole[:n]}, &in); err == nil {
			t.Errorf("the first %d of %d bytes were a call", n, len(whole))
		}
	}
	if err := For(144).Decode(&bin.Buffer{Buf: []byte("none such")}, &in); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown method: %v", err)
	}
	if name := For(144).Method(1); name != "" {
		t.Errorf("method 1 is %q", name)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(call(&testing.T{}, "messages.sendMessage", &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, Message: "x", RandomID: 1}).Buf)
	f.Add([]byte(strings.Repeat("\x15\xc4\xb5\x1c", 20)))
	f.Fuzz(func(t *testing.T, raw []byte) {
		var in tg.MessagesSendMessageRequest
		_ = For(144).Decode(&bin.Buffer{Buf: raw}, &in)
		_, _ = For(144).read(&bin.Buffer{Buf: raw}, 0)
	})
}

func TestFilesOfOldAreFiles(t *testing.T) {
	d := &tg.Document{ID: 7, FileReference: []byte{1}, MimeType: "video/mp4", Size: 1 << 33, Attributes: []tg.DocumentAttributeClass{
		&tg.DocumentAttributeVideo{Duration: 7.9, W: 3, H: 4}, &tg.DocumentAttributeFilename{FileName: "a.mp4"},
	}}
	d.SetThumbs([]tg.PhotoSizeClass{&tg.PhotoStrippedSize{Type: "i", Bytes: []byte{1, 2}}, &tg.PhotoSize{Type: "m", W: 5, H: 6, Size: 7}})
	got := again(t, d).(*tg.Document)
	video, ok := got.Attributes[0].(*tg.DocumentAttributeVideo)
	if !ok || video.Duration != 7 || got.Size != 1<<33 || len(got.Thumbs) != 2 || got.Attributes[1].(*tg.DocumentAttributeFilename).FileName != "a.mp4" {
		t.Errorf("got %v", got)
	}
	in := &tg.MessagesSendMultiMediaRequest{Peer: &tg.InputPeerSelf{}, MultiMedia: []tg.InputSingleMedia{
		{RandomID: 5, Message: "one", Media: &tg.InputMediaDocument{ID: &tg.InputDocument{ID: 9, FileReference: []byte{3}}}},
	}}
	var out tg.MessagesSendMultiMediaRequest
	if err := For(144).Decode(call(t, "messages.sendMultiMedia", in), &out); err != nil {
		t.Fatal(err)
	}
	if len(out.MultiMedia) != 1 || out.MultiMedia[0].RandomID != 5 || out.MultiMedia[0].Media.(*tg.InputMediaDocument).ID.(*tg.InputDocument).ID != 9 {
		t.Errorf("got %v", &out)
	}
}

func TestSignaturesOfOldAreSignatures(t *testing.T) {
	table := For(144)
	b := &bin.Buffer{}
	for id, d := range table.methods {
		if d.name == "channels.toggleSignatures" {
			b.PutID(id)
		}
	}
	_ = (&tg.InputChannel{ChannelID: 5, AccessHash: 6}).Encode(b)
	b.PutBool(true)
	var got tg.ChannelsToggleSignaturesRequest
	if err := table.Decode(b, &got); err != nil || !got.SignaturesEnabled || got.Channel.(*tg.InputChannel).ChannelID != 5 {
		t.Errorf("got %v, %v", &got, err)
	}
}

func TestRightsSurvive(t *testing.T) {
	admin := &tg.ChannelParticipantAdmin{UserID: 5, PromotedBy: 6, Date: 7, Rank: "keeper", AdminRights: tg.ChatAdminRights{BanUsers: true, ManageTopics: true}}
	if got := again(t, admin).(*tg.ChannelParticipantAdmin); got.Rank != "keeper" || !got.AdminRights.BanUsers || got.AdminRights.ManageTopics {
		t.Errorf("got %v", got)
	}
	log := &tg.ChannelsAdminLogResults{Events: []tg.ChannelAdminLogEvent{
		{ID: 1, Date: 2, UserID: 3, Action: &tg.ChannelAdminLogEventActionChangeTitle{PrevValue: "a", NewValue: "b"}},
		{ID: 2, Date: 2, UserID: 3, Action: &tg.ChannelAdminLogEventActionToggleForum{NewValue: true}},
	}}
	if got := again(t, log).(*tg.ChannelsAdminLogResults); len(got.Events) != 1 || got.Events[0].Action.(*tg.ChannelAdminLogEventActionChangeTitle).NewValue != "b" {
		t.Errorf("the log: %v", got)
	}
}

func TestShortFormsAreShown(t *testing.T) {
	reply := &tg.MessageReplyHeader{}
	reply.SetReplyToMsgID(3)
	one := &tg.UpdateShortMessage{
		Out: true, ID: 4, UserID: 5, Message: "hi", Pts: 6, PtsCount: 1, Date: 7, ReplyTo: reply, TTLPeriod: 9,
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 2}}, FwdFrom: tg.MessageFwdHeader{FromID: &tg.PeerUser{UserID: 8}},
	}
	got, ok := again(t, one).(*tg.UpdateShortMessage)
	if !ok || !got.Out || got.ID != 4 || got.UserID != 5 || got.Pts != 6 || got.ReplyTo.(*tg.MessageReplyHeader).ReplyToMsgID != 3 || len(got.Entities) != 1 || got.TTLPeriod != 9 {
		t.Errorf("got %v", got)
	}
	if got, ok := again(t, &tg.UpdateShortChatMessage{ID: 4, FromID: 5, ChatID: 6, Message: "hi"}).(*tg.UpdateShortChatMessage); !ok || got.FromID != 5 || got.ChatID != 6 {
		t.Errorf("got %v", got)
	}
	sent := &tg.UpdateShortSentMessage{Out: true, ID: 4, Pts: 5, PtsCount: 1, Date: 6, Media: &tg.MessageMediaEmpty{}}
	if got, ok := again(t, sent).(*tg.UpdateShortSentMessage); !ok || got.ID != 4 || got.Media == nil {
		t.Errorf("got %v", got)
	}
	if _, err := For(144).Encode(&tg.UpdateShort{Update: &tg.UpdateStarsBalance{Balance: &tg.StarsAmount{}}}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an update of later, alone: %v", err)
	}
}
