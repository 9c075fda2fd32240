// Package spec describes what scripts can call, one row a function, and turns the rows into Lua.
//
// A row holds a name, its documentation, a Go struct whose tagged fields are the parameters, and a
// Go function. The binding, the argument checks with their messages, the reference pages and the
// editor types are all read from it, so nothing about a function is written twice:
//
//	type replyArgs struct {
//		Text string       `lua:"text" doc:"What to say."`
//		Opts replyOptions `lua:"options,optional" doc:"How to say it."`
//	}
//
//	var reply = spec.Method("reply", "Answer in the same chat, quoting this message.",
//		func(c *spec.Call, m *message, in replyArgs) (*message, error) { ... })
//
// A function waits in Go without holding the script's baton, so it must not touch Lua values; a row
// marked Direct keeps the baton and may.
package spec
