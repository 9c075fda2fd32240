package spec

import (
	"context"
	"reflect"

	"github.com/tgscript/tgscript/runtime"
)

// Table is everything that scripts see: the source of the bindings, the pages, the editor types and
// the checks.
type Table struct {
	Classes    []Class
	Events     []Event
	Aliases    []Alias
	Namespaces []Namespace // global tables of functions, such as tg
	Objects    []Object    // global values of a class, such as client

	// Errors are the kinds of errors that scripts may catch; nil for none. They are many, and few programs list them.
	Errors func() []ErrorKind

	// Line gives a call of an InOrder row its place among the others, and the means to leave it. nil keeps no order.
	Line func(ctx context.Context, g *runtime.Generation) (_ context.Context, leave func())

	// Denied may have a call that failed made once more. It gives nil for an error that is final, else a function that
	// may wait; site is where in the script the call is, and done is called after the second try.
	Denied func(g *runtime.Generation, err error) func(ctx context.Context, site string) (done func(), again bool)
}

// ErrorKind is what the field kind of an error may be.
type ErrorKind struct {
	Kind, Doc string
	Codes     []int    // of Telegram's errors
	Methods   []string // of Telegram's API that may be refused so; none for ours, and those that any may
	Value     string   // what its field value is: "seconds"; empty if it has none
	Own       bool     // raised by tgscript, not by Telegram
}

// App is the namespace of the functions that an embedding program adds.
const App = "app"

// Class is a kind of object. Its Go type is the receiver of its fields and methods.
type Class struct {
	Name    string
	Doc     string
	Go      reflect.Type // what the objects hold; a child has its parent's
	Parent  string       // the class whose rows it has as well; empty for none
	Call    string       // what pages and messages call one: "event:reply"
	Fields  []Field
	Methods []Func
	Text    func(v any) string    // __tostring; nil prints the class name
	Equal   func(a, b any) bool   // __eq; nil compares the Go values
	Dynamic func(v any) []Dynamic // objects whose names depend on the value; nil for none

	Keyed bool // its values are behind get and set, and people take them for fields

	// Lookup finds one of the names that Dynamic lists, where listing them all is too much.
	Lookup func(v any, name string) (value any, known bool)

	Concat *Func // what .. does with an object on either side; nil for none
	Invoke *Func // what calling the object itself does: client.api.help.getConfig{}; nil for none
}

// Dynamic is a name that only one object of a class has.
type Dynamic struct {
	Name string
	Get  func() any // encoded by Instance.Value
}

// Namespace is a global table of functions, called with a dot.
type Namespace struct {
	Name      string
	Doc       string
	Call      *Func // makes the table itself callable; nil for none
	Functions []Func
	Values    []Constant
	Spaces    []Namespace
}

// Constant is a value in a namespace, made when a script starts.
type Constant struct {
	Name, Doc string
	Type      string // as in the editor types
	Get       func(in *Instance) any
}

// Object is a global that holds one object of a class.
type Object struct {
	Name, Doc string
	Class     string
	Get       func(in *Instance) any
}

// Alias names a type for the pages and the editor types.
type Alias struct {
	Name, Doc string
	Type      string // as in the editor types: "string|integer|Peer"
}

// Class finds a class by its name.
func (t *Table) Class(name string) *Class {
	for i := range t.Classes {
		if t.Classes[i].Name == name {
			return &t.Classes[i]
		}
	}
	return nil
}

// ClassOf finds the class whose objects hold values of a Go type; of parent and child the parent.
func (t *Table) ClassOf(of reflect.Type) *Class {
	for i := range t.Classes {
		if t.Classes[i].Go == of && t.Classes[i].Parent == "" {
			return &t.Classes[i]
		}
	}
	return nil
}

// Event finds an event by its name.
func (t *Table) Event(name string) *Event {
	for i := range t.Events {
		if t.Events[i].Name == name {
			return &t.Events[i]
		}
	}
	return nil
}

// FieldsOf are a class's fields, the parent's first.
func (t *Table) FieldsOf(c *Class) []Field {
	if parent := t.Class(c.Parent); parent != nil {
		return append(t.FieldsOf(parent), c.Fields...)
	}
	return append([]Field(nil), c.Fields...)
}

// MethodsOf are a class's methods, the parent's first.
func (t *Table) MethodsOf(c *Class) []Func {
	if parent := t.Class(c.Parent); parent != nil {
		return append(t.MethodsOf(parent), c.Methods...)
	}
	return append([]Func(nil), c.Methods...)
}
