package tgscript_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/store"
)

// victim is the process of scripts that is tortured.
type victim struct {
	t       *testing.T
	command *exec.Cmd
	in      io.WriteCloser
	life    *life
	told    chan struct{} // the process has done what it was told last
	silent  chan struct{} // all that it said has been heard
}

// awaken starts the process, and waits until its scripts are loaded.
func awaken(t *testing.T, dir string, count *tally) *victim {
	t.Helper()
	v := &victim{t: t, command: exec.Command(os.Args[0]), life: count.born(), told: make(chan struct{}, 1), silent: make(chan struct{})}
	v.command.Env = append(os.Environ(), childEnv+"=torture", "TGSCRIPT_BENCH_DIR="+dir)
	log, err := os.OpenFile(dir+"/log", os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	v.command.Stderr = log
	if v.in, err = v.command.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := v.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.command.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		defer close(v.silent)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if line := lines.Text(); line == "told" {
				v.told <- struct{}{}
			} else {
				count.hear(v.life, line)
			}
		}
	}()
	v.await("start")
	return v
}

// tell sends an order, and waits until it was carried out.
func (v *victim) tell(order string) {
	v.t.Helper()
	fmt.Fprintln(v.in, order)
	v.await(order)
}

func (v *victim) await(what string) {
	v.t.Helper()
	select {
	case <-v.told:
	case <-v.silent:
		v.t.Fatalf("the process ended at %q: see its log", what)
	}
}

// kill ends the process as kill -9 does: with whatever it has begun.
func (v *victim) kill() {
	v.life.killed = true
	_ = v.command.Process.Kill()
	<-v.silent
	_ = v.command.Wait()
}

// stop ends the process in peace.
func (v *victim) stop() {
	v.t.Helper()
	_ = v.in.Close()
	<-v.silent
	if err := v.command.Wait(); err != nil {
		v.t.Errorf("the process ended badly: %v", err)
	}
}

// tortured is the main function of such a process: a host, and what it is told on stdin.
func tortured(path string) error {
	config, err := tgscript.Load(path, tgscript.Overrides{})
	if err != nil {
		return err
	}
	var disk slowDisk
	opts := tgscript.Options{
		NoReload: true,
		Logger:   slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Print: func(script, line string) {
			account, _, _ := strings.Cut(script, "/")
			mark, event, _ := strings.Cut(line, " ")
			fmt.Println(mark, account, event) // one write, which outlives the process
		},
		Prompter: func(string) telegram.Prompter { return certain{} },
	}
	opts.KeepIn(disk.open)
	host, err := tgscript.Open(config, opts)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		defer stop()
		if host.Ready(ctx) != nil {
			return
		}
		fmt.Println("told")
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			disk.slow.Store(lines.Text() == "slow")
			if err := fillDisk(lines.Text() == "full"); err != nil {
				fmt.Println(err)
			}
			fmt.Println("told")
		}
	}()
	err = host.Run(ctx)
	if closing := host.Close(); err == nil {
		err = closing
	}
	return err
}

// slowDisk takes its time for all that it is given to keep, while it is slow.
type slowDisk struct{ slow atomic.Bool }

const slowWrite = 400 * time.Millisecond

func (d *slowDisk) open(path string) (store.Store, error) {
	s, err := store.Open(path)
	return &slowStore{s, d}, err
}

type slowStore struct {
	store.Store
	disk *slowDisk
}

func (s *slowStore) Put(ctx context.Context, namespace, key string, value []byte) error {
	s.wait()
	return s.Store.Put(ctx, namespace, key, value)
}

func (s *slowStore) Batch(ctx context.Context, ops []store.Op) error {
	s.wait()
	return s.Store.Batch(ctx, ops)
}

func (s *slowStore) wait() {
	if s.disk.slow.Load() {
		<-time.After(slowWrite)
	}
}

// certain knows the code.
type certain struct{ telegram.Prompter }

func (certain) Phone(context.Context) (string, error) { return alicePhone, nil }

func (certain) Code(context.Context, telegram.CodeSent) (string, error) { return "12345", nil }

func (certain) Notice(context.Context, string) {}

const alicePhone = "+427770001"
