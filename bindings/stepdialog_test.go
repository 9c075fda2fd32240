package bindings_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/telegram/store"
)

// ordering is a dialog in three steps.
const ordering = `local order = tg.dialog("order", {
	start = function(event, data) data.by = "bob" event:respond("what?") return "what" end,
	what = function(event, data)
		if event.raw_text == "boom" then error("boom", 0) end
		if event.raw_text == "odd" then return "nowhere" end
		data.what = event.raw_text
		event:respond("how many?")
		return "many"
	end,
	many = function(event, data)
		local n = tonumber(event.raw_text)
		if not n then event:respond("a number!") return "many" end
		print(data.by, n, data.what)
	end,
	cancel = function(event) print("cancelled by " .. event.raw_text) end,
}, { cancel = "/cancel" })
client:on("message", { from = "@bobby" }, function(event)
	print("handler " .. event.raw_text)
	if event.raw_text == "order" then order:start(event) end
	if event.raw_text == "again" then order:start(event, { by = "x" }) end
end)
client:on("message", { from = "@carol" }, function(event)
	repeat local now = order:state("@bobby") if now.step == "start" then tg.sleep("5ms") end until now.step ~= "start" -- its first step asks, and ends after that
	for _, s in ipairs(order:list()) do print(s.user_id == s.chat_id, s.step, s.data.what, s.since > 0) end
	local state = order:state("@bobby")
	print(state and state.step, order:state(event), order:stop("@bobby"), order:stop(event), order.name, tostring(order))
end)`

func TestStepDialogs(t *testing.T) {
	w := newWorld(t, "alice")
	for _, row := range [][3]string{
		{"goes from step to step, and handlers get nothing of it", ordering, `bob> order
			print: handler order
			alice: what?
			bob> tea
			alice: how many?
			bob> many
			alice: a number!
			bob> 3
			print: bob	3	tea
			bob> bye
			print: handler bye`},
		{"a step that fails is tried again with the next message", ordering, `bob> order
			alice: what?
			bob> boom
			error: boom
			bob> odd
			error: dialog order: step 'what' returned nowhere: the name of a step expected, one of cancel, many, start, what
			bob> tea
			alice: how many?
			bob> /cancel
			print: cancelled by /cancel
			bob> bye
			print: handler bye`},
		{"can be looked at and stopped from elsewhere", ordering, `bob> order
			alice: what?
			carol> look
			print: true	what	nil	true
			print: what	nil	true	false	order	StepDialog(order)
			bob> tea
			print: handler tea`},
		{"starts with a person, and anew", `local survey
			survey = tg.dialog("survey", {
				first = function(event, data) print(event, data.who) client:send_message(data.who, "how?") return "answer" end,
				answer = function(event, data) print(event.raw_text) if event.raw_text == "again" then survey:start("@bobby", data) end end,
			}, { first = "first" })
			tg.spawn(function() survey:start("@bobby", { who = "@bobby" }) end)`,
			`print: nil	@bobby
			alice: how?
			bob> again
			print: again
			alice: how?
			bob> fine
			print: fine`},
		{"what is wrong is said at once", `print(select(2, pcall(tg.dialog, "x", { what = function() end })))
			print(select(2, pcall(tg.dialog, "a/b", { start = function() end })))
			print(select(2, pcall(tg.dialog, "x", { start = 1 })))
			print(select(2, pcall(tg.dialog, "x", 5)))
			local bad = tg.dialog("bad", { start = function(_, data) data.client = client return "start" end })
			print(select(2, pcall(bad.start, bad, "@bobby")))
			print(select(2, pcall(tg.dialog, "bad", { start = function() end })))
			print(#bad:list())`,
			`print: dialog: argument 2 (steps): there is no step 'start' to begin with
			print: dialog: argument 1 (name): a name without / expected
			print: dialog: argument 2 (steps): step 'start': function with a name expected
			print: dialog: argument 2 (steps): table of functions expected, got number
			print: dialog bad: data: text, numbers, booleans and tables of these expected, got an object
			print: dialog: argument 1 (name): there is a dialog 'bad' already
			print: 0`},
	} {
		t.Run(row[0], func(t *testing.T) { w.run(t, row[1], row[2]) })
	}
}

// TestStepDialogsOutliveTheProcess closes the store between two lives of the script.
func TestStepDialogsOutliveTheProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scripts.db")
	for _, row := range [][2]string{
		{"begins", "bob> order\nalice: what?\nbob> tea\nalice: how many?"},
		{"goes on", "bob> 2\nprint: bob\t2\ttea"},
		{"is over", "bob> 2\nprint: handler 2"},
	} {
		t.Run(row[0], func(t *testing.T) {
			kept, err := store.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			w := newWorld(t, "alice")
			w.env.Space, w.env.Storage = "me/order", bindings.NewStorage(func() (store.Store, error) { return kept, nil }, kv.Quota{})
			w.run(t, ordering, row[1])
			w.try("drain", w.host.Close(context.Background()))
			if err := kept.Close(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
