package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/reference"
	"github.com/tgscript/tgscript/bindings/scene"
)

type checkFlags struct {
	json   bool
	format string
	strict bool
}

func (a *app) checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check [PATH...]",
		Short: "Find mistakes in scripts without running them",
		Long: "Reads scripts (those of the config and their tests, or the files and folders named) and finds syntax errors, unknown names\n" +
			"of client, tg and events, unknown options, arguments of the wrong kind, undefined globals, Lua of other\n" +
			"versions, and what looks like a slip: unused and shadowed names, code that never runs. Says which permissions a\n" +
			"script will ask for, and which lines the config lacks for that. A comment such as\n" +
			"  -- tgscript: ignore unused\n" +
			"leaves out a kind of finding on its line, or on the next one if it stands alone; ignore-file in the whole file.\n" +
			"Mistakes exit with 5; warnings do so with --strict only.\n\nThe kinds:\n" + kindsOfFindings(),
		Example: "  tgscript check\n  tgscript check scripts/hello.lua --json\n  tgscript check --strict --format github scripts",
		Args:    cobra.ArbitraryArgs,
		RunE:    func(_ *cobra.Command, args []string) error { return a.check(args, f) },
	}
	c.Flags().BoolVar(&f.json, "json", false, "print findings as JSON")
	c.Flags().StringVar(&f.format, "format", "text", "text, json, or github for annotations of a workflow")
	c.Flags().BoolVar(&f.strict, "strict", false, "warnings count as mistakes")
	return c
}

func kindsOfFindings() string {
	var lines []string
	for _, code := range reference.Codes {
		mark := ""
		if code.Severity == reference.Warning {
			mark = " (warning)"
		}
		lines = append(lines, fmt.Sprintf("  %-16s  %s%s", code.Name, code.Doc, mark))
	}
	return strings.Join(lines, "\n")
}

// checked is what a script was found to have.
type checked struct {
	path     string
	file     string // the path as people see it
	source   []byte
	findings []reference.Finding
	needs    []need
}

func (a *app) check(paths []string, f checkFlags) error {
	if f.json {
		f.format = "json"
	}
	show, ok := checkFormats[f.format]
	if !ok {
		return usageError{fmt.Errorf("--format %s: write text, json or github", f.format)}
	}
	files, err := a.filesToCheck(paths)
	if err != nil {
		return err
	}
	results, err := checkAll(files)
	if err != nil {
		return err
	}
	config, _ := a.load() // without one, nothing is known of what is granted
	for i := range results {
		if err := results[i].ask(config); err != nil {
			return err
		}
	}
	results = append(results, checkLocales(files)...)
	if err := show(a, results); err != nil {
		return err
	}
	mistakes := 0
	for _, r := range results {
		for _, finding := range r.findings {
			if f.strict || finding.Severity == reference.Error {
				mistakes++
			}
		}
	}
	if mistakes > 0 {
		return findingsError(mistakes)
	}
	return nil
}

// filesToCheck are the scripts of the config with the tests beside them, or the files named and all below the folders
// named. Where there is no config, it is the folder where we are.
func (a *app) filesToCheck(paths []string) ([]string, error) {
	if len(paths) == 0 {
		config, err := a.load()
		if err == nil {
			return withTests(config)
		}
		if here, _ := luaFiles("."); len(here) == 0 || !is[configMissing](err) || a.configPath != "" {
			return nil, err
		}
		paths = []string{"."}
	}
	var files []string
	for _, path := range paths {
		found, err := luaFiles(path)
		if err != nil {
			return nil, usageError{fmt.Errorf("find scripts: %w", err)}
		}
		files = append(files, found...)
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// withTests are the scripts of a config, and the files of tests in their folders.
func withTests(config *tgscript.Config) ([]string, error) {
	files, err := config.ScriptFiles()
	if err != nil {
		return nil, err
	}
	for _, script := range files {
		tests, err := filepath.Glob(filepath.Join(escaped.Replace(filepath.Dir(script)), "*_test.lua"))
		if err != nil {
			return nil, fmt.Errorf("find tests: %w", err)
		}
		files = append(files, tests...)
	}
	slices.Sort(files)
	return slices.Compact(files), nil
}

// escaped is a folder that stands for itself in a pattern.
var escaped = strings.NewReplacer("*", "\\*", "?", "\\?", "[", "\\[")

// luaFiles are a file itself, and the Lua files below a folder; those of hidden folders and of lua_modules are
// somebody else's.
func luaFiles(path string) (files []string, err error) {
	err = filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && p != path && (strings.HasPrefix(d.Name(), ".") || d.Name() == "lua_modules"):
			return filepath.SkipDir
		case !d.IsDir() && (p == path || strings.HasSuffix(p, ".lua")):
			files = append(files, p)
		}
		return nil
	})
	return files, err
}

// checkAll checks files at once, as far as there are processors.
func checkAll(files []string) ([]checked, error) {
	scripts, tests, scenarios := bindings.Table(), scene.TestTable(), scene.Table()
	results := make([]checked, len(files))
	var group errgroup.Group
	group.SetLimit(parallel())
	for i, file := range files {
		group.Go(func() error {
			source, err := os.ReadFile(file)
			if err != nil {
				return fmt.Errorf("check: %w", err)
			}
			name, table := scriptName(file), scripts
			if tgscript.IsTest(file) {
				table = tests
			}
			findings := reference.Check(table, name, source)
			if table == scripts && lacks(findings, "sandbox") { // it may be a scenario, which has no name of its own
				if other := reference.Check(scenarios, name, source); !lacks(other, "client") && !lacks(other, "tg") {
					findings = other
				}
			}
			results[i] = checked{path: file, file: name, source: source, findings: findings}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(results, func(a, b checked) int { return strings.Compare(a.file, b.file) })
	return results, nil
}

// lacks says whether a global that a file uses is unknown.
func lacks(findings []reference.Finding, global string) bool {
	return slices.ContainsFunc(findings, func(f reference.Finding) bool {
		return f.Code == "undefined" && strings.HasPrefix(f.Message, "undefined variable '"+global+"'")
	})
}

// ask adds the permissions that a script will ask for. One that doesn't compile has none.
func (r *checked) ask(config *tgscript.Config) (err error) {
	if tgscript.IsTest(r.path) {
		return nil
	}
	needs, err := reference.Needs(r.file, r.source, bindings.Guarded)
	if err != nil {
		return nil
	}
	r.needs, err = needsOf(config, r.path, needs)
	return err
}

// findingsError says how many mistakes were found.
type findingsError int

func (n findingsError) Error() string {
	if n == 1 {
		return "1 mistake found"
	}
	return fmt.Sprintf("%d mistakes found", int(n))
}
