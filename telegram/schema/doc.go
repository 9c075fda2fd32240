// Package schema is Telegram's API as a table: every constructor and method of the layer by its name,
// with values going to bytes and back (https://core.telegram.org/mtproto/TL). It is for calls that are
// made by name; typed calls have package tg.
//
// The table is layer.tl, the schema that package tg was generated from. A line of it is read when its
// definition is first asked for: a program that makes no raw call pays nothing, one that makes a few
// pays for these.
package schema

//go:generate go run ./generate layer.tl
