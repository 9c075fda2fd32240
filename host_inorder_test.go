package tgscript_test

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// TestWhatIsSaidAndPrintedComesInOrder has one who listens and is slower than the script.
func TestWhatIsSaidAndPrintedComesInOrder(t *testing.T) {
	const times = 30
	var mu sync.Mutex
	var lines []string
	tell := func(line string) {
		mu.Lock()
		defer mu.Unlock()
		lines = append(lines, line)
	}
	s := &stage{t: t, dir: t.TempDir()}
	s.save("bot.lua", fmt.Sprintf(`for i = 1, %d do client:send_message("me", "said " .. i) print("printed", i) end`, times))
	config := tgscript.Config{
		Server: tgscript.Server{Kind: "sandbox"}, File: s.dir + "/config.yaml",
		Accounts: map[string]*tgscript.Account{"me": {Phone: "+427770001", Scripts: []string{"bot.lua"}}},
	}
	host, err := tgscript.Open(&config, tgscript.Options{
		OnEntry: func(e sandbox.Entry) {
			for range 100 {
				runtime.Gosched()
			}
			tell(e.Text)
		},
		Print: func(_, line string) { tell(line) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := host.Run(context.Background()); err != nil { // until nothing is left to do
		t.Error(err)
	}
	if err := host.Close(); err != nil {
		t.Error(err)
	}
	var want []string
	for i := range times {
		want = append(want, fmt.Sprintf("said %d", i+1), fmt.Sprintf("printed\t%d", i+1))
	}
	if !slices.Equal(lines, want) {
		t.Errorf("told %q", lines)
	}
}
