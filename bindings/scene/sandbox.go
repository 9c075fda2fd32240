package scene

import (
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
)

const sandboxDoc = "The sandbox that the scenario directs."

var sandboxClass = spec.Class{
	Name: "Sandbox", Call: "sandbox", Go: reflect.TypeFor[*stage](), Doc: sandboxDoc,
	Methods: slices.Concat(cast, callFaults, updateFaults, deeds, surroundings),
}

type nameArgs struct {
	Name string `lua:"name" doc:"Name, @username or phone; of a chat its title or @username."`
}

type seenArgs struct {
	Chat where `lua:"chat,optional" doc:"What was said in this chat alone; a private one goes by either name."`
}

// cast are the rows that find people, bots and chats.
var cast = []spec.Func{
	spec.Method("person", "A person to act as.", findPerson).Direct().
		Example(`local alice = sandbox:person("alice")
alice:send("EchoBot", "/start")`).Raises("UNKNOWN_NAME"),
	spec.Method("bot", "A bot to act as, as if by a program of its own.", findPerson).Direct().
		Example(`sandbox:bot("EchoBot"):send("alice", "Hello!")`).Raises("UNKNOWN_NAME"),
	spec.Method("people", "All people.", func(_ *spec.Call, s *stage, _ spec.None) ([]*person, error) {
		var list []*person
		for _, p := range s.server.Info().People {
			list = append(list, &person{stage: s, name: p.Name})
		}
		return list, nil
	}).Example(`for _, person in ipairs(sandbox:people()) do print(person.name) end`),
	spec.Method("bots", "All bots.", func(_ *spec.Call, s *stage, _ spec.None) ([]*person, error) {
		var list []*person
		for _, b := range s.server.Info().Bots {
			list = append(list, &person{stage: s, name: b.Name})
		}
		return list, nil
	}).Example(`for _, bot in ipairs(sandbox:bots()) do print(bot.name) end`),
	spec.Method("chats", "All groups, supergroups and channels.", func(_ *spec.Call, s *stage, _ spec.None) ([]*chat, error) {
		var list []*chat
		for _, c := range s.server.Info().Chats {
			list = append(list, &chat{s, c})
		}
		return list, nil
	}).Example(`for _, chat in ipairs(sandbox:chats()) do print(chat.title, chat.kind) end`),
	spec.Method("chat", "A group, supergroup or channel by its title.", func(_ *spec.Call, s *stage, in nameArgs) (*chat, error) {
		var titles []string
		for _, c := range s.server.Info().Chats {
			if strings.EqualFold(c.Title, in.Name) {
				return &chat{s, c}, nil
			}
			titles = append(titles, c.Title)
		}
		return nil, spec.Unknown("sandbox", "chat", in.Name, titles)
	}).Example(`print(#sandbox:chat("Friends"):members())`).Raises("UNKNOWN_NAME"),
	spec.Method("messages", "What was said in a group, supergroup or channel, oldest first, as its creator sees it.",
		func(_ *spec.Call, s *stage, in struct {
			Chat where `lua:"chat" doc:"Its title, @username, or a Chat."`
		}) ([]*message, error) {
			return (&chat{stage: s}).history(string(in.Chat))
		}).Example(`print(sandbox:messages("Friends")[1].text)`).Raises("UNKNOWN"),
	spec.Method("transcript", "What was said, edited and deleted since the scenario began, in order.",
		func(_ *spec.Call, s *stage, in seenArgs) ([]*entry, error) {
			s.said.Settle()
			said, _, _ := s.said.Since(s.first)
			list := []*entry{}
			for _, e := range said {
				if in.Chat == "" || strings.EqualFold(e.Chat, string(in.Chat)) || e.Private && strings.EqualFold(e.From, string(in.Chat)) {
					list = append(list, &entry{e})
				}
			}
			return list, nil
		}).Example(`for _, entry in ipairs(sandbox:transcript()) do print(entry.from, entry.text) end`),
}

func findPerson(_ *spec.Call, s *stage, in nameArgs) (*person, error) {
	if err := s.known(account(in.Name)); err != nil {
		return nil, err
	}
	return &person{stage: s, name: in.Name}, nil
}

// surroundings are the rows of time, state and everything at once.
var surroundings = []spec.Func{
	spec.Method("heal", "End all faults, whoever made them, and the skew of the clock.",
		func(_ *spec.Call, s *stage, _ spec.None) (spec.None, error) { s.server.Heal(); return spec.None{}, nil }).
		Example(`sandbox:heal()`),
	spec.Method("now", "The time by the sandbox's clock, in seconds since 1970.",
		func(_ *spec.Call, s *stage, _ spec.None) (time.Time, error) { return s.server.Now(), nil }).
		Result("number").Example(`print(sandbox:now())`),
	spec.Method("advance", "Move the sandbox's clock forward: bans run out, scheduled messages go out.",
		func(_ *spec.Call, s *stage, in struct {
			Time time.Duration `lua:"time" doc:"How far."`
		}) (spec.None, error) {
			return spec.None{}, told(s.server.Advance(in.Time))
		}).Example(`sandbox:advance("1h")`).Raises("REAL_CLOCK"),
	spec.Method("skew", "Make MTProto's time wrong: message ids of clients that keep the right time are refused. 0 makes it right again.",
		func(_ *spec.Call, s *stage, in struct {
			Shift shift `lua:"shift" doc:"How wrong."`
		}) (spec.None, error) {
			s.server.Skew(time.Duration(in.Shift))
			return spec.None{}, nil
		}).Example(`sandbox:skew("-2h")`),
	spec.Method("expire_files", "Let all file references expire: FILE_REFERENCE_EXPIRED.",
		func(_ *spec.Call, s *stage, _ spec.None) (spec.None, error) {
			s.server.ExpireFiles()
			return spec.None{}, nil
		}).Example(`sandbox:expire_files()`),
	spec.Method("store_files", "Put new files on this data center: clients elsewhere are told FILE_MIGRATE.",
		func(_ *spec.Call, s *stage, in struct {
			DC int `lua:"dc" doc:"2 or 4."`
		}) (spec.None, error) {
			return spec.None{}, told(s.server.StoreFiles(in.DC))
		}).Example(`sandbox:store_files(4)`).Raises("UNKNOWN"),
	spec.Method("restart", "Close all connections and listen again on the same ports.",
		func(_ *spec.Call, s *stage, in struct {
			Options struct {
				Forget bool `lua:"forget,optional" doc:"Auth keys and sign-ins are forgotten."`
			} `lua:"options,optional" type:"{ forget: boolean? }"`
		}) (spec.None, error) {
			return spec.None{}, told(s.server.Restart(in.Options.Forget))
		}).Example(`sandbox:restart()
sandbox:restart({ forget = true })`),
	spec.Method("snapshot", "Everything that people, bots and chats are and have, and who is signed in.",
		func(_ *spec.Call, s *stage, _ spec.None) ([]byte, error) {
			data, err := s.server.Snapshot()
			return data, told(err)
		}).Example(`local before = sandbox:snapshot()
sandbox:restore(before)`),
	spec.Method("restore", "Make everything as it was when a snapshot was taken. Faults stay.",
		func(_ *spec.Call, s *stage, in struct {
			Snapshot string `lua:"snapshot,bytes" doc:"What sandbox:snapshot returned."`
		}) (spec.None, error) {
			err := s.server.Restore([]byte(in.Snapshot))
			s.again()
			return spec.None{}, told(err)
		}).Example(`local before = sandbox:snapshot()
sandbox:restore(before)`),
	spec.Method("reset", "Make everything as it was at the start: nobody is signed in, nothing was said.",
		func(_ *spec.Call, s *stage, _ spec.None) (spec.None, error) {
			err := s.server.Reset()
			s.again()
			return spec.None{}, told(err)
		}).Example(`sandbox:reset()`),
}

// again forgets what was waited for: messages have other numbers now.
func (s *stage) again() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mark = s.server.Mark()
	clear(s.seen)
}

// shift is a time that may go back.
type shift time.Duration

func (d *shift) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		*d = shift(float64(v) * float64(time.Second))
		return nil
	case vm.String:
		rest, back := strings.CutPrefix(string(v), "-")
		if parsed, ok := spec.ParseDuration(rest); ok {
			*d = shift(parsed)
			if back {
				*d = -*d
			}
			return nil
		}
	}
	return spec.Expected("time such as 5 or \"-2h\"", v)
}

// LuaType is the alias.
func (shift) LuaType() string { return "Shift" }
