package tgscript

import "time"

// LookAtConfig sets how often a host looks at its config. Call it before Run.
func (h *Host) LookAtConfig(every time.Duration) { h.configPoll = every }

// NoticeEvery sets how long a host waits after it has told an owner of failures. Call it before Run.
func (h *Host) NoticeEvery(pause time.Duration) { h.noticePause = pause }
