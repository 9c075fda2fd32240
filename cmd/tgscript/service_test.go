package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnits shows units to systemd itself, where there is one.
func TestUnits(t *testing.T) {
	dir := t.TempDir()
	exe := filepath.Join(dir, "tgscript")
	if err := os.WriteFile(exe, []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, row := range map[string]struct {
		unit unit
		want []string
	}{
		"of the system": {
			unit{name: "tgscript", exe: exe, config: "/srv/my bots/100%/config.yaml", dir: "/srv", data: "/srv/data", user: "daemon"},
			[]string{`run --config "/srv/my bots/100%%/config.yaml"`, "User=daemon", "ReadWritePaths=/srv/data", "WantedBy=multi-user.target", "ProtectSystem=strict", "PrivateTmp=yes"},
		},
		"of a user": {
			unit{name: "bots", exe: exe, config: "/home/me/config.yaml", dir: "/home/me", data: "/home/me/data"},
			[]string{"Type=notify", "WatchdogSec=60", "ExecReload=" + exe + " reload --config /home/me/config.yaml", "WantedBy=default.target"},
		},
		"with state of its own": {
			unit{name: "bots", exe: exe, config: "/srv/config.yaml", dir: "/srv", data: "/srv/data", user: "daemon", state: true},
			[]string{"StateDirectory=bots", "run --config /srv/config.yaml --data %S/bots"},
		},
		"with a long way to its data": {
			unit{name: "bots", exe: exe, config: "/srv/config.yaml", dir: "/srv", data: "/srv/" + strings.Repeat("long/", 20), user: "daemon"},
			[]string{"ReadWritePaths=/srv/long/"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			text := string(row.unit.text())
			for _, want := range row.want {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in\n%s", want, text)
				}
			}
			if len(row.unit.data) > longestHome && strings.Contains(text, "PrivateTmp") {
				t.Error("the control socket would be in a /tmp of its own")
			}
			if row.unit.user == "" && strings.Contains(text, "ProtectSystem") {
				t.Error("a user's manager can't do that")
			}
			verify, err := exec.LookPath("systemd-analyze")
			if err != nil {
				return // another system
			}
			path := filepath.Join(t.TempDir(), row.unit.name+".service")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.CommandContext(t.Context(), verify, "verify", path).CombinedOutput(); err != nil || strings.Contains(string(said), path) {
				t.Errorf("systemd says %v: %s", err, said)
			}
		})
	}
}

// TestUnitsOfOddNames: what stands in a unit must not become lines of it.
func TestUnitsOfOddNames(t *testing.T) {
	for _, name := range []string{"root\nExecStartPre=/bin/evil", "a b", "-x", "%n", ""} {
		if unitUser.MatchString(name) {
			t.Errorf("%q is a user", name)
		}
	}
	for _, name := range []string{"root", "www-data", "bots_1", "me@example.org", "machine$"} {
		if !unitUser.MatchString(name) {
			t.Errorf("%q is no user", name)
		}
	}
	for path, want := range map[string]bool{"/srv/bots/config.yaml": true, "/srv/my bots": true, "/srv/a\nUser=root": false, "/srv/a\\": false, "/srv/\x1b[m": false} {
		if got := inUnits(path) == nil; got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
}
