package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/spf13/cobra"
)

type serviceFlags struct {
	user  bool // of the user's own manager, not of the system
	name  string
	runAs string
	state bool
	yes   bool
}

func (a *app) serviceCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "service", Short: "Run tgscript as a service of systemd",
		Long: "Writes a unit that starts tgscript with the system (or with --user at login), tells systemd when it is ready,\n" +
			"starts it anew when it hangs or crashes, and lets it touch no more than it needs.",
		Example: "  tgscript service show\n  tgscript service install --user --yes",
	}
	var f serviceFlags
	show := &cobra.Command{
		Use: "show", Short: "Print the unit",
		Example: "  tgscript service show\n  tgscript service show --user --config /srv/bots/config.yaml",
		RunE:    func(*cobra.Command, []string) error { return a.service(f, (*app).showUnit) },
	}
	install := &cobra.Command{
		Use: "install", Short: "Write the unit; without --yes, say what would be written",
		Example: "  tgscript service install --user\n  sudo tgscript service install --run-as bots --yes",
		RunE:    func(*cobra.Command, []string) error { return a.service(f, (*app).installUnit) },
	}
	uninstall := &cobra.Command{
		Use: "uninstall", Short: "Remove the unit; without --yes, say what would be removed",
		Example: "  tgscript service uninstall --user\n  sudo tgscript service uninstall --yes",
		RunE:    func(*cobra.Command, []string) error { return a.service(f, (*app).uninstallUnit) },
	}
	for _, sub := range []*cobra.Command{show, install, uninstall} {
		sub.Flags().BoolVar(&f.user, "user", false, "a service of this user, not of the system")
		sub.Flags().StringVar(&f.name, "name", "tgscript", "name of the service")
		if sub != uninstall {
			sub.Flags().StringVar(&f.runAs, "run-as", "", "user of a service of the system (default: who calls, or called sudo)")
			sub.Flags().BoolVar(&f.state, "state-directory", false, "keep state in systemd's folder for it (/var/lib/NAME), not in the config's data folder")
		}
		if sub != show {
			sub.Flags().BoolVarP(&f.yes, "yes", "y", false, "do it")
		}
		c.AddCommand(sub)
	}
	return c
}

var unitName = regexp.MustCompile(`^[A-Za-z0-9_.@-]+$`)

// service plans the unit and does something with it.
func (a *app) service(f serviceFlags, do func(*app, serviceFlags, string, []byte) error) error {
	if !unitName.MatchString(f.name) {
		return usageError{fmt.Errorf("--name %s: a name is of letters, digits, _ . @ and -", f.name)}
	}
	path, err := a.unitPath(f)
	if err != nil {
		return err
	}
	u, err := a.unit(f)
	if err != nil {
		return err
	}
	return do(a, f, path, u.text())
}

func (a *app) showUnit(_ serviceFlags, _ string, text []byte) error {
	_, err := a.out.Write(text)
	return err
}

func (a *app) installUnit(f serviceFlags, path string, text []byte) error {
	ctl := "systemctl"
	if f.user {
		ctl += " --user"
	}
	if !f.yes {
		fmt.Fprintf(a.out, "# would be written to %s\n%s", path, text)
		a.say("next: the same with --yes")
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return fmt.Errorf("install service: %w", err)
	}
	if err := os.WriteFile(path, text, 0o644); err != nil {
		return fmt.Errorf("install service: %w", err)
	}
	fmt.Fprintln(a.out, path)
	a.say("next: %s daemon-reload && %s enable --now %s", ctl, ctl, f.name)
	if f.user {
		a.say("      loginctl enable-linger   # to run while you are not logged in")
	}
	return nil
}

func (a *app) uninstallUnit(f serviceFlags, path string, _ []byte) error {
	ctl := "systemctl"
	if f.user {
		ctl += " --user"
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no service %s: %s is not there", f.name, path)
	}
	if !f.yes {
		fmt.Fprintf(a.out, "# would be removed: %s\n", path)
		a.say("next: %s disable --now %s, then the same with --yes", ctl, f.name)
		return nil
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("uninstall service: %w", err)
	}
	a.say("next: %s daemon-reload", ctl)
	return nil
}

// unitPath is where systemd looks: https://www.freedesktop.org/software/systemd/man/latest/systemd.unit.html
func (a *app) unitPath(f serviceFlags) (string, error) {
	if !f.user {
		return filepath.Join("/etc/systemd/system", f.name+".service"), nil
	}
	dir, _ := a.env("XDG_CONFIG_HOME")
	if dir == "" {
		home, ok := a.env("HOME")
		if !ok {
			return "", errors.New("place the unit: HOME is not set")
		}
		dir = filepath.Join(home, ".config")
	}
	return filepath.Join(dir, "systemd/user", f.name+".service"), nil
}
