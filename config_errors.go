package tgscript

import (
	"time"

	"github.com/tgscript/tgscript/runtime"
)

// Errors says what happens to handlers that fail again and again.
type Errors struct {
	PauseAfter int      `yaml:"pause_after" doc:"So many failures of one handler pause it: it gets no more events until its script is reloaded or it is resumed. Default: never."`
	Within     Duration `yaml:"within" doc:"Only failures of the last so long count. Default: 5m."`
}

// defaultErrors is what a config that says nothing gets.
var defaultErrors = Errors{Within: Duration(5 * time.Minute)}

func (e Errors) pause() runtime.Pause {
	return runtime.Pause{After: e.PauseAfter, Within: time.Duration(e.Within)}
}
