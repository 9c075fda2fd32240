package tgscript

import "embed"

// Starter holds what a new project begins with: config.yaml and two scripts, the same that this repository
// runs itself.
//
//go:embed config.yaml scripts/hello.lua scripts/echo.lua
var Starter embed.FS
