package tgscript

import (
	"time"

	"github.com/tgscript/tgscript/telegram/store"
)

// LookAtConfig sets how often a host looks at its config. Call it before Run.
func (h *Host) LookAtConfig(every time.Duration) { h.configPoll = every }

// NoticeEvery sets how long a host waits after it has told an owner of failures. Call it before Run.
func (h *Host) NoticeEvery(pause time.Duration) { h.noticePause = pause }

// KeepIn sets what opens the stores of accounts.
func (o *Options) KeepIn(open func(path string) (store.Store, error)) { o.keep = open }
