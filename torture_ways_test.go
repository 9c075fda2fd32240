package tgscript_test

import (
	"os"
	"slices"
	"strings"
	"time"
)

func (x *torture) kill() {
	x.victim.kill()
	x.journals.look()
	unsaid := x.count.unwritten()
	x.unsaid = max(x.unsaid, unsaid)
	x.count.mute(unsaid > 0)
	x.victim = awaken(x.t, x.dir, x.count)
}

// leave ends the process in peace.
func (x *torture) leave() {
	x.victim.stop()
	x.journals.look()
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
func pause() { <-time.After(1200 * time.Millisecond) }

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

// slowDisk lets all that is stored take long, and now and then kills the process before it is.
func (x *torture) slowDisk() {
	x.victim.tell("slow")
	<-time.After(time.Duration(x.r.IntN(2000)) * time.Millisecond)
	if x.r.IntN(2) == 0 {
		x.kill()
		return
	}
	x.victim.tell("fast")
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
