package bindings_test

import (
	"fmt"
	"testing"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// friend has deeds of one person in a chat with the account: reading, and quoting the account's last message or the
// one before it.
func (w *world) friend(person string) {
	answer := func(text string, back int) func() error {
		return func() error {
			p := w.server.Person(person)
			all, err := p.Messages(w.name)
			if err != nil {
				return err
			}
			for i := len(all) - 1; i >= 0; i-- {
				if all[i].Out {
					continue
				}
				if back--; back < 0 {
					_, err = p.Send(w.ctx, w.name, text, sandbox.SendOptions{ReplyTo: all[i].ID})
					return err
				}
			}
			return fmt.Errorf("%s has nothing to answer to", person)
		}
	}
	w.deeds = map[string]func() error{
		"read":       func() error { return w.server.Person(person).Read(w.name) },
		"quote":      answer("to the last", 0),
		"quote back": answer("to the one before", 1),
	}
}

// TestWaitsOfConversations plays those that need more than words.
func TestWaitsOfConversations(t *testing.T) {
	w := newWorld(t, "alice")
	w.friend("bob")
	for _, row := range [][3]string{
		{
			"a read is waited for, and one that has been is known",
			`local sent = client:send_message("@bobby", "before")
			client:on("message", { from = "@carol" }, function()
				client:conversation("@bobby", { timeout = "1m" }, function(conv)
					conv:wait_read(sent)
					print("was read")
					conv:send_message("during")
					print(select(2, pcall(conv.wait_read, conv, { timeout = 0.01 })).kind)
					conv:send_message("still")
					conv:wait_read()
					print("is read")
				end)
			end)`,
			"alice: before\nbob does> read\ncarol> go\nprint: was read\nalice: during\nprint: TIMEOUT\nalice: still\nbob does> read\nprint: is read",
		},
		{
			"a reply is the message that quotes, whatever comes beside it",
			`tg.spawn(function()
				client:conversation("@bobby", { timeout = "1m" }, function(conv)
					local first = conv:send_message("first?")
					conv:send_message("second?")
					print(conv:get_reply().raw_text)
					print(conv:get_reply(first).raw_text, conv:get_response(first).raw_text)
				end)
			end)`,
			"alice: first?\nalice: second?\nbob> quotes nothing\nbob does> quote back\nbob does> quote\nprint: to the last\nprint: to the one before\tquotes nothing",
		},
		{
			"a file is a question, too",
			`client:on("message", { from = "@bobby" }, function(event) print("handler " .. event.raw_text) end)
			tg.spawn(function()
				client:conversation("@bobby", { timeout = "1m" }, function(conv)
					local sent = conv:send_file({ bytes = "a contract", name = "contract.txt" }, { caption = "Do you agree?" })
					print(sent.file.name, conv:get_response().raw_text)
					local album = conv:send_file({ { bytes = "one", name = "1.txt" }, { bytes = "two", name = "2.txt" } }, { caption = "And these?" })
					print(#album, conv:get_reply(album[2]).raw_text)
				end)
				print("over")
			end)`,
			"alice: Do you agree?\nbob> yes\nprint: contract.txt\tyes\nalice: And these?\nbob does> quote\nprint: 2\tto the last\nprint: over\nbob> later\nprint: handler later",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// TestPeopleOfAGroup plays conversations with several people of one group at once.
func TestPeopleOfAGroup(t *testing.T) {
	w := newWorld(t, "EchoBot")
	for _, row := range [][3]string{
		{
			"two people are in conversations at once, and neither hears the other's answers",
			`client:on("message", { pattern = "^/order" }, function(event)
				local who = event.sender.first_name
				client:conversation(event, { timeout = "1m" }, function(conv)
					conv:send_message(who .. ", what?")
					local what = conv:get_response().raw_text
					conv:send_message(who .. ", how many?")
					print(who, what, conv:get_response().raw_text)
				end)
			end)
			client:on("message", function(event) print("handler " .. event.raw_text) end)`,
			"alice@Friends> /order\nEchoBot@Friends: alice, what?\nbob@Friends> /order\nEchoBot@Friends: bob, what?\n" +
				"bob@Friends> tea\nEchoBot@Friends: bob, how many?\nalice@Friends> cake\nEchoBot@Friends: alice, how many?\n" +
				"carol@Friends> hello\nprint: handler hello\nbob@Friends> 2\nprint: bob\ttea\t2\nalice@Friends> 1\nprint: alice\tcake\t1\n" +
				"alice@Friends> bye\nprint: handler bye",
		},
		{
			"with = false takes what anybody writes",
			`client:on("message", { pattern = "^/quiz" }, function(event)
				client:conversation(event, { with = false, timeout = "1m" }, function(conv)
					conv:send_message("2 + 2?")
					repeat
						local answer = conv:get_response()
						print(answer.sender.first_name, answer.raw_text)
					until answer.raw_text == "4"
				end)
			end)`,
			"alice@Friends> /quiz\nEchoBot@Friends: 2 + 2?\nbob@Friends> 5\nprint: bob\t5\ncarol@Friends> 3\nprint: carol\t3\nalice@Friends> 4\nprint: alice\t4",
		},
		{
			"a question to one person of the group, while another is asked, too",
			`client:on("message", { pattern = "^/name" }, function(event)
				local name = event:ask("Your name?", { timeout = "1m" })
				print(event.sender.first_name .. " is " .. name.raw_text)
			end)`,
			"alice@Friends> /name\nEchoBot@Friends: Your name?\nbob@Friends> /name\nEchoBot@Friends: Your name?\n" +
				"bob@Friends> Robert\nprint: bob is Robert\nalice@Friends> Al\nprint: alice is Al",
		},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}
