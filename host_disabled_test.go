package tgscript_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
)

// botConfig is a config of one bot, with lines of its own.
func botConfig(lines string) string {
	return "server: sandbox\naccounts:\n  bot:\n    bot_token: '2001:AAE-sandbox-echo-bot-token-000000001'\n    scripts: '*.lua'\n" + lines
}

// stageOf opens a host of a config file.
func stageOf(t *testing.T, config string, files map[string]string) *stage {
	t.Helper()
	s := &stage{t: t, dir: t.TempDir(), ended: make(chan error, 1), printed: make(chan string, 100)}
	s.save("config.yaml", config)
	for name, text := range files {
		s.save(name, text)
	}
	c, err := tgscript.Load(filepath.Join(s.dir, "config.yaml"), tgscript.Overrides{})
	if err != nil {
		t.Fatal(err)
	}
	if s.host, err = tgscript.Open(c, tgscript.Options{Print: func(_, line string) { s.printed <- line }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.host.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	s.host.LookAtConfig(time.Millisecond)
	return s
}

func TestScriptsAreSwitchedOnAndOff(t *testing.T) {
	hears := func(name string) string {
		return `print("` + name + ` begins") client:on("message", function(event) print("` + name + ` " .. event.raw_text) end)`
	}
	s := stageOf(t, botConfig("    disabled: [b, 'old_*']\n"), map[string]string{
		"a.lua": hears("a"), "b.lua": hears("b"), "old_one.lua": hears("old"), "_part.lua": hears("part"),
	})
	heard := func(want ...string) {
		t.Helper()
		for range want {
			if got := next(t, s.printed, "print"); !strings.Contains(strings.Join(want, "\n"), got) {
				t.Errorf("printed %q, want one of %q", got, want)
			}
		}
	}
	s.run()
	heard("a begins")
	s.send("EchoBot", "x")
	heard("a x")

	s.save("config.yaml", botConfig("    disabled: 'old_*'\n"))
	heard("b begins")
	s.send("EchoBot", "y")
	heard("a y", "b y")

	s.save("config.yaml", botConfig("    disabled: [a, 'old_*']\n"))
	for limit := time.Now().Add(time.Minute); ; { // until a hears no more
		s.send("EchoBot", "z")
		if next(t, s.printed, "print") == "b z" {
			if err := s.host.Settle(t.Context()); err != nil {
				t.Fatal(err)
			}
			select {
			case <-s.printed:
			default:
				return
			}
		}
		if time.Now().After(limit) {
			t.Fatal("a still hears")
		}
	}
}

func TestDisabledPatternsAreChecked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(path, []byte(botConfig("    disabled: ['[']\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := tgscript.Load(path, tgscript.Overrides{}); err == nil || !strings.Contains(err.Error(), `config.yaml:6:15: accounts.bot.disabled: "[" is no pattern`) {
		t.Errorf("got %v", err)
	}
}

func TestArgsAreCheckedAtTheirPlace(t *testing.T) {
	s := stageOf(t, botConfig("    args:\n      s:\n        times: often\n        lnag: en\n"), map[string]string{
		"s.lua": `tg.args{ times = { type = "integer", default = 3 }, lang = "en" }`,
	})
	s.run()
	err := next(t, s.ended, "end")
	for _, want := range []string{`config.yaml:9:15: the script has no arg "lnag": did you mean "lang"?`, `config.yaml:8:16: arg "times": a whole number expected, got often`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}
