package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
)

// unit is a service as systemd is told of it.
type unit struct {
	name, exe, config, dir, data string
	user                         string // empty for a service of a user's own
	state                        bool   // state in StateDirectory
}

// unit reads the config: a service that can't start is not worth installing.
func (a *app) unit(f serviceFlags) (unit, error) {
	config, err := a.load()
	if err != nil {
		return unit{}, err
	}
	u := unit{name: f.name, state: f.state}
	if u.exe, err = os.Executable(); err != nil {
		return u, fmt.Errorf("find tgscript itself: %w", err)
	}
	if u.config, err = filepath.Abs(config.File); err != nil {
		return u, fmt.Errorf("find the config: %w", err)
	}
	if u.data, err = filepath.Abs(config.Path(config.Data)); err != nil {
		return u, fmt.Errorf("find the data folder: %w", err)
	}
	u.dir = filepath.Dir(u.config)
	if err := inUnits(u.exe, u.config, u.data); err != nil {
		return u, err
	}
	if f.user {
		return u, nil
	}
	u.user = f.runAs
	for _, name := range []string{"SUDO_USER", "USER"} {
		if u.user == "" {
			u.user, _ = a.env(name)
		}
	}
	if u.user == "" {
		u.user = "root"
	}
	if !unitUser.MatchString(u.user) {
		return u, usageError{fmt.Errorf("--run-as %s: that is no name of a user", u.user)}
	}
	return u, nil
}

// inUnits refuses paths that would become lines of their own.
func inUnits(paths ...string) error {
	for _, path := range paths {
		if strings.ContainsFunc(path, unicode.IsControl) || strings.HasSuffix(path, "\\") {
			return fmt.Errorf("%q can't stand in a unit: rename it", path)
		}
	}
	return nil
}

// unitUser is what systemd takes: https://systemd.io/USER_NAMES/
var unitUser = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_.@-]*\$?$`)

// text is the unit file. The keys: https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html and
// systemd.exec.html.
func (u unit) text() []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	flags, state := "--config "+inUnit(u.config), ""
	if u.state {
		state = " --data %S/" + u.name
	}
	line("# Written by tgscript service install.")
	line("[Unit]\nDescription=Lua scripts on Telegram accounts (%s)", strings.ReplaceAll(u.config, "%", "%%"))
	line("Wants=network-online.target\nAfter=network-online.target")
	line("StartLimitIntervalSec=300\nStartLimitBurst=5\n")
	line("[Service]\nType=notify\nNotifyAccess=main")
	line("ExecStart=%s run %s%s", inUnit(u.exe), flags, state)
	line("ExecReload=%s reload %s%s", inUnit(u.exe), flags, state)
	line("WorkingDirectory=%s", strings.ReplaceAll(u.dir, "%", "%%"))
	line("Restart=on-failure\nRestartSec=5")
	line("# 2: command line, 3: config, 4: an account has to be signed in, 7: another process has the session")
	line("RestartPreventExitStatus=2 3 4 7")
	line("# 143: stopped before it was ready")
	line("SuccessExitStatus=143")
	line("TimeoutStartSec=10min\nTimeoutStopSec=60\nWatchdogSec=60")
	if u.user != "" {
		line("User=%s", u.user)
	}
	if u.state {
		line("StateDirectory=%s\nStateDirectoryMode=0700", u.name)
	}
	line("UMask=0077\n")
	u.hardening(line)
	line("\n[Install]")
	if u.user == "" {
		line("WantedBy=default.target")
	} else {
		line("WantedBy=multi-user.target")
	}
	return []byte(b.String())
}

// longestHome is how long the path of a data folder may be for its control socket to be inside it; else that is in /tmp,
// which has to be everybody's.
const longestHome = 75

// hardening takes away what tgscript doesn't need. Programs that scripts start (tg.exec) have no more than it.
func (u unit) hardening(line func(string, ...any)) {
	line("# What scripts may touch is up to allow in the config; these are the walls behind it. Programs of tg.exec have the\n" +
		"# same; add ReadWritePaths= for folders that scripts may write.")
	line("NoNewPrivileges=yes\nLockPersonality=yes\nRestrictSUIDSGID=yes\nRestrictRealtime=yes\nMemoryDenyWriteExecute=yes")
	line("SystemCallArchitectures=native\nSystemCallFilter=@system-service")
	if u.user == "" {
		return // the rest needs the system's own manager
	}
	line("ProtectSystem=strict\nProtectHome=read-only")
	if !u.state {
		line("ReadWritePaths=%s", inUnit(u.data))
	}
	if len(u.data) < longestHome {
		line("PrivateTmp=yes")
	}
	line("PrivateDevices=yes\nProtectClock=yes\nProtectControlGroups=yes\nProtectHostname=yes\nProtectKernelLogs=yes")
	line("ProtectKernelModules=yes\nProtectKernelTunables=yes\nProtectProc=invisible\nRestrictNamespaces=yes")
	line("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\nCapabilityBoundingSet=")
}

// inUnit writes a word of a command line: quoted where it has to be, with specifiers and variables taken literally.
func inUnit(word string) string {
	word = strings.NewReplacer("%", "%%", "$", "$$", `\`, `\\`, `"`, `\"`).Replace(word)
	if strings.ContainsAny(word, " \t'\";") {
		return `"` + word + `"`
	}
	return word
}
