package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/telegram/sandbox"
)

func (a *app) sandboxCommand() *cobra.Command {
	var (
		listen, dir string
		asJSON      bool
	)
	c := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the local Telegram alone, for any MTProto client",
		Long: "Runs a Telegram of your own on this machine until Ctrl-C. It speaks real MTProto: point any client at it\n" +
			"with the address, the public key and the api_id that it prints. It listens on loopback only.",
		Example: "  tgscript sandbox --listen 127.0.0.1:4430 --data ./sandbox\n  tgscript sandbox --json",
		RunE:    func(c *cobra.Command, _ []string) error { return a.sandbox(c.Context(), listen, dir, asJSON) },
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:0", "loopback address; port 0 picks a free one")
	c.Flags().StringVar(&dir, "data", "", "folder that keeps accounts and messages; without it a temporary one is used")
	c.Flags().BoolVar(&asJSON, "json", false, "print one line of JSON once it is ready")
	return c
}

func (a *app) sandbox(ctx context.Context, listen, dir string, asJSON bool) (err error) {
	if dir == "" { // clients need the public key as a file
		if dir, err = os.MkdirTemp("", "tgscript-sandbox-"); err != nil {
			return fmt.Errorf("start sandbox: %w", err)
		}
		defer os.RemoveAll(dir)
	}
	server, err := sandbox.New(sandbox.Options{Listen: listen, Dir: dir, Logger: a.logger()})
	if err != nil {
		return fmt.Errorf("start sandbox: %w", err)
	}
	defer func() {
		if closed := server.Close(); err == nil {
			err = closed
		}
	}()
	info := server.Info()
	if asJSON {
		line, err := json.Marshal(info)
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s\n", line)
	} else {
		a.describe(info)
		t := &transcript{app: a}
		server.Observe(t.entry)
	}
	<-ctx.Done()
	return nil
}

func (a *app) describe(info sandbox.Info) {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "address\t%s (DC %d)\npublic key\t%s\napi_id\t%d\napi_hash\t%s\nlogin code\t%s\n", info.Address, info.DC, info.PublicKey, info.APIID, info.APIHash, info.Code)
	for _, p := range info.People {
		password := ""
		if p.Password != "" {
			password = "  password: " + p.Password
		}
		fmt.Fprintf(w, "person\t%s  @%s  %s%s\n", p.Name, p.Username, p.Phone, password)
	}
	for _, b := range info.Bots {
		fmt.Fprintf(w, "bot\t%s  @%s  %s\n", b.Name, b.Username, b.Token)
	}
	for _, c := range info.Chats {
		fmt.Fprintf(w, "%s\t%s  %d\n", c.Kind, c.Title, c.ID)
	}
	_ = w.Flush()
	a.say("in a config: server: {dc: %d, address: \"%s\", public_key: %s}", info.DC, info.Address, info.PublicKey)
}
