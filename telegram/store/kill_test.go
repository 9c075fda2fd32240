package store_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/tgscript/tgscript/telegram/store"
)

// childStore is the variable by which the test program learns that it is the one to be killed, and with which store.
const childStore = "TGSCRIPT_TEST_CHILD_STORE"

// writeOn counts up in a store, and says each number that it has kept.
func writeOn(path string) {
	s, err := store.OpenJournaled(path)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	first, _, _ := s.Get(context.Background(), "n", "last")
	from, _ := strconv.Atoi(string(first))
	for i := from + 1; ; i++ {
		n := []byte(strconv.Itoa(i))
		err := s.Batch(context.Background(), []store.Op{{Namespace: "n", Key: fmt.Sprint("key", i), Value: n}, {Namespace: "n", Key: "last", Value: n}})
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(i)
	}
}

// TestKilled kills the process that writes, at some moment, again and again: what it said it has kept is there, and of a
// batch all or nothing.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "scripts.db")
	kept := 0
	for round := range 4 {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), childStore+"="+path)
		out, err := child.StdoutPipe()
		do(t, err)
		do(t, child.Start())
		lines := bufio.NewScanner(out)
		for target := kept + 500*(round+1); kept < target; {
			if !lines.Scan() {
				t.Fatal("the child has ended by itself")
			}
			if kept, err = strconv.Atoi(lines.Text()); err != nil {
				t.Fatal(lines.Text())
			}
		}
		do(t, child.Process.Kill())
		for lines.Scan() { // what it said before it was gone
			if n, err := strconv.Atoi(lines.Text()); err == nil {
				kept = max(kept, n)
			}
		}
		_ = child.Wait() // says that it was killed
		s := openJournaled(t, path)
		last, found, err := s.Get(t.Context(), "n", "last")
		do(t, err)
		n, _ := strconv.Atoi(string(last))
		if !found || n < kept {
			t.Errorf("round %d: %d were kept, the store has %d", round, kept, n)
		}
		count := 0
		for e, err := range s.Iterate(t.Context(), "n", "key") {
			do(t, err)
			if e.Key != "key"+string(e.Value) {
				t.Errorf("%s is %s", e.Key, e.Value)
			}
			count++
		}
		if count != n {
			t.Errorf("round %d: %d values up to %d", round, count, n)
		}
		kept = n
		do(t, s.Close())
	}
}
