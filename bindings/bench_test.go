package bindings

import (
	"context"
	"testing"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
)

// BenchmarkFilters measures what a message costs that a handler doesn't want, or does: no Lua runs.
func BenchmarkFilters(b *testing.B) {
	chats := chatFilters{Incoming: new(true), kindFilters: kindFilters{Private: new(true)}}
	listed := chatFilters{Chats: targets("@news", int64(-5)), From: targets("@bob")}
	find, err := compilePattern("^/roll (%d+)$")
	if err != nil {
		b.Fatal(err)
	}
	event := &telegram.Event{Message: said("some words that are no command", friends, alice)}
	for name, filters := range map[string]chatFilters{"kind of chat": chats, "lists": listed} {
		b.Run(name, func(b *testing.B) {
			wanted, err := filters.compile("on")
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				if wanted(event) {
					b.Fatal("it is wanted")
				}
			}
		})
	}
	b.Run("pattern, no match", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			find(event.Message.Message.Message)
		}
	})
	b.Run("pattern, match", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			find("/roll 20")
		}
	})
}

// BenchmarkEvent measures a call of a handler, from the Go event to the end of the Lua function.
func BenchmarkEvent(b *testing.B) {
	for _, row := range [][2]string{
		{"no field", `return function(event) end`},
		{"one field", `return function(event) local t = event.raw_text end`},
		{"three fields", `return function(event) if not event.out and event.raw_text == "x" then return event.chat_id end end`},
		{"the sender's name", `return function(event) return event.sender.name end`},
	} {
		b.Run(row[0], func(b *testing.B) {
			m := vm.New(vm.Options{MaxRun: -1})
			defer m.Close()
			m.Lock()
			in := (&spec.Table{Classes: Table().Classes}).Install(m.Root(), nil)
			proto, err := vm.Compile("bench", []byte(row[1]))
			if err != nil {
				b.Fatal(err)
			}
			chunk := m.Root().NewFunctionFromProto(proto)
			m.Unlock()
			made, err := m.Run(context.Background(), chunk, nil)
			if err != nil {
				b.Fatal(err)
			}
			handler, wrap := made[0].(*vm.Function), wrapMessage(in)
			event := &telegram.Event{Message: said("hi", friends, alice)}
			args := func(L *vm.State) []vm.Value { return []vm.Value{wrap(L, event, nil)} }
			b.ReportAllocs()
			for b.Loop() {
				if _, err := m.Run(context.Background(), handler, args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkInstall measures what the globals add to each load of a script.
func BenchmarkInstall(b *testing.B) {
	m := vm.New(vm.Options{})
	defer m.Close()
	m.Lock()
	defer m.Unlock()
	rows := spec.Table{Classes: Table().Classes}
	b.ReportAllocs()
	for b.Loop() {
		rows.Install(m.Root(), nil)
	}
}
