package bindings

import "github.com/tgscript/tgscript/bindings/spec"

// tgSpace is the global tg: everything that is not about the account.
var tgSpace = spec.Namespace{
	Name: "tg", Doc: "Everything that is not about the account.",
	Functions: []spec.Func{sleep, after, every, spawn},
	Values: []spec.Constant{
		{
			Name: "args", Type: "table<string, any>|fun(declared: table<string, any>): table<string, any>",
			Doc: "What `args` in config.yaml gives to this script. Called with a table of names and defaults, it checks that, and returns all of them: " +
				"a default may be { type, default, required, min, max, one_of, of, doc }.",
			Get: scriptArgs,
		},
		{
			Name: "version", Type: "string", Doc: "Version of tgscript.",
			Get: func(in *spec.Instance) any { return in.Generation.Value().(*Env).version() },
		},
		storeConstant, busConstant,
	},
	Spaces: []spec.Namespace{logSpace},
}
