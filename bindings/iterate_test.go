package bindings_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestIteratingNeedsNoMemory goes through a group of many messages: what is in use doesn't grow on the way.
func TestIteratingNeedsNoMemory(t *testing.T) {
	const count = 30_000
	server, err := sandbox.New(sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	bob := server.Person("bob")
	for i := range count {
		if _, err := bob.Send(t.Context(), "Friends", fmt.Sprintf("message %d of many", i), sandbox.SendOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	w := worldOn(t, server, "alice")
	began := time.Now()
	w.serve(t, fmt.Sprintf(`local n, bytes, goal = 0, 0, %d
		tg.spawn(function()
			for message in client:iter_messages("Friends", { wait_time = 0 }) do
				n, bytes = n + 1, bytes + #message.raw_text
				if n == goal / 10 then print("a tenth") end
			end
			print(n >= goal, bytes > goal * 10)
		end)`, count))
	w.expect(t, "print: a tenth")
	before := inUse()
	w.expect(t, "print: true\ttrue")
	grown := inUse() - before
	t.Logf("%d messages in %v, and %d KiB more in use", count, time.Since(began), grown>>10)
	if grown > 8<<20 {
		t.Errorf("%d MiB more in use after %d messages", grown>>20, count)
	}
}

// inUse is the heap, without what is garbage.
func inUse() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}
