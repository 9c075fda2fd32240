package telegram_test

import (
	"context"
	"testing"

	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// The sandbox's half is part of these figures.

func benchWorld(b *testing.B) *sandbox.Server {
	b.Helper()
	s, err := sandbox.New(sandbox.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	return s
}

func signInOnce(b *testing.B, opts telegram.Options) {
	b.Helper()
	a, err := telegram.Open(opts)
	if err != nil {
		b.Fatal(err)
	}
	err = a.Run(b.Context(), func(ctx context.Context) error {
		_, err := a.SignIn(ctx, alice())
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	if err := a.Close(); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkFirstSignIn makes a key and signs in by phone and code.
func BenchmarkFirstSignIn(b *testing.B) {
	opts := options(benchWorld(b))
	for b.Loop() {
		signInOnce(b, opts)
	}
}

// BenchmarkRestart uses a stored session: from Open until the account is known to be signed in.
func BenchmarkRestart(b *testing.B) {
	opts := options(benchWorld(b))
	opts.Dir = b.TempDir()
	signInOnce(b, opts)
	for b.Loop() {
		signInOnce(b, opts)
	}
}
