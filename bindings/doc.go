// Package bindings is what a script sees: the globals client and tg, and the objects and events that
// they lead to. It is the only room where the Lua host and Telegram meet.
//
// Everything is a row of one table (see package spec); a class or a group of functions has a file of
// its own. The reference pages, the editor types and `tgscript check` read the same table.
package bindings
