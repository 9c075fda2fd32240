// Command embed runs a script inside a Go program and gives it a function of its own: app.weather.
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// The fields of a struct are the parameters of the function; Lua calls it as app.weather("Rome").
type weatherArgs struct {
	City string `lua:"city" doc:"Where."`
}

var weather = spec.Function("weather", "Tell the weather of a city.",
	func(_ *spec.Call, in weatherArgs) (string, error) {
		if in.City == "" {
			return "", fmt.Errorf("no city was named")
		}
		return "sunny in " + in.City, nil
	})

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	script := filepath.Join("examples", "embed", "weather.lua")
	if len(os.Args) > 1 {
		script = os.Args[1]
	}
	host, err := tgscript.Open(&tgscript.Config{
		Server:   tgscript.Server{Kind: "sandbox"},
		Accounts: map[string]*tgscript.Account{"me": {Phone: "+42 777 0100"}},
	}, tgscript.Options{
		Scripts:   []string{script},
		Functions: []spec.Func{weather},
		OnError:   func(err *runtime.ScriptError) { log.Print(err.Detail()) },
		OnEntry:   func(e sandbox.Entry) { fmt.Printf("%s → %s: %s\n", e.From, e.Chat, e.Text) },
	})
	if err != nil {
		log.Fatal(err)
	}
	defer host.Close()
	if err := host.Run(ctx); err != nil {
		log.Fatal(err)
	}
}
