package main

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// Limits of the system below which many scripts get into trouble.
const (
	fewWatches   = 8192
	fewInstances = 64
	fewFiles     = 1024
)

// watching looks at what fsnotify needs on Linux: https://man7.org/linux/man-pages/man7/inotify.7.html
func (d *doctor) watching(context.Context) {
	for _, limit := range []struct {
		name string
		few  int
	}{{"max_user_watches", fewWatches}, {"max_user_instances", fewInstances}} {
		text, err := os.ReadFile("/proc/sys/fs/inotify/" + limit.name)
		if err != nil {
			continue // another system
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err == nil && n < limit.few {
			d.warn("watching", fmt.Sprintf("sysctl fs.inotify.%s=%d", limit.name, limit.few), "inotify allows %d (%s): some saved files may not be noticed", n, limit.name)
		} else if err == nil {
			d.ok("watching", "inotify allows %d (%s)", n, limit.name)
		}
	}
}

// surroundings are zones, certificates, open files and the terminal.
func (d *doctor) surroundings(context.Context) {
	if _, err := time.LoadLocation("Europe/Rome"); err != nil {
		d.bad("zones", "install tzdata", "time zones are not known: %v", err)
	} else {
		d.ok("zones", "time zones are known; this one is %s", time.Local)
	}
	if pool, err := x509.SystemCertPool(); err != nil || pool.Equal(x509.NewCertPool()) {
		d.warn("https", "install ca-certificates, or set SSL_CERT_FILE", "there are no certificates: tg.http can't speak https")
	} else {
		d.ok("https", "there are certificates")
	}
	if n, known := openFiles(); known && n < fewFiles {
		d.warn("files", fmt.Sprintf("ulimit -n %d", fewFiles), "%d files may be open at once", n)
	}
	term, _ := d.env("TERM")
	switch {
	case !d.interactive():
		d.ok("terminal", "none: nothing will be asked, and there are no colours")
	case term == "dumb" || term == "":
		d.ok("terminal", "a plain one")
	default:
		d.ok("terminal", "%s", term)
	}
	if utf8 := d.locale(); !utf8 {
		d.warn("terminal", "export LANG=C.UTF-8", "the locale is not UTF-8: QR codes and emoji may look wrong")
	}
}

// locale tells whether text is UTF-8, by the variables in their order; none at all tells nothing.
func (d *doctor) locale() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if value, _ := d.env(name); value != "" {
			value = strings.ToLower(value)
			return strings.Contains(value, "utf-8") || strings.Contains(value, "utf8")
		}
	}
	return true
}
