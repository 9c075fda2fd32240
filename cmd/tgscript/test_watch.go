package main

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/tgscript/tgscript"
	"github.com/tgscript/tgscript/cmd/tgscript/trial"
	"github.com/tgscript/tgscript/runtime/watch"
)

// watchTests runs all tests, and then those that a saved file has to do with, until ctx ends.
func (a *app) watchTests(ctx context.Context, f testFlags, opts trial.Options, paths, files []string) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	saved := make(chan []string, 16)
	watcher := watch.New(watch.Options{Dirs: foldersOf(paths, files), Match: func(name string) bool {
		return !watch.Hidden(name) && (strings.HasSuffix(name, ".lua") || name == "config.yaml")
	}})
	ended := make(chan error, 1)
	go func() {
		first := true
		ended <- watcher.Run(ctx, func(changed []string) {
			if first { // what is there already
				first = false
				return
			}
			select {
			case saved <- changed:
			case <-ctx.Done():
			}
		})
	}()
	for {
		if len(files) > 0 {
			var failed failedTests
			if err := a.runTests(ctx, f, opts, files); err != nil && !errors.As(err, &failed) {
				stop()
				<-ended
				if errors.Is(err, context.Canceled) {
					return nil
				}
				return err
			}
		}
		a.say("%s", a.colour(a.err, dim, "waiting for files to be saved; Ctrl-C ends"))
		select {
		case changed := <-saved:
			all, err := trial.Find(paths)
			if err != nil {
				a.say("%v", err)
			}
			files = affected(all, changed)
		case err := <-ended:
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// foldersOf are the folders in which files of tests, or what they test, may be saved.
func foldersOf(paths, files []string) []string {
	dirs := slices.Clone(paths)
	for i, path := range dirs {
		if tgscript.IsTest(path) {
			dirs[i] = filepath.Dir(path)
		}
	}
	for _, file := range files {
		dirs = append(dirs, filepath.Dir(file))
	}
	slices.Sort(dirs)
	return slices.Compact(dirs)
}

// affected are the files of tests that saved files have to do with: a test itself, the one of a script; all where
// nobody can tell.
func affected(all, changed []string) []string {
	var some []string
	for _, path := range changed {
		test := path
		if !tgscript.IsTest(path) {
			test = strings.TrimSuffix(path, ".lua") + "_test.lua"
		}
		i := slices.IndexFunc(all, func(file string) bool {
			absolute, err := filepath.Abs(file)
			return err == nil && absolute == test
		})
		switch {
		case i >= 0:
			some = append(some, all[i])
		case !tgscript.IsTest(path):
			return all
		}
	}
	slices.Sort(some)
	return slices.Compact(some)
}
