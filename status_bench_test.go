package tgscript_test

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/tgscript/tgscript"
)

// BenchmarkStatus is what one look at a host of 200 scripts costs. At one a second its microseconds, divided by ten
// thousand, are the per cent of a core.
func BenchmarkStatus(b *testing.B) {
	config := tgscript.Config{Accounts: map[string]*tgscript.Account{"me": account("+42 777 0100", "*.lua")}}
	config.Server.Kind, config.File = "sandbox", filepath.Join(b.TempDir(), "config.yaml")
	for i := range 200 {
		if err := os.WriteFile(filepath.Join(filepath.Dir(config.File), fmt.Sprintf("s%d.lua", i)), []byte(echo), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	host, err := tgscript.Open(&config, tgscript.Options{NoReload: true})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- host.Run(ctx) }()
	defer func() {
		stop()
		if err := errors.Join(<-ended, host.Close()); err != nil {
			b.Error(err)
		}
	}()
	if err := host.Ready(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Run("snapshot", func(b *testing.B) {
		for b.Loop() {
			if s := host.Status(); len(s.Scripts) != 200 {
				b.Fatal("scripts are missing")
			}
		}
	})
	b.Run("metrics", func(b *testing.B) {
		for b.Loop() {
			host.MetricsHandler().ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(b.Context(), "GET", "/metrics", nil))
		}
	})
}
