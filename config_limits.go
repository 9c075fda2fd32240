package tgscript

import (
	"time"

	"github.com/tgscript/tgscript/bindings"
	"github.com/tgscript/tgscript/bindings/service/kv"
	"github.com/tgscript/tgscript/runtime"
)

// runtime are those of the interpreter, and of what it starts.
func (l Limits) runtime() runtime.Limits {
	return runtime.Limits{
		MaxRun: time.Duration(l.Run), Grace: time.Duration(l.Grace), Calls: l.Calls, Queue: l.Queue,
		Memory: uint64(l.Memory) << 20, Heap: uint64(l.Heap) << 20, Tasks: l.Tasks, Handlers: l.Handlers, LogLines: l.LogLines, Failures: l.Failures,
	}
}

// services are those of what scripts find in tg.
func (l Limits) services() bindings.Limits {
	return bindings.Limits{Statements: l.SQL, StatementTime: time.Duration(l.SQLTime)}
}

// quota is that of a script's store.
func (l Limits) quota() kv.Quota {
	return kv.Quota{Total: int64(l.Store) << 20, Keys: int64(l.StoreKeys)}
}
