package bindings

import (
	"os"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
)

type envArgs struct {
	Name    string   `lua:"name" doc:"Its name."`
	Default vm.Value `lua:"default,optional" doc:"What to return if it isn't set; nil if not given."`
}

// readEnv is tg.env.
var readEnv = spec.Function("env", "A variable of the environment, one that `allow: { SCRIPT: { env: [...] } }` in config.yaml names.",
	func(c *spec.Call, in envArgs) (vm.Value, error) {
		if err := envOf(c).Allow.Check(permission.Env, in.Name); err != nil {
			return nil, err
		}
		if value, there := os.LookupEnv(in.Name); there {
			return vm.String(value), nil
		}
		return orNil(in.Default), nil
	},
).Direct().Result("string|any").Raises("PERMISSION_DENIED").Example(`local token = tg.env("WEATHER_TOKEN")
local city = tg.env("WEATHER_CITY", "Berlin")`)
