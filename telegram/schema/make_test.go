package schema

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

type fields = map[string]any

// maker fills random ids with 7, and takes 5 for a peer.
func maker() Maker {
	return Maker{
		Random: func() int64 { return 7 },
		Convert: func(class string, v any) (*Object, error) {
			switch {
			case class == "InputPeer" && v == 5:
				promised := new(Object)
				self, err := Maker{}.Object("InputPeer", "inputPeerSelf")
				promised.Become(self)
				return promised, err
			case class == "InputPeer" && v == 6:
				return nil, errors.New("six is nobody")
			}
			return nil, nil
		},
	}
}

// TestMakes compares what is made of plain values with what package tg writes.
func TestMakes(t *testing.T) {
	self := &tg.InputPeerSelf{}
	bold := &tg.MessageEntityBold{Offset: 1, Length: 2}
	document, err := Of(&tg.Document{ID: 8, AccessHash: 9, FileReference: []byte("r"), Attributes: []tg.DocumentAttributeClass{}})
	if err != nil {
		t.Fatal(err)
	}
	for sentence, test := range map[string]struct {
		method string
		args   fields
		want   bin.Encoder
	}{
		"what is given, and what is a matter of course": {
			"messages.sendMessage", fields{"peer": 5, "message": "hi"}, &tg.MessagesSendMessageRequest{Peer: self, Message: "hi", RandomID: 7},
		},
		"flags by their presence": {
			"messages.sendMessage", fields{"peer": "inputPeerSelf", "message": "hi", "silent": true, "background": false, "random_id": "3", "schedule_date": 4.0},
			&tg.MessagesSendMessageRequest{Peer: self, Message: "hi", RandomID: 3, Silent: true, ScheduleDate: 4},
		},
		"lists of objects": {
			"messages.sendMessage", fields{"peer": 5, "message": "hi", "entities": []any{fields{Tag: "messageEntityBold", "offset": 1, "length": "2"}}},
			&tg.MessagesSendMessageRequest{Peer: self, Message: "hi", RandomID: 7, Entities: []tg.MessageEntityClass{bold}},
		},
		"one for a list of one": {
			"messages.sendMessage", fields{"peer": 5, "message": "hi", "entities": fields{Tag: "messageEntityBold", "offset": 1, "length": 2}},
			&tg.MessagesSendMessageRequest{Peer: self, Message: "hi", RandomID: 7, Entities: []tg.MessageEntityClass{bold}},
		},
		"an empty table for an empty list": {
			"messages.getMessages", fields{"id": fields{}}, &tg.MessagesGetMessagesRequest{ID: []tg.InputMessageClass{}},
		},
		"a number for a message": {
			"messages.getMessages", fields{"id": []any{3.0, "4"}}, &tg.MessagesGetMessagesRequest{ID: []tg.InputMessageClass{&tg.InputMessageID{ID: 3}, &tg.InputMessageID{ID: 4}}},
		},
		"a number for a reply": {
			"messages.sendMessage", fields{"peer": 5, "message": "x", "reply_to": 9}, &tg.MessagesSendMessageRequest{Peer: self, Message: "x", RandomID: 7, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: 9}},
		},
		"paging is from the begin": {
			"messages.getHistory", fields{"peer": 5, "limit": 10}, &tg.MessagesGetHistoryRequest{Peer: self, Limit: 10},
		},
		"a search without a filter": {
			"messages.search", fields{"peer": 5, "q": "x"}, &tg.MessagesSearchRequest{Peer: self, Q: "x", Filter: &tg.InputMessagesFilterEmpty{}, Limit: 100},
		},
		"dialogs from the first": {
			"messages.getDialogs", fields{}, &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100},
		},
		"a random id for each": {
			"messages.forwardMessages", fields{"from_peer": 5, "to_peer": 5, "id": []any{1, 2}},
			&tg.MessagesForwardMessagesRequest{FromPeer: self, ToPeer: self, ID: []int{1, 2}, RandomID: []int64{7, 7}},
		},
		"random ids within": {
			"messages.sendMultiMedia", fields{"peer": 5, "multi_media": []any{fields{"media": fields{Tag: "inputMediaDice", "emoticon": "x"}, "message": ""}}},
			&tg.MessagesSendMultiMediaRequest{Peer: self, MultiMedia: []tg.InputSingleMedia{{Media: &tg.InputMediaDice{Emoticon: "x"}, RandomID: 7}}},
		},
		"a file of an answer": {
			"messages.sendMedia", fields{"peer": 5, "media": document, "message": ""},
			&tg.MessagesSendMediaRequest{Peer: self, RandomID: 7, Media: &tg.InputMediaDocument{ID: &tg.InputDocument{ID: 8, AccessHash: 9, FileReference: []byte("r")}}},
		},
		"where a file is": {
			"upload.getFile", fields{"location": document, "offset": "0", "limit": 4096},
			&tg.UploadGetFileRequest{Location: &tg.InputDocumentFileLocation{ID: 8, AccessHash: 9, FileReference: []byte("r")}, Limit: 4096},
		},
		"a sticker set by its name": {
			"messages.getStickerSet", fields{"stickerset": "animals"}, &tg.MessagesGetStickerSetRequest{Stickerset: &tg.InputStickerSetShortName{ShortName: "animals"}},
		},
		"text for text with formatting": {
			"messages.translateText", fields{"text": []any{"x"}, "to_lang": "en"}, &tg.MessagesTranslateTextRequest{Text: []tg.TextWithEntities{{Text: "x", Entities: []tg.MessageEntityClass{}}}, ToLang: "en"},
		},
		"bytes and great numbers": {
			"upload.saveFilePart", fields{"file_id": "-9223372036854775808", "file_part": 0, "bytes": "\xff\x00"},
			&tg.UploadSaveFilePartRequest{FileID: -1 << 63, Bytes: []byte{255, 0}},
		},
		"fractions": {
			"contacts.getLocated", fields{"geo_point": fields{Tag: "inputGeoPoint", "lat": 1.5, "long": "-2.5"}}, &tg.ContactsGetLocatedRequest{GeoPoint: &tg.InputGeoPoint{Lat: 1.5, Long: -2.5}},
		},
		"a number is text": {
			"messages.sendMessage", fields{"peer": 5, "message": 12.0}, &tg.MessagesSendMessageRequest{Peer: self, Message: "12", RandomID: 7},
		},
		"a list that shares its flag with what is given": {
			"messages.sendMedia", fields{"peer": 5, "message": "", "media": fields{Tag: "inputMediaPoll", "solution": "s", "poll": fields{"id": 0, "question": "q", "answers": []any{}}}},
			&tg.MessagesSendMediaRequest{Peer: self, RandomID: 7, Media: &tg.InputMediaPoll{Solution: "s", SolutionEntities: []tg.MessageEntityClass{},
				Poll: tg.Poll{Question: tg.TextWithEntities{Text: "q", Entities: []tg.MessageEntityClass{}}, Answers: []tg.PollAnswerClass{}}}},
		},
	} {
		t.Run(sentence, func(t *testing.T) {
			made, err := maker().Method(test.method, test.args)
			if err != nil {
				t.Fatal(err)
			}
			var got, want bin.Buffer
			if err := errors.Join(made.Encode(&got), test.want.Encode(&want)); err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got.Buf, want.Buf) {
				t.Errorf("got  %x\nwant %x", got.Buf, want.Buf)
			}
		})
	}
}

// loop is a table that contains itself.
func loop() fields {
	t := fields{Tag: "inputPeerUserFromMessage", "msg_id": 1, "user_id": 1}
	t["peer"] = t
	return t
}

func TestRefuses(t *testing.T) {
	send := func(more fields) fields {
		args := fields{"peer": 5, "message": "x"}
		for k, v := range more {
			args[k] = v
		}
		return args
	}
	for sentence, test := range map[string]struct {
		method string
		args   fields
		want   string
	}{
		"no such method":               {"messages.sendMesage", nil, "unknown method 'messages.sendMesage'"},
		"a constructor for a method":   {"inputPeerSelf", nil, "unknown method 'inputPeerSelf'"},
		"no such field":                {"messages.sendMessage", send(fields{"mesage": 1}), "messages.sendMessage: unknown field 'mesage' of messages.sendMessage"},
		"the words of flags":           {"messages.sendMessage", send(fields{"flags": 1}), "messages.sendMessage: unknown field 'flags' of messages.sendMessage"},
		"no such field within":         {"messages.sendMessage", send(fields{"reply_to": fields{Tag: "inputReplyToMessage", "id": 1}}), "messages.sendMessage: reply_to: unknown field 'id' of inputReplyToMessage: there are reply_to_msg_id, top_msg_id, reply_to_peer_id, quote_text, quote_entities, quote_offset, monoforum_peer_id, todo_item_id, poll_option"},
		"a session that wasn't named":  {"account.resetAuthorization", nil, "account.resetAuthorization: hash is missing: long expected"},
		"what is missing":              {"messages.sendMessage", fields{"peer": 5}, "messages.sendMessage: message is missing: string expected"},
		"no list":                      {"messages.getMessages", fields{"id": "x"}, "messages.getMessages: id[1]: unknown constructor 'x' of InputMessage: there are inputMessageID, inputMessageReplyTo, inputMessagePinned, inputMessageCallbackQuery"},
		"a wrong element":              {"messages.deleteMessages", fields{"id": []any{1, true}}, "messages.deleteMessages: id[2]: whole number expected, got boolean"},
		"too large for 32 bits":        {"messages.deleteMessages", fields{"id": 1 << 40}, "messages.deleteMessages: id[1]: a number within 32 bits expected, got 1099511627776"},
		"a fraction":                   {"messages.deleteMessages", fields{"id": 1.5}, "messages.deleteMessages: id[1]: whole number expected, got 1.5"},
		"not exact":                    {"messages.sendMessage", send(fields{"random_id": 1e18}), "messages.sendMessage: random_id: exact number expected, got 1e+18 (write numbers this large as a string)"},
		"text for a number":            {"messages.sendMessage", send(fields{"schedule_date": "soon"}), "messages.sendMessage: schedule_date: whole number expected, got 'soon'"},
		"a list for text":              {"messages.sendMessage", send(fields{"message": []any{}}), "messages.sendMessage: message: string expected, got list"},
		"bytes for text":               {"messages.sendMessage", send(fields{"message": "\xff"}), "messages.sendMessage: message: text in UTF-8 expected, got other bytes"},
		"text for a flag":              {"messages.sendMessage", send(fields{"silent": "yes"}), "messages.sendMessage: silent: boolean expected, got 'yes'"},
		"another class":                {"messages.sendMessage", send(fields{"reply_to": fields{Tag: "inputPeerSelf"}}), "messages.sendMessage: reply_to: unknown constructor 'inputPeerSelf' of InputReplyTo: there are inputReplyToMessage, inputReplyToStory, inputReplyToMonoForum, inputReplyToEphemeralMessage"},
		"no constructor":               {"messages.sendMessage", send(fields{"reply_to": fields{"story_id": 1}}), "messages.sendMessage: reply_to: InputReplyTo expected, as in { _ = \"inputReplyToMessage\" } or one of 3 more"},
		"a constructor that is none":   {"messages.sendMessage", send(fields{"reply_to": fields{Tag: 5}}), "messages.sendMessage: reply_to: _ is the name of a constructor, got 5"},
		"what Convert refuses":         {"messages.sendMessage", send(fields{"peer": 6}), "messages.sendMessage: peer: six is nobody"},
		"nobody":                       {"messages.sendMessage", send(fields{"peer": false}), "messages.sendMessage: peer: InputPeer expected, got boolean"},
		"the wrong number of bytes":    {"account.updatePasswordSettings", fields{"password": fields{Tag: "inputCheckPasswordSRP", "srp_id": 1, "A": "", "M1": ""}}, "account.updatePasswordSettings: new_settings is missing: account.PasswordInputSettings expected"},
		"bytes that are none":          {"upload.saveFilePart", fields{"file_id": 1, "file_part": 1, "bytes": 5}, "upload.saveFilePart: bytes: bytes expected, got 5"},
		"bytes that are too many":      {"upload.saveFilePart", fields{"file_id": 1, "file_part": 1, "bytes": make([]byte, 1<<24)}, "upload.saveFilePart: bytes: at most 16 MiB expected, got 16777216 bytes"},
		"text that is too long":        {"messages.sendMessage", send(fields{"message": strings.Repeat("x", 1<<24)}), "messages.sendMessage: message: at most 16 MiB expected, got 16777216 bytes"},
		"no call within a call":        {"invokeWithoutUpdates", fields{"query": fields{Tag: "messages.sendMesage"}}, "invokeWithoutUpdates: query: unknown method 'messages.sendMesage'"},
		"a constructor for a call":     {"invokeWithoutUpdates", fields{"query": "x"}, "invokeWithoutUpdates: query: a call, as in { _ = \"help.getConfig\" } expected, got 'x'"},
		"half of a pair":               {"messages.sendMedia", fields{"peer": 5, "message": "", "media": fields{Tag: "inputMediaPoll", "solution_entities": []any{}, "poll": fields{"id": 0, "question": "q", "answers": []any{}}}}, "messages.sendMedia: media: solution is missing: it belongs to another field that is given"},
		"a table within itself":        {"messages.sendMessage", send(fields{"send_as": loop()}), "messages.sendMessage: a table that contains itself, or lies too deep"},
		"a type without a description": {"messages.sendMessage", send(fields{"message": struct{}{}}), "messages.sendMessage: message: string expected, got another thing"},
	} {
		t.Run(sentence, func(t *testing.T) {
			_, err := maker().Method(test.method, test.args)
			if err == nil || err.Error() != test.want {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
			var described interface{ LuaFields() map[string]any }
			if !errors.As(err, &described) || described.LuaFields()["kind"] == "" {
				t.Error("it tells scripts nothing")
			}
		})
	}
}

func TestObjects(t *testing.T) {
	o, err := Of(&tg.UpdateNewMessage{Message: &tg.Message{ID: 3, PeerID: &tg.PeerUser{UserID: 4}, Message: "hi", Out: true, Views: 0}, Pts: 5, PtsCount: 1})
	if err != nil {
		t.Fatal(err)
	}
	m := o.Object("message")
	views, known := m.Get("views")
	_, unknown := m.Get("nothing")
	_, flags := m.Get("flags")
	out, _ := m.Get("out")
	if o.Name() != "updateNewMessage" || o.Int("pts") != 5 || m.Text("message") != "hi" || m.Object("peer_id").Int("user_id") != 4 ||
		out != true || views != nil || !known || unknown || flags || m.List("entities") != nil || m.Object("media") != nil || m.Int("edit_date") != 0 {
		t.Errorf("got %v", plain(o))
	}
	if got := fmt.Sprint(Find("messages.getHistory").Names()); got != "[peer offset_id offset_date add_offset limit max_id min_id hash]" {
		t.Error(got)
	}
	if f := Find("message").Field("entities"); f.Type.String() != "Vector<MessageEntity>" || !f.Optional() {
		t.Errorf("got %v", f.Type)
	}
	if !reflect.DeepEqual(Constructors("Bool"), []string{"boolFalse", "boolTrue"}) || Find("nothing") != nil || Method("message") != nil || ByID(1) != nil || len(Constructors("x")) != 0 {
		t.Error("the table finds the wrong things")
	}
	if !slices.Contains(Classes(), "messages.Messages") || !Small("message", "user_id") || Small("message", "grouped_id") || !Small("user", "id") || Small("document", "id") || !Small("document", "size") {
		t.Error("classes or numbers are mixed up")
	}
	if _, err := Of(&tg.UpdateNewMessage{}); err == nil {
		t.Error("half an object was taken")
	}
}
