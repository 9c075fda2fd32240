package bindings_test

import (
	"regexp"
	"slices"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/spec"
)

var writtenHere = regexp.MustCompile(`^(client|event|handler|tg)[.:]([a-z_]+)(?:[.:]([a-z_]+))?$`)

// TestNamesFromElsewhere: what people are told to write in place of another library's name is there, and the other
// name isn't.
func TestNamesFromElsewhere(t *testing.T) {
	table := bindings.Table()
	members := func(classes ...string) (names []string) {
		for i := range table.Classes {
			if c := &table.Classes[i]; slices.Contains(classes, c.Name) {
				for _, f := range table.FieldsOf(c) {
					names = append(names, f.Name)
				}
				for _, m := range table.MethodsOf(c) {
					names = append(names, m.Name)
				}
			}
		}
		return names
	}
	var space func(s *spec.Namespace, path string) []string
	space = func(s *spec.Namespace, path string) (names []string) {
		for _, f := range s.Functions {
			names = append(names, path+f.Name)
		}
		for _, v := range s.Values {
			names = append(names, path+v.Name)
		}
		for i := range s.Spaces {
			names = append(append(names, path+s.Spaces[i].Name), space(&s.Spaces[i], path+s.Spaces[i].Name+".")...)
		}
		return names
	}
	known := map[string][]string{
		"client": members("Client"), "event": members("MessageEvent", "CallbackEvent"), "handler": members("Handler"),
	}
	for i := range table.Namespaces {
		if n := &table.Namespaces[i]; n.Name == "tg" {
			known["tg"] = space(n, "")
		}
	}
	for _, e := range table.Events {
		known["on"] = append(known["on"], e.Name)
	}
	for owner, names := range spec.Elsewhere() {
		own := known[map[string]string{"Client": "client"}[owner]+map[string]string{"event": "event", "tg": "tg", "on": "on"}[owner]]
		for name, here := range names {
			if slices.Contains(own, name) && owner != "event" { // some kinds of events have it, and others don't
				t.Errorf("%s has a %s, and is said to have none", owner, name)
			}
			m := writtenHere.FindStringSubmatch(here)
			switch {
			case owner == "on":
				if !slices.Contains(own, here) {
					t.Errorf("there is no event %s, for %s", here, name)
				}
			case m == nil:
				if !slices.Contains([]string{"client", "print", "the event itself"}, here) {
					t.Errorf("%s: what is %q?", name, here)
				}
			case m[3] != "" && !slices.Contains(known[m[1]], m[2]+"."+m[3]), m[3] == "" && !slices.Contains(known[m[1]], m[2]):
				t.Errorf("there is no %s, for %s of %s", here, name, owner)
			}
		}
	}
}

func TestHintsFromElsewhere(t *testing.T) {
	newWorld(t, "EchoBot").run(t, `
		local function try(f, ...) print(select(2, pcall(f, ...)).message) end
		try(function() client:send_photo("me", "a.jpg") end)
		try(function() tg.on("message", print) end)
		try(client.on, client, "callback_query:data", print)
		try(function() return client.me.from_user end)
		client:on("message", function(event) try(function() return event.from_user end) end)`,
		`print: Client: unknown field 'send_photo': here it is client:send_file
		print: tg: unknown name 'on': here it is client:on
		print: on: unknown event 'callback_query:data': here it is callback
		print: Peer: unknown field 'from_user'
		alice> x
		print: MessageEvent: unknown field 'from_user': here it is event.sender`)
}
