package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/telegram/session"
)

const sessionWarning = "A session is as good as the account: whoever has it can read and write everything. Use it in one place at a\n" +
	"time; a session in two places is ended by Telegram."

type sessionFlags struct {
	format         string
	out            string
	passphraseFile string
}

func (a *app) sessionCommand() *cobra.Command {
	c := &cobra.Command{
		Use:     "session",
		Short:   "Carry sessions from and to other programs",
		Example: "  tgscript session export me --out me.age\n  tgscript session import me old.session",
	}
	var f sessionFlags
	export := &cobra.Command{
		Use:   "export [ACCOUNT]",
		Short: "Write the session of an account, encrypted or as a Telethon string",
		Long: "Writes the session of an account: encrypted with a passphrase (an age file), or as a string for Telethon.\n\n" +
			sessionWarning,
		Example: "  tgscript session export me --out me.age\n  tgscript session export me --format telethon",
		Args:    cobra.MaximumNArgs(1),
		RunE:    func(c *cobra.Command, args []string) error { return a.exportSession(c.Context(), f, args) },
	}
	export.Flags().StringVar(&f.format, "format", "sealed", "sealed, or telethon")
	export.Flags().StringVarP(&f.out, "out", "o", "", "file to write; it must not be there yet (default: stdout)")
	export.Flags().StringVar(&f.passphraseFile, "passphrase-file", "", "read the passphrase from this file")
	imports := &cobra.Command{
		Use:   "import ACCOUNT FROM",
		Short: "Take over a session of Telethon, Pyrogram, GramJS or Telegram Desktop, or one that export wrote",
		Long: "Takes over a session and finds out by itself what it is: a string of Telethon, Pyrogram or GramJS (or - to\n" +
			"read it from stdin), NAME.session of Telethon or Pyrogram, Telegram Desktop's tdata folder, or a file that\n" +
			"export has sealed.\n" +
			"Stop the other program first.\n\n" + sessionWarning,
		Example: "  tgscript session import me old.session\n  tgscript session import me ~/.local/share/TelegramDesktop/tdata",
		Args:    cobra.ExactArgs(2),
		RunE:    func(c *cobra.Command, args []string) error { return a.importSession(c.Context(), f, args) },
	}
	imports.Flags().StringVar(&f.passphraseFile, "passphrase-file", "", "read the passphrase, or Telegram Desktop's passcode, from this file")
	c.AddCommand(export, imports)
	return c
}

func (a *app) exportSession(ctx context.Context, f sessionFlags, args []string) (err error) {
	if f.format != "sealed" && f.format != "telethon" {
		return usageError{fmt.Errorf("--format %s: write sealed or telethon", f.format)}
	}
	_, account, err := a.openNamed(args)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, account.Close()) }()
	data, err := account.ExportSession()
	if err != nil {
		return fmt.Errorf("account %s: %w", account.Name(), err)
	}
	var content []byte
	if f.format == "telethon" {
		text, err := session.TelethonString(&data)
		if err != nil {
			return err
		}
		content = []byte(text + "\n")
	} else {
		word, err := a.passphrase(ctx, f.passphraseFile, "Passphrase for the exported session")
		if err != nil {
			return err
		}
		if content, err = session.Seal(&data, word); err != nil {
			return err
		}
	}
	a.say("%s", sessionWarning)
	if f.out == "" {
		_, err = a.out.Write(content)
		return err
	}
	if err := writeFile(f.out, content, 0o600); err != nil {
		return fmt.Errorf("write session: %w", err)
	}
	fmt.Fprintln(a.out, f.out)
	return nil
}

func (a *app) importSession(ctx context.Context, f sessionFlags, args []string) (err error) {
	config, err := a.load()
	if err != nil {
		return err
	}
	name, err := a.account(config, args[:1])
	if err != nil {
		return err
	}
	from := args[1]
	p := a.prompter(name, config, loginFlags{}).(*prompter)
	if from == "-" {
		if from, err = p.line(ctx); err != nil {
			return fmt.Errorf("read session from stdin: %w", err)
		}
	}
	data, format, err := session.Read(from, func() (string, error) {
		return a.passphrase(ctx, f.passphraseFile, "Passphrase of the session")
	})
	if err != nil {
		return err
	}
	account, err := a.open(config, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, account.Close()) }()
	if err := account.ImportSession(*data); err != nil {
		return fmt.Errorf("account %s: %w", name, err)
	}
	fmt.Fprintf(a.out, "%s has the session (%s, data center %d); the next run uses it\n", name, format, data.DC)
	return nil
}

// passphrase comes from a file or from the terminal.
func (a *app) passphrase(ctx context.Context, file, question string) (string, error) {
	if file != "" {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", fmt.Errorf("read passphrase: %w", err)
		}
		return strings.TrimRight(string(content), "\r\n"), nil
	}
	if !a.interactive() {
		return "", usageError{errors.New("a passphrase is needed, and there is no terminal to ask at: use --passphrase-file")}
	}
	fmt.Fprintf(a.err, "%s: ", question)
	return (&prompter{app: a}).secret(ctx)
}
