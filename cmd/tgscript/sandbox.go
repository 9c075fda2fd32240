package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings/scene"
	"github.com/tgscript/tgscript/telegram/sandbox"
	"github.com/tgscript/tgscript/telegram/sandbox/control"
)

func (a *app) sandboxCommand() *cobra.Command {
	var f sandboxFlags
	c := &cobra.Command{
		Use:   "sandbox",
		Short: "Run the local Telegram alone, for any MTProto client",
		Long: "Runs a Telegram of your own on this machine until Ctrl-C. It speaks real MTProto: point any client at it\n" +
			"with the address, the public key and the api_id that it prints. It listens on loopback only.",
		Example: "  tgscript sandbox --listen 127.0.0.1:4430 --data ./sandbox\n  tgscript sandbox --json --seed people.yaml --inspect calls.jsonl\n" +
			"  tgscript sandbox --play scenario.lua --once --random 1 --frozen   # a run that repeats itself",
		RunE: func(c *cobra.Command, _ []string) error { return a.sandbox(c.Context(), f) },
	}
	c.Flags().StringVar(&f.listen, "listen", "127.0.0.1:0", "loopback address; port 0 picks a free one, 127.0.0.2:80 is for GramJS")
	c.Flags().StringVar(&f.dir, "data", "", "folder that keeps accounts and messages; without it a temporary one is used")
	c.Flags().BoolVar(&f.json, "json", false, "print one line of JSON once it is ready")
	f.inspect.add(c)
	c.Flags().StringVar(&f.control, "control", "127.0.0.1:0", "take orders over HTTP at this loopback address, and those of tgscript sandbox do; off takes none")
	c.Flags().StringVar(&f.seed, "seed", "", "YAML file with the people, bots and chats to start with")
	c.Flags().StringArrayVar(&f.play, "play", nil, "Lua file that directs the sandbox once it is ready; may be repeated")
	c.Flags().BoolVar(&f.once, "once", false, "with --play: end when the scenarios have ended")
	f.repeat.add(c)
	c.AddCommand(a.sandboxDoCommand())
	return c
}

// sandboxFlags are how the sandbox is to be run.
type sandboxFlags struct {
	listen, dir, control, seed string
	inspect                    inspectFlags
	json, once                 bool
	play                       []string
	repeat                     repeatFlags
}

func (a *app) sandbox(ctx context.Context, f sandboxFlags) (err error) {
	opts := sandbox.Options{Listen: f.listen, Dir: f.dir, Logger: a.logger()}
	if err := f.repeat.into(&opts); err != nil {
		return err
	}
	scenarios, err := a.scenarios(f.play)
	if err != nil {
		return err
	}
	if f.seed != "" {
		if opts.Seed, err = tgscript.LoadSeed(f.seed); err != nil {
			return fmt.Errorf("start sandbox: %w", err)
		}
	}
	if opts.Dir == "" { // clients need the public key as a file
		if opts.Dir, err = os.MkdirTemp("", "tgscript-sandbox-"); err != nil {
			return fmt.Errorf("start sandbox: %w", err)
		}
		defer os.RemoveAll(opts.Dir)
	}
	t := &transcript{app: a, json: f.json || f.inspect.path == "-"}
	closed, err := f.inspect.into(t, &opts)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closed()) }()
	server, err := sandbox.New(opts)
	if err != nil {
		return fmt.Errorf("start sandbox: %w", err)
	}
	defer func() {
		if closed := server.Close(); err == nil {
			err = closed
		}
	}()
	director := scene.NewDirector(server)
	defer director.Close()
	at, end, err := a.takeOrders(server, director, f)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, end()) }()
	if err := a.describe(f, server.Info(), at); err != nil {
		return err
	}
	if !f.json && f.inspect.path != "-" {
		server.Observe(t.entry)
	}
	err = t.play(ctx, director, scenarios)
	if f.once {
		return err
	}
	a.report(err)
	<-ctx.Done()
	return nil
}

// takeOrders lets other processes direct the sandbox over HTTP, unless the flags say otherwise: then at is nil.
func (a *app) takeOrders(server *sandbox.Server, director *scene.Director, f sandboxFlags) (at *control.Info, end func() error, err error) {
	if f.control == "" || f.control == "off" {
		return nil, func() error { return nil }, nil
	}
	orders, err := control.Listen(server, control.Options{Listen: f.control, Logger: a.logger(), Do: doer(director)})
	if err != nil {
		return nil, nil, fmt.Errorf("start sandbox: %w", err)
	}
	info := orders.Info()
	forget := a.announce(info, f.dir)
	return &info, func() error {
		forget()
		return orders.Close()
	}, nil
}

// describe says that the sandbox is ready, and how to reach it: for programs on one line, or for people.
func (a *app) describe(f sandboxFlags, info sandbox.Info, at *control.Info) error {
	if f.json {
		line, err := json.Marshal(struct {
			sandbox.Info
			Control *control.Info `json:"control,omitempty"`
		}{info, at})
		if err != nil {
			return err
		}
		fmt.Fprintf(a.out, "%s\n", line)
		return nil
	}
	a.describeTo(info)
	if at != nil {
		a.say("control: curl -H 'Authorization: Bearer %s' http://%s/info", at.Token, at.Address)
	}
	return nil
}

// describeTo tells people where the sandbox is and who lives there.
func (a *app) describeTo(info sandbox.Info) {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "address\t%s (DC %d)\npublic key\t%s\napi_id\t%d\napi_hash\t%s\nlogin code\t%s\n",
		info.Address, info.DC, info.PublicKey, info.APIID, info.APIHash, info.Code)
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
