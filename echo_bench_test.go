package tgscript_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/exchange"
	"github.com/gotd/td/session"
	gotd "github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/telegram/message"
	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// childEnv names the client that this test binary is when a benchmark starts it as a process of its own, so that
// the client's CPU can be told from the sandbox's.
const childEnv = "TGSCRIPT_BENCH_CLIENT"

// BenchmarkEcho has a bot echo with some messages in flight: a Lua script under tgscript, with its state on disk, and
// beside it a bare bot of gotd's, which has none. cpu-us/op is the CPU of the client's process alone; reordered/op is
// how many echoes overtook another.
func BenchmarkEcho(b *testing.B) {
	for _, inFlight := range []int{32, 256} {
		for _, client := range []string{"gotd", "tgscript"} {
			b.Run(fmt.Sprint(client, " ", inFlight), func(b *testing.B) { echoes(b, client, inFlight) })
		}
	}
}

func echoes(b *testing.B, client string, inFlight int) {
	dir := b.TempDir()
	s, err := sandbox.New(sandbox.Options{Dir: filepath.Join(dir, "server")})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	child := startChild(b, client, dir, s)
	defer child.end()
	heard := make(chan int, 100_000)
	defer s.Observe(func(e sandbox.Entry) {
		if n, err := strconv.Atoi(e.Text); err == nil && e.From == "EchoBot" {
			heard <- n
		}
	})()
	bob := s.Person("bob")
	send := func(i int) {
		if _, err := bob.Send(b.Context(), "EchoBot", strconv.Itoa(i), sandbox.SendOptions{}); err != nil {
			b.Fatal(err)
		}
	}
	for i := range inFlight { // warm up
		send(-i - 1)
	}
	for range inFlight {
		<-heard
	}
	before := child.cpu()
	b.ResetTimer()
	sent := min(inFlight, b.N)
	for i := range sent {
		send(i)
	}
	reordered, last := 0, -1
	for range b.N {
		if n := <-heard; n < last {
			reordered++
		} else {
			last = n
		}
		if sent < b.N {
			send(sent)
			sent++
		}
	}
	b.StopTimer()
	b.ReportMetric(float64((child.cpu()-before).Microseconds())/float64(b.N), "cpu-us/op")
	b.ReportMetric(float64(reordered)/float64(b.N), "reordered/op")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "echoes/s")
}

// child is a client in a process of its own. It answers each line on its stdin with its CPU time.
type child struct {
	b       *testing.B
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func startChild(b *testing.B, client, dir string, s *sandbox.Server) *child {
	b.Helper()
	writeProject(b, dir, s, "bot: {bot_token: \""+s.Info().Bots[0].Token+"\"", `client:on("message", { incoming = true }, function(event) event:reply(event.raw_text) end)`)
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), childEnv+"="+client, "TGSCRIPT_BENCH_DIR="+dir)
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	c := &child{b: b, command: command, in: in, out: bufio.NewReader(out)}
	c.cpu() // answered once it is ready
	return c
}

// writeProject makes a folder with a config that points an account at the sandbox, and its script, which may print
// whatever it likes: what a script prints is how its events are counted.
func writeProject(b testing.TB, dir string, s *sandbox.Server, account, script string) {
	b.Helper()
	info := s.Info()
	config := fmt.Sprintf("server: {dc: %d, address: %q, public_key: %q}\napi_id: %d\napi_hash: %s\nlimits: {log_lines: 10000000}\naccounts:\n  %s, scripts: script.lua}\n",
		info.DC, info.Address, info.PublicKey, info.APIID, info.APIHash, account)
	for name, text := range map[string]string{"config.yaml": config, "script.lua": script} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
	}
}

func (c *child) cpu() time.Duration {
	c.b.Helper()
	fmt.Fprintln(c.in)
	line, err := c.out.ReadString('\n')
	if err != nil {
		c.b.Fatalf("child: %v", err)
	}
	n, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
	if err != nil {
		c.b.Fatalf("child: %v", err)
	}
	return time.Duration(n)
}

func (c *child) end() {
	_ = c.in.Close()
	_ = c.command.Wait()
}

// beChild is the main function of such a process; it says whether this one is.
func beChild() bool {
	dir := os.Getenv("TGSCRIPT_BENCH_DIR")
	config := filepath.Join(dir, "config.yaml")
	var err error
	switch os.Getenv(childEnv) {
	case "":
		return false
	case "gotd":
		err = bareBot(config)
	case "tgscript":
		err = scriptedBot(config)
	case "torture":
		err = tortured(config)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return true
}

// answer tells the CPU time for each line of stdin until it ends.
func answer() {
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		fmt.Println(cpuTime())
	}
}

func scriptedBot(path string) error {
	config, err := tgscript.Load(path, tgscript.Overrides{})
	if err != nil {
		return err
	}
	host, err := tgscript.Open(config, tgscript.Options{NoReload: true})
	if err != nil {
		return err
	}
	defer host.Close()
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		if host.Ready(ctx) == nil {
			answer()
		}
	}()
	return host.Run(ctx)
}

// bareBot is the shortest echo bot that one would write with gotd.
func bareBot(path string) error {
	config, err := tgscript.Load(path, tgscript.Overrides{})
	if err != nil {
		return err
	}
	options, err := config.AccountOptions("bot")
	if err != nil {
		return err
	}
	var keys []exchange.PublicKey
	keys = append(keys, options.Server.Keys...)
	dispatcher := tg.NewUpdateDispatcher()
	client := gotd.NewClient(options.APIID, options.APIHash, gotd.Options{
		DC: options.Server.DC, DCList: dcs.List{Options: options.Server.Options}, PublicKeys: keys,
		SessionStorage: &session.StorageMemory{}, UpdateHandler: dispatcher,
	})
	sender := message.NewSender(client.API())
	dispatcher.OnNewMessage(func(ctx context.Context, e tg.Entities, u *tg.UpdateNewMessage) error {
		if m, ok := u.Message.(*tg.Message); ok && !m.Out {
			_, err := sender.Reply(e, u).Text(ctx, m.Message)
			return err
		}
		return nil
	})
	return client.Run(context.Background(), func(ctx context.Context) error {
		if _, err := client.Auth().Bot(ctx, options.BotToken); err != nil {
			return err
		}
		answer()
		return nil
	})
}
