package bindings

import (
	"log/slog"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime"
	"github.com/tgscript/tgscript/runtime/vm"
)

type logArgs struct {
	Values []vm.Value `lua:"...,rest" doc:"What to say; a table at the end gives the line named values."`
}

// logSpace is tg.log: callable itself, with a function for each level.
var logSpace = spec.Namespace{
	Name: "log", Doc: "Write to the program's log. `tg.log(...)` is `tg.log.info(...)`.",
	Call: &logCall,
	Functions: []spec.Func{
		logAt("debug", "What only helps to find a mistake.", slog.LevelDebug),
		logAt("info", "What is good to know.", slog.LevelInfo),
		logAt("warn", "What may become a problem.", slog.LevelWarn),
		logAt("error", "What went wrong.", slog.LevelError),
	},
}

var logCall = logAt("log", "Write a line to the program's log.", slog.LevelInfo)

func logAt(name, doc string, level slog.Level) spec.Func {
	return spec.Function(name, doc, func(c *spec.Call, in logArgs) (spec.None, error) {
		logger := envOf(c).Logger
		if logger == nil || !logger.Enabled(c, level) || !c.Generation.Script().MayLog(c.Generation.Now()) {
			return spec.None{}, nil
		}
		words, attributes := line(c.State, in.Values)
		logger.LogAttrs(c, level, words, attributes...)
		return spec.None{}, nil
	}).Direct().Example(`tg.log("started")
tg.log.warn("slow answer", { seconds = 12 })`)
}

// mostAttributes is how many named values a line of the log has.
const mostAttributes = 100

// line joins values as print does; a plain table at the end becomes attributes.
func line(L *vm.State, values []vm.Value) (string, []slog.Attr) {
	var attributes []slog.Attr
	if n := len(values); n > 1 {
		if table, ok := values[n-1].(*vm.Table); ok && table.Metatable == vm.Nil {
			values = values[:n-1]
			table.ForEach(func(k, v vm.Value) {
				if len(attributes) < mostAttributes {
					attributes = append(attributes, slog.String(runtime.CutLine(k.String()), runtime.CutLine(vm.Show(L, v))))
				}
			})
		}
	}
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = vm.Show(L, v)
	}
	return runtime.CutLine(strings.Join(words, " ")), attributes
}
