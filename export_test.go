package tgscript

import "time"

// LookAtConfig sets how often a host looks at its config. Call it before Run.
func (h *Host) LookAtConfig(every time.Duration) { h.configPoll = every }
