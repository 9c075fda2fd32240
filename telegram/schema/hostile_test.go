package schema

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

func encoded(t testing.TB, v bin.Encoder) []byte {
	t.Helper()
	var b bin.Buffer
	if err := v.Encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Buf
}

// someUpdates are what Telegram sends all day.
func someUpdates() *tg.Updates {
	return &tg.Updates{
		Updates: []tg.UpdateClass{&tg.UpdateNewMessage{Message: &tg.Message{
			ID: 3, PeerID: &tg.PeerUser{UserID: 4}, FromID: &tg.PeerUser{UserID: 4}, Message: "hello there", Date: 5,
			Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 0, Length: 5}},
		}, Pts: 5, PtsCount: 1}},
		Users: []tg.UserClass{&tg.User{ID: 4, AccessHash: 1 << 60, FirstName: "Bob", Username: "bobby", Status: &tg.UserStatusRecently{}}},
		Chats: []tg.ChatClass{}, Date: 5,
	}
}

func words(list ...uint32) []byte {
	var b []byte
	for _, w := range list {
		b = binary.LittleEndian.AppendUint32(b, w)
	}
	return b
}

func TestHostileBytes(t *testing.T) {
	deep := bytes.Repeat(words(Find("inputPeerUserFromMessage").ID), 1000)
	vector := uint32(bin.TypeVector)
	for sentence, test := range map[string]struct {
		bytes []byte
		class string
		want  string
	}{
		"nothing":                     {nil, "Updates", "decode Updates: unexpected EOF"},
		"a newer layer":               {words(0xdeadbeef), "Updates", "decode Updates: unknown constructor deadbeef: a newer layer than 229?"},
		"another class":               {words(Find("peerUser").ID, 1, 0), "Updates", "decode peerUser: a Updates expected"},
		"a method":                    {words(Method("help.getConfig").ID), "Updates", "decode help.getConfig: a Updates expected"},
		"too deep":                    {deep, "InputPeer", "too deep"},
		"a vector that is none":       {words(Find("updates").ID, 5), "Updates", "decode updates.updates: "},
		"a vector without an end":     {words(Find("updates").ID, vector, 1<<31-1), "Updates", "decode updates.updates: a vector of 2147483647 in 0 bytes"},
		"a vector of less than none":  {words(Find("updates").ID, vector, 1<<31), "Updates", "invalid vector length"},
		"a vector longer than it is":  {words(Find("updates").ID, vector, 3, 0, 0), "Updates", "a vector of 3 in 8 bytes"},
		"a string longer than it is":  {words(Find("error").ID, 1, 0x00ffffff), "Error", "decode error.text: "},
		"the wrong element":           {words(Find("updates").ID, vector, 1, 0), "Updates", "decode updates.updates[0]: unknown constructor 00000000"},
		"what is no boolean":          {words(Find("inputPrivacyRuleX").id(), 1), "InputPrivacyRule", "unknown constructor"},
		"half of a number":            {append(words(Find("peerUser").ID), 1, 2, 3), "Peer", "decode peerUser.user_id: unexpected EOF"},
		"flags of fields not there":   {words(Find("message").ID, 0xffffffff), "Message", "decode message: unexpected EOF"},
		"half of a hash of 256 bits":  {append(words(Find("accessPointRule").ID), 1), "AccessPointRule", "decode accessPointRule.phone_prefix_rules: unexpected EOF"},
		"an envelope within envelope": {words(Method("invokeWithoutUpdates").ID, Method("invokeWithoutUpdates").ID), "X", "decode X: "},
	} {
		t.Run(sentence, func(t *testing.T) {
			_, err := new(Decoder).Decode(test.bytes, &Type{Kind: Class, Class: test.class})
			if err == nil || !strings.Contains(err.Error(), strings.Replace(test.want, "decode X: ", "decode ", 1)) {
				t.Errorf("got  %v\nwant %s", err, test.want)
			}
		})
	}
}

// id is 0 for what isn't there.
func (d *Definition) id() uint32 {
	if d == nil {
		return 0
	}
	return d.ID
}

// TestMemoryOfHostileBytes makes the densest bytes there are, and sees what they cost.
func TestMemoryOfHostileBytes(t *testing.T) {
	const size = 1 << 20
	count := uint32(size / 4)
	for sentence, b := range map[string][]byte{
		"many empty objects": append(words(Find("updates").ID, bin.TypeVector, count), bytes.Repeat(words(Find("updateConfig").ID), int(count))...),
		"objects in full": append(words(Find("updates").ID, bin.TypeVector, count/3),
			bytes.Repeat(words(Find("updateUserTyping").id(), 0, 0), int(count/3))...),
		"nothing behind a great number": append(words(Find("updates").ID, bin.TypeVector, count), make([]byte, size)...),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := new(Decoder).Decode(b, &Type{Kind: Class, Class: "Updates"})
		runtime.ReadMemStats(&after)
		if got := after.TotalAlloc - before.TotalAlloc; got > 40*size {
			t.Errorf("%s: %d bytes cost %d (%v)", sentence, len(b), got, err)
		}
	}
}

func FuzzDecode(f *testing.F) {
	d := newDice(3)
	f.Add(encoded(f, someUpdates()))
	for _, name := range Names(false)[:200] {
		m := Maker{method: name}
		if made, err := m.object(Find(name), d.object(Find(name), 2), nil); err == nil {
			f.Add(encoded(f, made))
		}
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		decoder := Decoder{Classes: map[string]bool{"User": true}, Seen: func(_ *Definition, raw []byte) {
			if len(raw) > len(b) {
				t.Error("an object is longer than all")
			}
		}}
		o, err := decoder.Object(b)
		if err != nil {
			return
		}
		again := encoded(t, o)
		back, err := new(Decoder).Object(again)
		if err != nil || !bytes.Equal(encoded(t, back), again) {
			t.Errorf("%x was read, written as %x, and read as something else: %v", b, again, err)
		}
	})
}
