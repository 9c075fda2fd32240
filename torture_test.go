package tgscript_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// tortureScript says when it begins with an event, and when it has done with it. What the script
// has sent itself must not come as written on another device.
const tortureScript = `
local function handle(ref, name, event)
	print("B " .. ref .. " " .. name)
	local last = name:match("^m%d*(%d)")
	if last == "1" then tg.sleep(0.005) end
	if last == "2" and event.is_private then event:reply("seen " .. name) end
	if name:match("^k") then event:ask("answer " .. name) end
	print("E " .. ref .. " " .. name)
end
client:on("message", { incoming = true, pattern = "^[mk]%d+" }, function(event)
	handle(("m:%d:%d"):format(event.chat_id, event.id), event.raw_text, event)
end)
client:on("edit", { incoming = true, pattern = "^m%d+" }, function(event)
	handle(("e:%d:%d:%d:%s"):format(event.chat_id, event.id, event.raw.edit_date, (event.raw_text:gsub(" ", "_"))), event.raw_text, event)
end)
client:on("album", { incoming = true }, function(event)
	local ids = {}
	for i, m in ipairs(event.messages) do ids[i] = m.id end
	handle(("a:%d:%s"):format(event.chat_id, table.concat(ids, ",")), event.raw_text .. " x" .. #ids, event)
end)
client:on("message", { outgoing = true }, function(event) print("O m:" .. event.id .. " " .. event.raw_text) end)
client:on("callback", function(event)
	print("B q:" .. event.id .. " " .. event.data)
	pcall(event.answer, event) -- Telegram wants it soon
	print("E q:" .. event.id .. " " .. event.data)
end)
`

// torture is one run: a sandbox in this process, whose people talk, and a victim that has to hear it all.
type torture struct {
	t        *testing.T
	r        *rand.Rand // of what goes wrong
	count    *tally
	journals *witness
	server   *sandbox.Server
	dir      string
	victim   *victim
	places   []place
	window   atomic.Int64 // events that may wait
	asked    atomic.Int64
	albums   atomic.Int64
	breath   atomic.Int64 // what may still be said while something goes wrong; negative for anything
	unsaid   int          // the most that a kill has found ended and not yet written
}

// place is a chat that somebody writes to.
type place struct {
	author, chat string
	readers      []string // accounts that must see what is written
}

// way is how something goes wrong.
type way struct {
	name string
	do   func()
}

// TestTorture ends and disturbs a process of scripts in every way that it knows, while it is talked to. Whatever was
// said must have been handled at the end, and twice only what was being handled at the moment of a kill.
// TORTURE=long is the long form.
func TestTorture(t *testing.T) {
	seeds, messages, every := 1, 1200, 90
	if os.Getenv("TORTURE") == "long" {
		seeds, messages, every = 4, 26_000, 800
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			x := newTorture(t, seed)
			defer x.journals.close()
			x.build()
			x.run(messages, every)
		})
	}
}

func newTorture(t *testing.T, seed int) *torture {
	t.Helper()
	x := &torture{t: t, r: rand.New(rand.NewPCG(uint64(seed), 5)), dir: t.TempDir()}
	x.journals = newWitness(t, x.dir)
	x.count = newTally(x.journals.wrote)
	x.window.Store(window)
	x.breath.Store(-1)
	return x
}

// build makes a world: people who write to a bot and to alice, groups, and channels that alice's account has never
// heard of.
func (x *torture) build() {
	x.t.Helper()
	seed := sandbox.DefaultSeed()
	for i := range 12 {
		name := "reader" + strconv.Itoa(i)
		seed.People = append(seed.People, sandbox.SeedPerson{ID: int64(7000 + i), Name: name, Phone: strconv.Itoa(427778000 + i)})
		x.places = append(x.places, place{name, "EchoBot", []string{"bot"}}, place{name, "alice", []string{"me"}})
	}
	for i := range 30 {
		kind, author := sandbox.KindSupergroup, "bob"
		if i%3 == 0 {
			kind = sandbox.KindChannel
		}
		title := "Channel " + strconv.Itoa(i)
		seed.Chats = append(seed.Chats, sandbox.SeedChat{ID: int64(8000 + i), Title: title, Kind: kind, Creator: author, Members: []string{"alice"}})
		x.places = append(x.places, place{author, title, []string{"me"}})
	}
	for i := range askers {
		seed.People = append(seed.People, sandbox.SeedPerson{ID: int64(7500 + i), Name: asker(i), Phone: strconv.Itoa(427779000 + i)})
	}
	x.places = append(x.places, place{"bob", "Friends", []string{"me", "bot"}}, place{"dave", "Workshop", []string{"me", "bot"}})
	var err error
	if x.server, err = sandbox.New(sandbox.Options{Seed: seed, Dir: filepath.Join(x.dir, "server")}); err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() {
		if err := x.server.Close(); err != nil {
			x.t.Errorf("close sandbox: %v", err)
		}
	})
	if _, err := x.server.Person("bob").Send(x.t.Context(), "EchoBot", "/start", sandbox.SendOptions{}); err != nil {
		x.t.Fatal(err)
	}
	x.answers()
	accounts := `me: {phone: "` + alicePhone + `", scripts: script.lua}
  bot: {bot_token: "` + x.server.Info().Bots[0].Token + `"`
	writeProject(x.t, x.dir, x.server, accounts, tortureScript)
}

// run lets people talk, and does something bad each time that so many lines have been heard.
func (x *torture) run(messages, every int) {
	x.t.Helper()
	defer func() {
		if x.t.Failed() {
			x.showLog()
		}
	}()
	x.victim = awaken(x.t, x.dir, x.count)
	start := time.Now()
	ctx, stop := context.WithCancel(x.t.Context())
	said := make(chan struct{})
	var talk sync.WaitGroup
	talk.Go(func() {
		defer close(said)
		x.talk(ctx, &talk, messages)
	})
	for i := range askers {
		talk.Go(func() { x.askAgain(ctx, i, said) })
	}
	defer talk.Wait()
	defer stop()
	ways := []way{{"kill", x.kill}, {"drop", x.drop}, {"kill", x.kill}, {"restart", x.restart}, {"kill", x.kill},
		{"full disk", x.fullDisk}, {"sleep", x.sleepAwhile}, {"leave", x.leave}, {"slow disk", x.slowDisk}}
	kinds := len(ways)
	faults := 0
	for over := false; !over; {
		if faults%kinds == 0 {
			x.r.Shuffle(kinds, func(i, j int) { ways[i], ways[j] = ways[j], ways[i] })
		}
		if over = x.listen(x.r.IntN(2*every), said); !over {
			way := ways[faults%kinds]
			_, lines, _ := x.count.state()
			x.t.Logf("line %d, life %d: %s", lines, len(x.count.lives), way.name)
			x.breath.Store(spoken)
			way.do()
			x.breath.Store(-1)
			faults++
		}
	}
	x.server.Heal()
	x.drop() // what was lost on the way is known when the link comes back
	x.settle()
	stop()
	talk.Wait()
	x.settle()
	x.victim.stop()
	x.report(messages, faults, time.Since(start))
}

func (x *torture) report(messages, faults int, took time.Duration) {
	x.t.Helper()
	x.journals.look()
	_, lines, _ := x.count.state()
	faulty := x.count.verdict()
	for _, f := range faulty[:min(len(faulty), 20)] {
		x.t.Error(f)
	}
	if len(faulty) > 0 {
		x.t.Errorf("%d faults in all", len(faulty))
	}
	if n := x.journals.size(); n < messages {
		x.t.Errorf("the journals tell of %d updates: not all were read", n)
	}
	x.t.Logf("%d messages, %d questions, %d albums, %d lines, %d lives, %d things went wrong beside updates, %d came again that were not written as handled, "+
		"at most %d had ended and were not written at a kill, %d journals missed, in %v", messages, x.asked.Load(), x.albums.Load(), lines, len(x.count.lives),
		faults, x.count.again, x.unsaid, x.journals.missing(), took.Round(time.Millisecond))
}

// spoken is how much is said while something goes wrong that takes its time.
const spoken = 60

// stall is how long nothing may be handled before the link is dropped: what was lost last in a chat shows only then,
// or after minutes.
const stall = 3 * time.Second

// room waits until there are not too many events that nobody has handled.
func (x *torture) room(ctx context.Context) bool {
	for {
		breath := x.breath.Load()
		open, _, moved := x.count.state()
		patience := stall
		switch {
		case breath == 0: // it is over soon
			moved, patience = nil, 5*time.Millisecond
		case int64(open) >= x.window.Load():
		case breath < 0 || x.breath.CompareAndSwap(breath, breath-1):
			return true
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return false
		case <-time.After(patience):
			if breath != 0 {
				x.drop()
			}
		}
	}
}

// listen waits until so many lines have been heard; true says that all has been said meanwhile.
func (x *torture) listen(lines int, said <-chan struct{}) (over bool) {
	_, begin, _ := x.count.state()
	for {
		_, now, moved := x.count.state()
		if now >= begin+lines {
			return false
		}
		select {
		case <-moved:
		case <-said:
			return true
		}
	}
}

// settle waits until everything has been handled.
func (x *torture) settle() {
	x.t.Helper()
	for drops := 0; ; {
		open, _, moved := x.count.state()
		if open == 0 {
			return
		}
		select {
		case <-moved:
		case <-time.After(stall):
			if drops++; drops > 10 {
				x.t.Errorf("%d events have not been handled", open)
				return
			}
			x.drop()
		}
	}
}
