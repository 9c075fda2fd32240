package main

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
)

// verdict is how a finding of the doctor is marked.
type verdict string

const (
	well    verdict = "ok"
	doubt   verdict = "warn"
	illness verdict = "fail"
)

// diagnosis is one finding of the doctor.
type diagnosis struct {
	Check   string  `json:"check"`
	Verdict verdict `json:"verdict"`
	Finding string  `json:"finding"`
	Fix     string  `json:"fix,omitempty"` // a command, or what to do
}

// doctor is one examination. The checks run one after another and know what those before them found.
type doctor struct {
	*app
	config  *tgscript.Config // nil when it can't be read
	fix     bool
	timeout time.Duration
	now     func() time.Time
	tell    func(diagnosis)
	failed  int
}

// examinations are all checks, in their order.
var examinations = []func(*doctor, context.Context){
	(*doctor).versions, (*doctor).configuration, (*doctor).files, (*doctor).disk, (*doctor).sockets, (*doctor).sessions,
	(*doctor).network, (*doctor).watching, (*doctor).surroundings,
}

func (a *app) doctorCommand() *cobra.Command {
	var (
		asJSON bool
		d      = doctor{app: a, now: time.Now}
	)
	c := &cobra.Command{
		Use:   "doctor",
		Short: "Find out why something doesn't work: config, files, sessions, proxies, clock, system",
		Long: "Looks at the config and at what it names: scripts, data folder, sessions and who holds them, proxies and the\n" +
			"data centres behind them, the clock by Telegram's own time; and at what the system allows. It signs in nobody,\n" +
			"and talks to nothing that the config doesn't name. What is wrong comes with its fix; --fix does what can be\n" +
			"done without asking: it closes files to other users, and removes sockets of processes that are gone.",
		Example: "  tgscript doctor\n  tgscript doctor --fix\n  tgscript doctor --json",
		RunE:    func(c *cobra.Command, _ []string) error { return d.examine(c.Context(), asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print findings as JSON")
	c.Flags().BoolVar(&d.fix, "fix", false, "close files to other users, remove what is stale")
	c.Flags().DurationVar(&d.timeout, "timeout", 15*time.Second, "give up on a proxy or a data centre after this long")
	return c
}

func (d *doctor) examine(ctx context.Context, asJSON bool) error {
	all := []diagnosis{}
	d.tell = func(found diagnosis) {
		if found.Verdict == illness {
			d.failed++
		}
		if all = append(all, found); !asJSON {
			d.show(found)
		}
	}
	for _, examination := range examinations {
		examination(d, ctx)
	}
	if asJSON {
		if err := d.json(all); err != nil {
			return err
		}
	}
	if d.failed > 0 {
		return fmt.Errorf("%s found", counted(d.failed, "problem"))
	}
	return nil
}

func (d *doctor) show(found diagnosis) {
	marks := map[verdict]string{
		well: d.colour(d.out, green, "ok  "), doubt: d.colour(d.out, yellow, "warn"), illness: d.colour(d.out, red, "fail"),
	}
	fmt.Fprintf(d.out, "%s  %-9s %s\n", marks[found.Verdict], found.Check, printable(found.Finding))
	if found.Fix != "" {
		fmt.Fprintf(d.out, "      %-9s fix: %s\n", "", printable(found.Fix))
	}
}

func (d *doctor) ok(check, format string, args ...any) {
	d.tell(diagnosis{Check: check, Verdict: well, Finding: fmt.Sprintf(format, args...)})
}

func (d *doctor) warn(check, fix, format string, args ...any) {
	d.tell(diagnosis{Check: check, Verdict: doubt, Finding: fmt.Sprintf(format, args...), Fix: fix})
}

func (d *doctor) bad(check, fix, format string, args ...any) {
	d.tell(diagnosis{Check: check, Verdict: illness, Finding: fmt.Sprintf(format, args...), Fix: fix})
}
