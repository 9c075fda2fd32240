package spec

import (
	"context"
	"reflect"

	"github.com/tgscript/tgscript/runtime/vm"
)

// None stands for no parameters or no result.
type None struct{}

// Func is a row: one function or method that scripts can call. Function and Method make it.
type Func struct {
	Name, Doc string
	Group     string // heading that the reference puts it under, in a class that has many; else empty
	Params    []Param
	Returns   reflect.Type // None for nothing
	Each      reflect.Type // what an Iterator's loop gets; else nil
	Written   string       // the result's editor type where the Go type can't tell; else empty
	Receiver  reflect.Type // nil for a function of a namespace
	Sample    string       // Lua that uses it
	Errors    []string     // kinds of errors that scripts will want to catch
	direct    bool
	anything  bool
	inOrder   bool
	bind      func(in *Instance, row *Func) vm.GoFunction
}

// Function is the row of a function that is called with a dot: tg.sleep(1).
func Function[In, Out any](name, doc string, f func(c *Call, in In) (Out, error)) Func {
	plan := planOf(reflect.TypeFor[In]())
	row := Func{Name: name, Doc: doc, Params: plan.params(), Returns: reflect.TypeFor[Out]()}
	row.bind = func(in *Instance, row *Func) vm.GoFunction {
		encode := encoderFor[Out](in, false)
		return func(L *vm.State) int {
			if space, ok := L.Get(1).(*vm.Table); ok && in.spaces[space] != "" && !(row.anything && L.GetTop() == 1) {
				owner := in.spaces[space]
				vm.Raise(L, &ArgumentError{Function: row.Name, Problem: "use " + owner + "." + row.Name + ", not " + owner + ":" + row.Name})
			}
			return invoke(in, L, row, plan, 1, f, encode)
		}
	}
	return row
}

// Method is the row of a function that is called on an object with a colon: event:reply("hi").
func Method[R, In, Out any](name, doc string, f func(c *Call, receiver R, in In) (Out, error)) Func {
	plan := planOf(reflect.TypeFor[In]())
	row := Func{Name: name, Doc: doc, Params: plan.params(), Returns: reflect.TypeFor[Out](), Receiver: reflect.TypeFor[R]()}
	within := contextOf[R]()
	row.bind = func(in *Instance, row *Func) vm.GoFunction {
		encode := encoderFor[Out](in, false)
		return func(L *vm.State) int {
			receiver := receiverOf[R](in, L, row)
			bound := func(c *Call, args In) (Out, error) {
				if within != nil {
					c.Context = within(receiver, c.Context)
				}
				return f(c, receiver, args)
			}
			return invoke(in, L, row, plan, 2, bound, encode)
		}
	}
	return row
}

// receiverOf is the object that a method was called on.
func receiverOf[R any](in *Instance, L *vm.State, row *Func) (receiver R) {
	data, _ := L.Get(1).(*vm.UserData)
	if data == nil {
		vm.Raise(L, in.dotted(row))
	}
	receiver, ok := data.Value.(R)
	if !ok {
		vm.Raise(L, in.dotted(row))
	}
	return receiver
}

// Example adds Lua that shows the function at work.
func (f Func) Example(lua string) Func { f.Sample = lua; return f }

// Raises names the kinds of errors that scripts will want to catch.
func (f Func) Raises(kinds ...string) Func { f.Errors = kinds; return f }

// Result says how the editor types write the result, where its Go type can't tell.
func (f Func) Result(lua string) Func { f.Written = lua; return f }

// Direct marks a row that doesn't wait: it keeps the baton and may touch Lua values through
// Call.State.
func (f Func) Direct() Func { f.direct = true; return f }

// OfAnything lets a function's only argument be a table of functions, which elsewhere tells of a colon for a dot.
func (f Func) OfAnything() Func { f.anything = true; return f }

// InOrder marks a row whose requests go out in the order in which scripts make them, see Table.Line.
func (f Func) InOrder() Func { f.inOrder = true; return f }

// Beginner may be implemented by pointers to the arguments of rows that wait. Begin is called once they have been read,
// while the baton is still held: what it does is done before any other call of the script goes on.
type Beginner interface{ Begin(c *Call) error }

// invoke is a call's way: decode under the baton, wait without it, encode under it again.
func invoke[In, Out any](in *Instance, L *vm.State, row *Func, plan *plan, first int,
	f func(c *Call, args In) (Out, error), encode func(Out) vm.Value,
) int {
	args := new(In)
	if plan.target != noneType {
		if err := plan.decode(L, first, reflect.ValueOf(args).Elem()); err != nil {
			err.Function = row.Name
			vm.Raise(L, err)
		}
	} else if L.GetTop() >= first && L.Get(first) != vm.Nil {
		vm.Raise(L, &ArgumentError{Function: row.Name, Problem: "takes no arguments"})
	}
	if begins, ok := any(args).(Beginner); ok {
		if err := begins.Begin(&Call{Context: vm.Context(L), State: L, Generation: in.Generation, Instance: in}); err != nil {
			vm.Raise(L, err)
		}
	}
	out, err := run(in, L, row, *args, f)
	if err != nil {
		if done, again := in.permitted(L, err); again {
			out, err = run(in, L, row, *args, f)
			done()
		}
	}
	if err != nil {
		vm.Raise(L, err)
	}
	if encode == nil {
		return 0
	}
	L.Push(encode(out))
	return 1
}

// run makes a call, without the baton unless the row is Direct.
func run[In, Out any](in *Instance, L *vm.State, row *Func, args In, f func(c *Call, args In) (Out, error)) (out Out, err error) {
	if row.direct {
		return f(&Call{Context: vm.Context(L), State: L, Generation: in.Generation, Instance: in}, args)
	}
	ctx, leave := in.enter(vm.Context(L), row) // with the baton: here the order of calls is certain
	defer leave()
	err = vm.Block(L, func(context.Context) (err error) {
		out, err = f(&Call{Context: ctx, Generation: in.Generation, Instance: in, leave: leave}, args)
		return err
	})
	return out, err
}

// permitted asks whether a call that was refused may be made after all. The script's other calls run meanwhile.
func (in *Instance) permitted(L *vm.State, refused error) (done func(), again bool) {
	if in.table.Denied == nil || in.Generation == nil {
		return nil, false
	}
	ask := in.table.Denied(in.Generation, refused)
	if ask == nil {
		return nil, false
	}
	site := vm.Where(L)
	err := vm.Block(L, func(ctx context.Context) error {
		done, again = ask(ctx, site)
		return nil
	})
	return done, again && err == nil
}

// dotted is the error for a method whose receiver is missing: the commonest slip in Lua.
func (in *Instance) dotted(row *Func) *ArgumentError {
	owner := "object"
	if c := in.table.ClassOf(row.Receiver); c != nil {
		owner = c.Call
	}
	return &ArgumentError{Function: row.Name, Problem: "use " + owner + ":" + row.Name + ", not " + owner + "." + row.Name}
}
