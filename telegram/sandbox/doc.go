// Package sandbox is a local Telegram: a server that speaks MTProto on loopback, with people,
// bots, groups and a channel of its own, for running and testing scripts without an account.
//
// A Server listens as one data center per port. Clients sign in to it exactly as they do to
// Telegram; Go programs act as its people through [Server.Person] and watch everything that is
// said through [Server.Observe]. State lives in memory unless [Options].Dir names a folder.
//
// What it can't do it refuses with the error METHOD_NOT_EMULATED, which names the method.
package sandbox
