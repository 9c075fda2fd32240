package spec

import (
	"context"
	"reflect"
	"sync"

	"github.com/tgscript/tgscript/runtime/vm"
)

// Cursor gives one thing after another, and asks for the next page when it needs to. more is false
// after the last one.
type Cursor[T any] interface {
	Next(ctx context.Context) (one T, more bool, err error)
}

// Iterator is the row of a method that a for loop goes through:
//
//	for message in client:iter_messages("me") do ... end
//
// open must not wait: the arguments are checked at once, Telegram is asked when the loop begins. A
// loop that is left early leaves nothing behind.
func Iterator[R, In, T any](name, doc string, open func(c *Call, receiver R, in In) (Cursor[T], error)) Func {
	plan := planOf(reflect.TypeFor[In]())
	row := Func{
		Name: name, Doc: doc, Params: plan.params(), Returns: reflect.TypeFor[*vm.Function](),
		Receiver: reflect.TypeFor[R](), Each: reflect.TypeFor[T](), direct: true,
	}
	within := contextOf[R]()
	row.bind = func(in *Instance, row *Func) vm.GoFunction {
		encode := encoderFor[T](in, false)
		return func(L *vm.State) int {
			receiver := receiverOf[R](in, L, row)
			opened := func(c *Call, args In) (*vm.Function, error) {
				cursor, err := open(c, receiver, args)
				if err != nil {
					return nil, err
				}
				if within != nil {
					cursor = contextual[T]{cursor, func(ctx context.Context) context.Context { return within(receiver, ctx) }}
				}
				var turn sync.Mutex // two handlers may go through one cursor
				return vm.Wrap(L, func(L *vm.State) int { return step(in, L, &turn, cursor, encode) }), nil
			}
			return invoke(in, L, row, plan, 2, opened, func(f *vm.Function) vm.Value { return f })
		}
	}
	return row
}

// step gives a loop its next value; nil ends it.
func step[T any](in *Instance, L *vm.State, turn *sync.Mutex, cursor Cursor[T], encode func(T) vm.Value) int {
	var one T
	var more bool
	err := vm.Block(L, func(ctx context.Context) (err error) {
		turn.Lock()
		defer turn.Unlock()
		one, more, err = cursor.Next(ctx)
		return err
	})
	switch {
	case err != nil:
		vm.Raise(L, err)
	case !more:
		L.Push(vm.Nil)
	default:
		if several, ok := any(one).(Several); ok {
			values := several.Values(in, L)
			for _, v := range values {
				L.Push(v)
			}
			return len(values)
		}
		L.Push(encode(one))
	}
	return 1
}

// List is a result that knows how many there are in all, of which it may hold a part: in Lua a list
// with the field total.
type List[T any] struct {
	Items []T
	Total int
}

// listed is a List of any type.
type listed interface {
	encode(in *Instance) vm.Value
	element() reflect.Type
}

func (l List[T]) encode(in *Instance) vm.Value {
	one := encoderFor[T](in, false)
	table := in.newTable(len(l.Items), 1)
	for i, item := range l.Items {
		table.RawSetInt(i+1, one(item))
	}
	table.RawSetString("total", vm.Number(l.Total))
	return table
}

func (List[T]) element() reflect.Type { return reflect.TypeFor[T]() }

var _ listed = List[int]{}
