package bindings

import (
	"path/filepath"

	"github.com/tgscript/tgscript/telegram/transfer"
)

// ProgressFunc shows a person how far a transfer has come. report is called often, from any goroutine, and must not
// wait; over is called once.
type ProgressFunc func(what, name string) (report func(done, total int64), over func())

// showProgress tells the script and, if there is one, the terminal.
func (e *Env) showProgress(what string, files []fileSource, report transfer.Progress) (transfer.Progress, func()) {
	name := ""
	if len(files) == 1 {
		name = files[0].label()
	}
	return e.progressOf(what, name, report)
}

func (e *Env) progressOf(what, name string, report transfer.Progress) (transfer.Progress, func()) {
	if e.Progress == nil {
		return report, func() {}
	}
	show, over := e.Progress(what, name)
	if report == nil {
		return show, over
	}
	return func(done, total int64) {
		show(done, total)
		report(done, total)
	}, over
}

// label is what a file is called on a terminal.
func (s *fileSource) label() string {
	switch {
	case s.name != "":
		return s.name
	case s.path != "":
		return filepath.Base(s.path)
	case s.file != nil:
		return s.file.SaveName()
	}
	return filepath.Base(s.text)
}
