package scene

import (
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram/sandbox"
)

// table is all rows. The object sandbox comes with a Director.
var table = spec.Table{
	Classes: []spec.Class{sandboxClass, personClass, messageClass, chatClass, offerClass, entryClass, faultClass},
	Aliases: []spec.Alias{
		{Name: "Duration", Type: "number|string", Doc: `Seconds, or text such as "5m", "1h30m", "2d".`},
		{Name: "Time", Type: "number|string", Doc: "Seconds since 1970."},
		{Name: "Place", Type: "string|Chat", Doc: `A chat: the name, @username or phone of a person or bot, the title or @username of a group or channel, "me", or a Chat.`},
		{Name: "Shift", Type: "number|string", Doc: `Seconds, or text such as "5m"; with a minus in front it goes back.`},
	},
}

// where is a chat as scenarios name it.
type where string

func (w *where) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		*w = where(v)
		return nil
	case *vm.UserData:
		switch of := v.Value.(type) {
		case *chat:
			*w = where(of.Title)
			return nil
		case *person:
			*w = where(of.name)
			return nil
		}
	}
	return spec.Expected("chat", v)
}

// LuaType is the alias.
func (where) LuaType() string { return "Place" }

// account is the name of a person or bot, or one.
type account string

func (a *account) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		*a = account(v)
		return nil
	case *vm.UserData:
		if of, ok := v.Value.(*person); ok {
			*a = account(of.name)
			return nil
		}
	}
	return spec.Expected("name of a person or bot", v)
}

// LuaType is a name or an object.
func (account) LuaType() string { return "string|Person" }

// known refuses a name that nobody has: a fault for nobody would never strike.
func (s *stage) known(a account) error {
	if a == "" || s.server.Person(string(a)).Exists() {
		return nil
	}
	var names []string
	info := s.server.Info()
	for _, p := range info.People {
		names = append(names, p.Name)
	}
	for _, b := range info.Bots {
		names = append(names, b.Name)
	}
	return spec.Unknown("sandbox", "person", string(a), names)
}

// method is the name of a TL method that is emulated, or * for all.
func method(name string) (string, error) {
	all := sandbox.Methods()
	for _, one := range all {
		if one == name {
			return name, nil
		}
	}
	if name == "*" {
		return "", nil
	}
	return "", spec.Unknown("sandbox", "method", name, all)
}
