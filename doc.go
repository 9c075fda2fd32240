// Package tgscript signs in Telegram accounts, users and bots, and runs hot-reloaded Lua scripts on them.
//
// It is the embeddable product: Load reads a config.yaml, Open makes a Host of it, Host.Run keeps accounts
// connected and scripts running until the last script has nothing left to wait for. The command tgscript is
// a terminal around this package, nothing more. The rooms below it (telegram, runtime, bindings) can be used
// alone; ARCHITECTURE.md draws how they fit together.
package tgscript
