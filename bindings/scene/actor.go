package scene

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"time"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

type sandboxEntity = sandbox.MessageEntity

// place is where an actor acts.
func (p *person) place() (string, error) {
	switch {
	case p.at != "":
		return p.at, nil
	case p.stage.lead.ID == 0:
		return "", fmt.Errorf("no script runs that %s could talk with: say where, as in %s:at(\"Friends\")", p.name, p.name)
	}
	return fmt.Sprint(p.stage.lead.ID), nil // its name may mean something else, as "me" does
}

// called is the name of a place.
func (s *stage) called(chat string) string {
	if chat == fmt.Sprint(s.lead.ID) {
		return s.lead.Account
	}
	return chat
}

// here is the row of what an actor does where they are, once everything before has come to rest: so a test goes the
// same way each time.
func here[In, Out any](name, doc string, do func(c *spec.Call, p *person, chat string, in In) (Out, error)) spec.Func {
	return seen(name, doc, func(c *spec.Call, p *person, chat string, in In) (out Out, err error) {
		if err := p.rest(c); err != nil {
			return out, err
		}
		return do(c, p, chat, in)
	})
}

// seen is the row of what an actor sees where they are.
func seen[In, Out any](name, doc string, do func(c *spec.Call, p *person, chat string, in In) (Out, error)) spec.Func {
	return spec.Method(name, doc, func(c *spec.Call, p *person, in In) (out Out, err error) {
		chat, err := p.place()
		if err != nil {
			return out, err
		}
		out, err = do(c, p, chat, in)
		return out, told(err)
	})
}

type actorSend struct {
	Text    string      `lua:"text" doc:"What to say."`
	Options sendOptions `lua:"options,optional"`
}

type actorFile struct {
	Data    string      `lua:"data,bytes" doc:"The file's bytes."`
	Options fileOptions `lua:"options,optional"`
}

type actorPress struct {
	Button  string   `lua:"button,bytes" doc:"What stands on the button, or its data."`
	Message *message `lua:"message,optional" doc:"Below which message; the last that has the button, if not given."`
}

type actorExpect struct {
	Wanted  sought `lua:"wanted" doc:"Its text, or a table of what has to be so."`
	Options struct {
		Within time.Duration `lua:"within,optional" doc:"How long at most, by the clock of the test; 10 seconds by default."`
	} `lua:"options,optional" type:"{ within: Duration? }"`
}

type actorChange struct {
	Message *message `lua:"message" doc:"As it was."`
	Wanted  sought   `lua:"wanted,optional" doc:"How it should be then; else in any way."`
}

type actorSilence struct {
	Options struct {
		Within time.Duration `lua:"within,optional" doc:"For how long, by the clock of the test; only until everything has come to rest, by default."`
	} `lua:"options,optional" type:"{ within: Duration? }"`
}

var actorClass = spec.Class{
	Name: "Actor", Call: "actor", Go: reflect.TypeFor[*person](), Parent: "Person",
	Doc:  "A person or bot in a place: in the private chat with the script's account, or where :at puts them.",
	Text: func(v any) string { return v.(*person).name },
	Methods: []spec.Func{
		spec.Method("at", "The same person in another place.", func(c *spec.Call, p *person, in placeArgs) (vm.Value, error) {
			return c.Instance.Object("Actor", &person{stage: p.stage, name: p.name, at: string(in.Chat), calm: true}), nil
		}).Direct().Result("Actor").Example(`test("greets", function(t)
  t:person("alice"):at("Friends"):send("hello")
end)`),
		here("send", "Say something.", func(c *spec.Call, p *person, chat string, in actorSend) (*message, error) {
			opts, err := p.options(in.Options)
			if err != nil {
				return nil, err
			}
			sent, err := p.act().Send(c, chat, in.Text, opts)
			return p.stage.message(p.name, sent, err)
		}).Example(`test("starts", function(t) t:person("alice"):send("/start") end)`).Raises("CHAT_WRITE_FORBIDDEN"),
		here("send_file", "Send a file or a photo.", func(c *spec.Call, p *person, chat string, in actorFile) (*message, error) {
			return p.sendFile(c, chat, in.Data, in.Options)
		}).Example(`test("reads", function(t) t:person("alice"):send_file("a,b", { name = "a.csv" }) end)`),
		here("press", "Press a button and wait for the bot's answer.", func(c *spec.Call, p *person, chat string, in actorPress) (answer, error) {
			m := in.Message
			if m == nil {
				var err error
				if m, err = p.withButton(c, chat, in.Button); err != nil {
					return answer{}, err
				}
			}
			seen, err := p.stage.seenBy(p.name, m)
			if err != nil {
				return answer{}, err
			}
			return seen.press(c, in.Button)
		}).Example(`test("confirms", function(t)
  local alice = t:person("alice")
  alice:send("/delete")
  expect(alice:press("Yes").text):equals("Deleted")
end)`).Raises("NO_BUTTON", "BOT_RESPONSE_TIMEOUT"),
		here("join", "Become a member.", func(_ *spec.Call, p *person, chat string, _ spec.None) (spec.None, error) {
			return spec.None{}, p.act().Join(chat)
		}).Example(`test("welcomes", function(t) t:person("dave"):at("Friends"):join() end)`),
		here("leave", "Leave.", func(_ *spec.Call, p *person, chat string, _ spec.None) (spec.None, error) {
			return spec.None{}, p.act().Leave(chat)
		}).Example(`test("misses them", function(t) t:person("bob"):at("Friends"):leave() end)`),
		here("read", "Mark everything as read.", func(_ *spec.Call, p *person, chat string, _ spec.None) (spec.None, error) {
			return spec.None{}, p.act().Read(chat)
		}).Example(`test("sees", function(t) t:person("alice"):read() end)`),
		here("type", "Show that they are typing.", func(c *spec.Call, p *person, chat string, _ spec.None) (spec.None, error) {
			return spec.None{}, p.act().Type(c, chat)
		}).Example(`test("waits", function(t) t:person("alice"):type() end)`),
		here("query", "Type a query to the script's inline bot and wait for what it offers.", func(c *spec.Call, p *person, _ string, in struct {
			Query string `lua:"query" doc:"What to type."`
		}) ([]*offer, error) {
			if p.stage.lead.ID == 0 {
				return nil, fmt.Errorf("no script runs that could be asked")
			}
			return p.inline(c, fmt.Sprint(p.stage.lead.ID), in.Query)
		}).Example(`test("offers cats", function(t)
  expect(t:person("alice"):query("cats")[1].title):equals("A cat")
end)`),
		seen("messages", "The messages that they see here, oldest first.", func(c *spec.Call, p *person, chat string, _ spec.None) ([]*message, error) {
			if err := p.stage.rest(c); err != nil {
				return nil, err
			}
			list, err := p.act().Messages(chat)
			return p.stage.messages(p.name, list), err
		}).Example(`test("says much", function(t) expect(t:person("alice"):messages()):has_length(3) end)`),
		seen("last", "The last message that they see here.", func(c *spec.Call, p *person, chat string, _ spec.None) (*message, error) {
			if err := p.stage.rest(c); err != nil {
				return nil, err
			}
			list, err := p.act().Messages(chat)
			if err != nil || len(list) == 0 {
				return nil, err
			}
			return p.stage.message(p.name, list[len(list)-1], nil)
		}).Result("Message?").Example(`test("says hello", function(t) expect(t:person("alice"):last().text):equals("hello") end)`),
		seen("expect", "Expect a message of somebody else that they have not looked at yet, or that was changed since, now or as time goes on; those "+
			"before it are passed over.",
			func(c *spec.Call, p *person, chat string, in actorExpect) (*message, error) {
				return p.expect(c, chat, in)
			}).Example(`test("answers", function(t)
  local alice = t:person("alice")
  alice:send("/ping")
  alice:expect("pong")
  alice:expect({ pattern = "^done", buttons = { { "Again" } } }, { within = "1m" })
end)`).Raises("EXPECTED"),
		seen("expect_none", "Expect that nobody else has said or changed anything here that they have not looked at yet.",
			func(c *spec.Call, p *person, chat string, in actorSilence) (spec.None, error) {
				if err := p.stage.set.Advance(c, in.Options.Within); err != nil {
					return spec.None{}, err
				}
				_, unseen, err := p.unseen(chat)
				if err != nil || len(unseen) == 0 {
					return spec.None{}, err
				}
				return spec.None{}, &Failure{
					Message: fmt.Sprintf("%s expected nothing more in %s, but there is \"%s\"", p.name, p.stage.called(chat), unseen[0]), Chat: p.stage.transcript(chat),
				}
			}).Example(`test("is quiet", function(t)
  local alice = t:person("alice"):at("Friends")
  alice:send("hello")
  alice:expect_none()
end)`).Raises("EXPECTED"),
		seen("expect_edit", "Expect that a message is changed, now or as time goes on, and return how it is then.",
			func(c *spec.Call, p *person, chat string, in actorChange) (*message, error) {
				return p.expectEdit(c, chat, in)
			}).Example(`test("turns pages", function(t)
  local alice = t:person("alice")
  alice:send("/pages")
  local page = alice:expect("Page 1")
  alice:press("Next")
  alice:expect_edit(page, "Page 2")
end)`).Raises("EXPECTED"),
		seen("expect_deleted", "Expect that a message is deleted, now or as time goes on.",
			func(c *spec.Call, p *person, chat string, in onMessage) (spec.None, error) {
				seen, err := p.stage.seenBy(p.name, in.Message)
				if err != nil {
					return spec.None{}, nil // gone already
				}
				ok, err := p.stage.set.Await(c, patience, func() (bool, error) {
					_, err := p.act().Message(seen.where(), seen.ID)
					return err != nil, nil
				})
				if ok || err != nil {
					return spec.None{}, err
				}
				return spec.None{}, &Failure{Message: fmt.Sprintf("%s expected that \"%s\" is deleted", p.name, seen), Chat: p.stage.transcript(chat)}
			}).Example(`test("tidies up", function(t)
  local alice = t:person("alice")
  alice:expect_deleted(alice:send("/secret"))
end)`).Raises("EXPECTED"),
	},
}

// rest lets everything come to rest.
func (s *stage) rest(ctx context.Context) error { return s.set.Settle(ctx) }

// rest lets everything come to rest for those who wait for that.
func (p *person) rest(ctx context.Context) error {
	if !p.calm {
		return nil
	}
	return p.stage.rest(ctx)
}

// unseen are the messages of others in a chat that are new, or another than when the person has looked at them last.
func (p *person) unseen(chat string) (place, []*message, error) {
	s := p.stage
	first, id, err := p.act().Marked(s.mark, chat)
	if err != nil {
		return place{}, nil, err
	}
	at := place{p.name, id}
	list, err := p.act().After(chat, first)
	s.mu.Lock()
	defer s.mu.Unlock()
	list = slices.DeleteFunc(list, func(m sandbox.Message) bool {
		was := s.look[at][m.ID]
		return m.Out || m.ID <= s.seen[at] && (was == nil || !(&message{Message: m}).differs(was))
	})
	return at, s.messages(p.name, list), err
}

// said says whether the person's own messages in a chat have what is wanted.
func (p *person) said(chat string, w sought) bool {
	s := p.stage
	first, _, err := p.act().Marked(s.mark, chat)
	if err != nil {
		return false
	}
	list, err := p.act().After(chat, first)
	return err == nil && slices.ContainsFunc(list, func(m sandbox.Message) bool {
		missing, err := w.lacks(s, &message{m, s, p.name})
		return m.Out && err == nil && missing == ""
	})
}

// looked notes that a person has looked at a message, and at those before it.
func (p *person) looked(at place, m *message, unseen []*message) {
	s := p.stage
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.look[at] == nil {
		s.look[at] = map[int]*message{}
	}
	s.look[at][m.ID] = m
	for _, other := range unseen {
		if other.ID < m.ID {
			s.look[at][other.ID] = other
		}
	}
	s.seen[at] = max(s.seen[at], m.ID)
}

func (p *person) expect(ctx context.Context, chat string, in actorExpect) (*message, error) {
	s := p.stage
	within := in.Options.Within
	if within <= 0 {
		within = patience
	}
	var found, nearest *message
	var lacks string
	_, err := s.set.Await(ctx, within, func() (bool, error) {
		at, unseen, err := p.unseen(chat)
		if err != nil {
			return false, err
		}
		for _, m := range unseen {
			missing, err := in.Wanted.lacks(s, m)
			if err != nil {
				return false, err
			}
			if missing == "" {
				found = m
				p.looked(at, m, unseen)
				return true, nil
			}
			nearest, lacks = m, missing
		}
		return false, nil
	})
	if found != nil || err != nil {
		return found, err
	}
	failed := &Failure{Message: fmt.Sprintf("%s expected %s in %s", p.name, &in.Wanted.wanted, s.called(chat)), Chat: s.transcript(chat)}
	if nearest == nil {
		failed.Message += ", but there is nothing new"
		if p.said(chat, in.Wanted) {
			failed.Message += fmt.Sprintf(": %s has said that, and expects what others say", p.name)
		}
	} else {
		failed.Message += fmt.Sprintf(", but the last is \"%s\"", nearest)
		failed.Diff = in.Wanted.unlike(nearest, lacks)
	}
	return nil, failed
}

func (p *person) expectEdit(ctx context.Context, chat string, in actorChange) (*message, error) {
	seen, err := p.stage.seenBy(p.name, in.Message)
	if err != nil {
		return nil, err
	}
	var now *message
	var lacks string
	ok, err := p.stage.set.Await(ctx, patience, func() (bool, error) {
		m, err := p.act().Message(seen.where(), seen.ID)
		if err != nil {
			return false, err
		}
		now = &message{m, p.stage, p.name}
		if !now.differs(seen) {
			return false, nil
		}
		lacks, err = in.Wanted.lacks(p.stage, now)
		return lacks == "", err
	})
	if ok {
		p.looked(place{p.name, now.ChatID}, now, nil)
	}
	if ok || err != nil {
		return now, err
	}
	if lacks == "" {
		return nil, &Failure{Message: fmt.Sprintf("%s expected that \"%s\" is changed", p.name, seen), Chat: p.stage.transcript(chat)}
	}
	return nil, &Failure{
		Message: fmt.Sprintf("%s expected that \"%s\" becomes %s, but it is \"%s\"", p.name, seen, &in.Wanted.wanted, now),
		Diff:    in.Wanted.unlike(now, lacks), Chat: p.stage.transcript(chat),
	}
}

// withButton is the last message of a chat that has a button, once everything has come to rest.
func (p *person) withButton(ctx context.Context, chat, button string) (*message, error) {
	var found *message
	var last *message
	_, err := p.stage.set.Await(ctx, patience, func() (bool, error) {
		list, err := p.act().Messages(chat)
		if err != nil {
			return false, err
		}
		for i := range slices.Backward(list) {
			m := &message{list[i], p.stage, p.name}
			if last == nil || last.ID < m.ID {
				last = m
			}
			if slices.ContainsFunc(m.Message.Buttons, func(row []string) bool { return slices.Contains(row, button) }) {
				found = m
				return true, nil
			}
		}
		return false, nil
	})
	if found != nil || err != nil {
		return found, err
	}
	if last != nil && len(last.Message.Buttons) > 0 {
		return last, nil // by its data
	}
	return nil, &Failure{Message: fmt.Sprintf("%s expected a button %q in %s", p.name, button, p.stage.called(chat)), Chat: p.stage.transcript(chat)}
}
