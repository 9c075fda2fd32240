package spec

import (
	"reflect"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Event is a row: something that scripts can wait for with client:on.
type Event struct {
	Name, Doc string
	Class     string // of what the handler gets
	Options   string // what the pages call the table of filters
	Filters   []Param
	Sample    string
}

// EventOf is the row of an event whose filters are the options.
func EventOf[F any](name, class, doc string, filters Options[F]) Event {
	return Event{Name: name, Class: class, Doc: doc, Options: OptionsName(reflect.TypeFor[F]()), Filters: filters.plan.params()}
}

// Example adds Lua that shows the event at work.
func (e Event) Example(lua string) Event { e.Sample = lua; return e }

// Options decodes tables of options into T, whose fields are tagged as a row's parameters are.
type Options[T any] struct{ plan *plan }

// OptionsOf reads T's tags.
func OptionsOf[T any]() Options[T] { return Options[T]{planOf(reflect.TypeFor[T]())} }

// Decode decodes a table; nil gives the zero value. The function's name is for the error.
func (o Options[T]) Decode(L *vm.State, function string, table *vm.Table) (T, error) {
	var out T
	if table == nil {
		return out, nil
	}
	if err := o.plan.options(L, table, reflect.ValueOf(&out).Elem()); err != nil {
		err.Function = function
		return out, err
	}
	return out, nil
}
