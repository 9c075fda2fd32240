package schema

import (
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// BenchmarkEncode compares a call of plain values with a typed one.
func BenchmarkEncode(b *testing.B) {
	args := fields{
		"peer": fields{Tag: "inputPeerUser", "user_id": 5.0, "access_hash": "1152921504606846976"}, "message": "hello there",
		"entities": []any{fields{Tag: "messageEntityBold", "offset": 0.0, "length": 5.0}}, "random_id": "5",
	}
	typed := &tg.MessagesSendMessageRequest{
		Peer: &tg.InputPeerUser{UserID: 5, AccessHash: 1 << 60}, Message: "hello there", RandomID: 5,
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Length: 5}},
	}
	var buffer bin.Buffer
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				buffer.Reset()
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("typed", func() error { return typed.Encode(&buffer) })
	run("by name", func() error {
		o, err := Maker{}.Method("messages.sendMessage", args)
		if err != nil {
			return err
		}
		return o.Encode(&buffer)
	})
}

// BenchmarkDecode compares reading updates with package tg's.
func BenchmarkDecode(b *testing.B) {
	raw := encoded(b, someUpdates())
	run := func(name string, f func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	run("typed", func() error {
		_, err := tg.DecodeUpdates(&bin.Buffer{Buf: raw})
		return err
	})
	run("by name", func() error {
		_, err := new(Decoder).Object(raw)
		return err
	})
}

// BenchmarkTable makes the index, and reads all definitions.
func BenchmarkTable(b *testing.B) {
	b.Run("index", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			newIndex(source)
		}
	})
	b.Run("all", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			x := newIndex(source)
			for i := range x.lines {
				x.definition(&x.lines[i])
			}
		}
	})
}

// BenchmarkField reads the last field of a message.
func BenchmarkField(b *testing.B) {
	o, err := Of(someUpdates())
	if err != nil {
		b.Fatal(err)
	}
	m := o.List("updates")[0].(*Object).Object("message")
	b.ReportAllocs()
	for b.Loop() {
		if v, _ := m.Get("entities"); v == nil {
			b.Fatal("it is gone")
		}
	}
}
