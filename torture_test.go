package tgscript_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// tortureScript says when it begins with an event, and when it has done with it.
const tortureScript = `
local function handle(name, event)
	print("B " .. name)
	local last = name:match("^m%d*(%d)")
	if last == "1" then tg.sleep(0.005) end
	if last == "2" and event.is_private then event:reply("seen " .. name) end
	print("E " .. name)
end
client:on("message", { incoming = true, pattern = "^m%d+" }, function(event) handle(event.raw_text, event) end)
client:on("edit", { incoming = true, pattern = "^m%d+" }, function(event) handle(event.raw_text, event) end)
client:on("callback", function(event)
	print("B " .. event.data)
	pcall(event.answer, event) -- Telegram wants it soon
	print("E " .. event.data)
end)
`

// torture is one run: a sandbox in this process, whose people talk, and a victim that has to hear it all.
type torture struct {
	t      *testing.T
	r      *rand.Rand // of what goes wrong
	count  *tally
	server *sandbox.Server
	dir    string
	victim *victim
	places []place
	window atomic.Int64 // events that may wait
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
	seeds, messages, every := 1, 3000, 200
	if os.Getenv("TORTURE") == "long" {
		seeds, messages, every = 4, 26_000, 600
	}
	for seed := range seeds {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			x := &torture{t: t, r: rand.New(rand.NewPCG(uint64(seed), 5)), count: newTally(), dir: t.TempDir()}
			x.window.Store(window)
			x.build()
			x.run(messages, every)
		})
	}
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
	defer talk.Wait()
	defer stop()
	ways := []way{{"kill", x.kill}, {"drop", x.drop}, {"kill", x.kill}, {"restart", x.restart}, {"kill", x.kill},
		{"full disk", x.fullDisk}, {"sleep", x.sleepAwhile}, {"leave", x.leave}}
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
			way.do()
			faults++
		}
	}
	x.server.Heal()
	x.drop() // what was lost on the way is known when the link comes back
	x.settle()
	x.victim.stop()
	_, lines, _ := x.count.state()
	faulty, again := x.count.verdict()
	for _, f := range faulty[:min(len(faulty), 20)] {
		x.t.Error(f)
	}
	if len(faulty) > 0 {
		x.t.Errorf("%d faults in all", len(faulty))
	}
	x.t.Logf("%d messages, %d lines, %d things went wrong beside updates, %d events handled again after kills, in %v",
		messages, lines, faults, again, time.Since(start).Round(time.Millisecond))
}

// talk says everything that is to be handled. Some of it is lost, doubled or late on its way.
func (x *torture) talk(ctx context.Context, presses *sync.WaitGroup, messages int) {
	r := rand.New(rand.NewPCG(9, 9))
	var healing []func()
	for n := range messages {
		if !x.room(ctx) {
			return
		}
		if r.IntN(25) == 0 {
			f := sandbox.UpdateFault{Account: []string{"alice", "EchoBot"}[r.IntN(2)], Times: 1 + r.IntN(3)}
			*[]*bool{&f.Lose, &f.Twice, &f.Reorder}[r.IntN(3)] = true
			if r.IntN(10) == 0 {
				f.Lose, f.Twice, f.Reorder, f.Cut, f.Times = false, false, false, true, 1
			}
			healing = append(healing, x.server.Disturb(f))
		}
		if len(healing) > 10 {
			healing[0]()
			healing = healing[1:]
		}
		// New places come in one by one, and an author stays in one for a while.
		p := x.places[r.IntN(min(len(x.places), 4+n*len(x.places)/(messages/2+1)))]
		text := "m" + strconv.Itoa(n) + " " + p.chat
		edited := r.IntN(30) == 0
		final := text
		if edited {
			final += " edited"
		}
		for _, reader := range p.readers {
			x.count.expect(reader + ":" + final)
		}
		m, err := x.server.Person(p.author).Send(ctx, p.chat, text, sandbox.SendOptions{})
		if err == nil && edited {
			_, err = x.server.Person(p.author).Edit(ctx, p.chat, m.ID, final)
		}
		if err != nil && ctx.Err() == nil {
			x.t.Errorf("say %s in %s: %v", text, p.chat, err)
			return
		}
		if r.IntN(40) == 0 {
			presses.Go(func() { x.press(ctx, "p"+strconv.Itoa(n)) })
		}
	}
}

// press has bob press a button of the bot's. A bot that is not there hears nothing of it, and Telegram keeps it for
// nobody.
func (x *torture) press(ctx context.Context, data string) {
	button := tg.KeyboardInlineButton{Text: data, Type: &tg.InlineButtonTypeCallback{Data: []byte(data)}}
	markup := &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{{Buttons: []tg.KeyboardInlineButton{button}}}}
	bot, bob := x.server.Bot("EchoBot"), x.server.Person("bob")
	m, err := bot.Send(ctx, "bob", "press", sandbox.SendOptions{Markup: markup})
	if err == nil {
		m, err = bob.Same(bot, "bob", m.ID)
	}
	if err != nil {
		if ctx.Err() == nil {
			x.t.Errorf("make a button: %v", err)
		}
		return
	}
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	_, _ = bob.Press(ctx, "EchoBot", m.ID, data)
}

// stall is how long nothing may be handled before the link is dropped: what was lost last in a chat shows only then,
// or after minutes.
const stall = 3 * time.Second

// room waits until there are not too many events that nobody has handled.
func (x *torture) room(ctx context.Context) bool {
	for {
		open, _, moved := x.count.state()
		if int64(open) < x.window.Load() {
			return true
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return false
		case <-time.After(stall):
			x.drop()
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

func (x *torture) kill() {
	x.victim.kill()
	x.victim = awaken(x.t, x.dir, x.count)
}

// leave ends the process in peace.
func (x *torture) leave() {
	x.victim.stop()
	x.victim = awaken(x.t, x.dir, x.count)
}

func (x *torture) drop() {
	for _, account := range []string{"alice", "EchoBot"} {
		if err := x.server.Drop(account); err != nil {
			x.t.Errorf("drop %s: %v", account, err)
		}
	}
}

func (x *torture) restart() {
	if err := x.server.Restart(false); err != nil {
		x.t.Errorf("restart the server: %v", err)
	}
}

// pause waits for a time in which the state is stored.
func pause() { <-time.After(2500 * time.Millisecond) }

// window is how many events may wait for their handlers.
const window = 300

// fullDisk lets the disk be full for a while. A process that is killed then can't have noted what it did, so it has
// time to do so afterwards. People say less meanwhile.
func (x *torture) fullDisk() {
	x.window.Store(3)
	defer x.window.Store(window)
	x.victim.tell("full")
	pause()
	x.victim.tell("room")
	pause()
}

// sleepAwhile stops the process, and its connections with it, for a time in which much is said.
func (x *torture) sleepAwhile() {
	x.victim.freeze()
	<-time.After(300 * time.Millisecond)
	x.drop()
	x.victim.thaw()
}

// showLog tells what the processes logged at last, but for links that came and went.
func (x *torture) showLog() {
	log, _ := os.ReadFile(x.dir + "/log")
	lines := slices.DeleteFunc(strings.Split(string(log), "\n"), func(line string) bool {
		return strings.Contains(line, "connect") || strings.Contains(line, "signed in")
	})
	for _, line := range lines[max(0, len(lines)-60):] {
		x.t.Log(line)
	}
}
