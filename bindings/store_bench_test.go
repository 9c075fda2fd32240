package bindings_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/telegram/store"
)

// BenchmarkKept runs Lua that keeps, finds and tells, N times.
func BenchmarkKept(b *testing.B) {
	for _, c := range [][3]string{
		{"set", ``, `tg.store:set("key" .. i % 10000, { name = "Alice", count = i })`},
		{"set one value", ``, `tg.store:set("key", i)`},
		{"add", ``, `tg.store:add("key")`},
		{"get what waits for the disk", `for i = 1, 1000 do tg.store:set("key" .. i, { name = "Alice", count = i }) end`, `tg.store:get("key" .. i % 1000)`},
		{"get from the disk", `for i = 1, 1000 do tg.store:set("key" .. i, { name = "Alice", count = i }) end tg.store:sync()`, `tg.store:get("key" .. i % 1000)`},
		{"publish to nobody", ``, `tg.events:publish("topic", i)`},
		{"publish", `tg.events:on("topic", function() end)`, `tg.events:publish("topic", i) if i % 500 == 0 then tg.sleep(0) end`},
		{"request", `tg.events:on_request("topic", function(event) return event.value end)`, `tg.events:request("topic", i)`},
		{"plan", `local job = tg.job("x", function() end)`, `job:after("1h", { id = i % 1000 })`},
	} {
		b.Run(c[0], func(b *testing.B) {
			dir := b.TempDir()
			kept, err := store.OpenJournaled(filepath.Join(dir, "scripts.db"))
			if err != nil {
				b.Fatal(err)
			}
			done := make(chan time.Duration, 1)
			var began time.Time
			host := runtime.NewHost(runtime.Options{
				Library: bindings.Library, Limits: runtime.Limits{MaxRun: -1},
				Print: func(_ *runtime.Generation, line string) {
					if line == "begin" {
						began = time.Now()
					} else {
						done <- time.Since(began)
					}
				},
				OnError: func(e *runtime.ScriptError) { b.Error(e.Detail()); done <- 0 },
			})
			defer func() {
				_ = host.Close(context.Background())
				_ = kept.Close()
			}()
			path := filepath.Join(dir, "s.lua")
			source := fmt.Sprintf("%s tg.spawn(function() print('begin') for i = 1, %d do %s end print('end') end)", c[1], b.N, c[2])
			if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
				b.Fatal(err)
			}
			env := &bindings.Env{Space: "s", Storage: bindings.NewStorage(func() (store.Store, error) { return kept, nil }, kv.Quota{})}
			if _, err := host.Add(b.Context(), runtime.ScriptConfig{Name: "s", Path: path, Value: env}); err != nil {
				b.Fatal(err)
			}
			took := <-done
			b.ReportMetric(0, "ns/op") // of the loop alone
			b.ReportMetric(float64(took.Nanoseconds())/float64(b.N), "ns/call")
		})
	}
}
