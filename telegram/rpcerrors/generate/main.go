// Command generate writes the table of Telegram's errors into the file that it is given: name, codes and the methods
// that may be refused so, as the documentation of package tg lists them, and those that any call may meet.
package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// known is an error of the table.
type known struct {
	codes   map[int]bool
	methods map[string]bool
}

type table map[string]known

func (t table) add(name string, code int, method string) {
	name = strings.ReplaceAll(strings.ReplaceAll(name, "%d", "X"), "XMIN", "X_MIN")
	name = strings.Trim(strings.ReplaceAll("_"+name+"_", "_X_", "_"), "_") // the number goes into a field of its own
	if len(name) < 4 {
		return
	}
	k, ok := t[name]
	if !ok {
		k = known{map[int]bool{}, map[string]bool{}}
		t[name] = k
	}
	k.codes[code] = true
	if method != "" {
		k.methods[method] = true
	}
}

func run(args []string) error {
	if len(args) != 1 {
		return fmt.Errorf("one file expected, got %d", len(args))
	}
	found, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/gotd/td").Output()
	if err != nil {
		return fmt.Errorf("find gotd: %w", err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(found)), "tg", "tl_*_gen.go"))
	if err != nil {
		return err
	}
	all := table{}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			return fmt.Errorf("read package tg: %w", err)
		}
		all.documented(string(source))
	}
	if len(all) < 500 {
		return errors.New("package tg documents its errors in another way now")
	}
	for line := range strings.Lines(anywhere) {
		name, code, _ := strings.Cut(strings.TrimSpace(line), " ")
		if n, err := strconv.Atoi(code); err == nil {
			all.add(name, n, "")
		}
	}
	return os.WriteFile(args[0], all.write(), 0o644)
}

var (
	method   = regexp.MustCompile(`(?:^//[^\n]*\n)+func \(c \*Client\) \w+\(`)
	invokes  = regexp.MustCompile(`invokes method ([\w.]+)#`)
	possible = regexp.MustCompile(`//\s+(-?\d{3}) ([A-Z0-9_%d]+):`)
)

// documented adds what the comments of the methods say.
func (t table) documented(source string) {
	for _, comment := range regexp.MustCompile(`(?m)`+method.String()).FindAllString(source, -1) {
		_, list, ok := strings.Cut(comment, "Possible errors:")
		name := invokes.FindStringSubmatch(comment)
		if !ok || name == nil {
			continue
		}
		for _, e := range possible.FindAllStringSubmatch(list, -1) {
			code, _ := strconv.Atoi(e[1])
			t.add(e[2], code, name[1])
		}
	}
}

// write has a line for each error: name, codes, methods.
func (t table) write() []byte {
	var out bytes.Buffer
	for _, name := range slices.Sorted(maps.Keys(t)) {
		codes := slices.SortedFunc(maps.Keys(t[name].codes), func(a, b int) int { return cmp.Compare(b, a) })
		words := make([]string, len(codes))
		for i, c := range codes {
			words[i] = strconv.Itoa(c)
		}
		fmt.Fprintf(&out, "%s\t%s\t%s\n", name, strings.Join(words, " "), strings.Join(slices.Sorted(maps.Keys(t[name].methods)), " "))
	}
	return out.Bytes()
}
