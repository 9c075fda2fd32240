package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/spf13/cobra"

	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/runtime/vm/syntax"
)

type fmtFlags struct {
	check, diff bool
	indent      int
}

func (a *app) fmtCommand() *cobra.Command {
	f := fmtFlags{}
	c := &cobra.Command{
		Use:   "fmt [PATH...]",
		Short: "Lay out Lua files: indentation, spaces, empty lines",
		Long: "Formats files in place: those of the config and their tests, or what is named; - reads stdin and writes stdout.\n" +
			"Only white space changes: no token, no comment and no line break is touched.",
		Example: "  tgscript fmt\n  tgscript fmt --check scripts\n  tgscript fmt -d scripts/hello.lua",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(_ *cobra.Command, args []string) error { return a.fmt(args, f) },
	}
	c.Flags().BoolVar(&f.check, "check", false, "change nothing; list files that would change, and exit with 1 if there are any")
	c.Flags().BoolVarP(&f.diff, "diff", "d", false, "change nothing; show what would change")
	c.Flags().IntVar(&f.indent, "indent", 2, "spaces of one level; 0 is a tab")
	return c
}

func (a *app) fmt(paths []string, f fmtFlags) error {
	if f.indent < 0 || f.indent > 16 {
		return usageError{errors.New("--indent is from 0 (a tab) to 16")}
	}
	style := syntax.Style{Indent: strings.Repeat(" ", f.indent)}
	if f.indent == 0 {
		style.Indent = "\t"
	}
	if len(paths) == 1 && paths[0] == "-" {
		source, err := io.ReadAll(a.in)
		if err != nil {
			return fmt.Errorf("read stdin: %w", err)
		}
		formatted, err := formatted("stdin", source, style)
		if err != nil {
			return err
		}
		_, err = a.out.Write(formatted)
		return err
	}
	files, err := a.filesToCheck(paths)
	if err != nil {
		return err
	}
	changed := 0
	var failed []error
	for _, file := range files {
		news, err := a.formatFile(file, f, style)
		if news {
			changed++
		}
		failed = append(failed, err)
	}
	if err := errors.Join(failed...); err != nil {
		return err
	}
	if f.check && changed > 0 {
		return fmt.Errorf("%s to format: tgscript fmt does it", counted(changed, "file"))
	}
	return nil
}

// formatFile says whether the layout of a file changes.
func (a *app) formatFile(file string, f fmtFlags, style syntax.Style) (news bool, err error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return false, fmt.Errorf("format: %w", err)
	}
	name := scriptName(file)
	after, err := formatted(name, source, style)
	if err != nil || bytes.Equal(source, after) {
		return false, err
	}
	if f.diff {
		_, err := a.out.Write(diff.Diff(name+" (as it is)", source, name, after))
		return true, err
	}
	fmt.Fprintln(a.out, name)
	if f.check {
		return true, nil
	}
	return true, replaceFile(file, after)
}

func formatted(name string, source []byte, style syntax.Style) ([]byte, error) {
	if _, err := vm.Compile(name, source); err != nil {
		return nil, fmt.Errorf("format %s: %w", name, err)
	}
	after, err := syntax.Format(source, style)
	if err != nil {
		return nil, fmt.Errorf("format %s: %w", name, err)
	}
	return after, nil
}

// replaceFile writes a file anew at once: a running tgscript reloads it, and must never see a half of it.
func replaceFile(path string, content []byte) error {
	path, err := filepath.EvalSymlinks(path) // the link stays one
	if err != nil {
		return fmt.Errorf("write formatted file: %w", err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("write formatted file: %w", err)
	}
	next, err := os.CreateTemp(filepath.Dir(path), ".fmt-*")
	if err != nil {
		return fmt.Errorf("write formatted file: %w", err)
	}
	_, err = next.Write(content)
	err = errors.Join(err, next.Chmod(info.Mode().Perm()), next.Close())
	if err == nil {
		err = os.Rename(next.Name(), path)
	}
	if err != nil {
		_ = os.Remove(next.Name())
		return fmt.Errorf("write formatted file: %w", err)
	}
	return nil
}
