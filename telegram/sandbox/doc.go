// Package sandbox is a local Telegram: a server that speaks MTProto on loopback, with people,
// bots, groups and a channel of its own, for running and testing scripts without an account.
//
// A Server listens as one data centre per port. Clients sign in to it exactly as they do to
// Telegram; Go programs act as its people through [Server.Person] and watch everything that is
// said through [Server.Observe]. State lives in memory unless [Options].Dir names a folder.
// What goes wrong on purpose is a [Fault], or one of the methods beside it.
//
// What it can't do it refuses with the error METHOD_NOT_EMULATED, which names the method;
// [Methods] lists what it can.
//
// # How it is built
//
// The package wire below turns connections into calls, and layers shows older clients their own
// constructors. Here each area of the API is a file, api_*.go, that adds its methods to one
// table. A method runs with the server's only lock, and is short: state is in memory, and what
// takes long (the mathematics of passwords) runs without it.
//
// What is done to a chat needs a right: the row that adds the method names it, and rights.go knows
// who has it.
//
// Everything that is said goes through post, edit and remove, whether a client or a Person says
// it. They keep the records in boxes, note what happened in each box's log, and push it to the
// sessions; a client that was away reads the log as a difference. The rules are those of
// https://core.telegram.org/api/updates.
package sandbox

//go:generate go run ./generate ../../docs/sandbox-methods.md
