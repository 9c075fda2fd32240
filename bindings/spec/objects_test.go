package spec_test

import "testing"

func TestObjects(t *testing.T) {
	check(t, [][3]string{
		{"fields are read", `return rex.name, rex.age, rex.old`, "Rex 4 true"},
		{"64-bit numbers are text", `return rex.weight, type(rex.weight)`, "1152921504606846976 string"},
		{"objects lead to objects", `return rex.mate.name`, "Lassie"},
		{"objects that aren't there are nil", `return rex.mate.mate`, "nil"},
		{"a zero that means nothing is nil", `return rex.mate.age`, "nil"},
		{"lists are tables", `return table.concat(rex.tricks, ",")`, "sit,roll"},
		{"a misspelt field names the right one", `return rex.nmae`, "error: Pet: unknown field 'nmae': did you mean 'name'?"},
		{"a field that is half a name", `return rex.trick`, "error: Pet: unknown field 'trick': did you mean 'tricks'?"},
		{"a field by number", `return rex[1]`, "error: Pet: fields have names, got number"},
		{"objects can't be changed", `rex.name = "Max"`, "error: Pet: 'name' can't be set: it is read-only"},
		{"objects print", `return tostring(rex)`, "Pet(Rex)"},
		{"objects of the same thing are equal", `return rex == rex2, rex == pup, rex.mate == rex.mate`, "true false true"},
		{"metatables are hidden", `return getmetatable(rex)`, "Pet"},
		{"a child has its parent's fields and its own", `return pup.name, pup.cute, pup:feed("x"):sub(1, 3)`, "Pup true Pup"},
		{"a child prints its own name", `return tostring(pup)`, "Puppy"},
		{"a parent lacks its child's fields", `return rex.cute`, "error: Pet: unknown field 'cute'"},
		{"a dynamic name", `return pup._, pup.own[2]`, "puppy x"},
		{"a misspelt dynamic name", `return pup.owm`, "error: Puppy: unknown field 'owm': did you mean 'own'?"},
		{"methods are the same each time", `return rex.feed == rex2.feed`, "true"},
		{"to_table copies fields, and objects in them", `local t = rex:to_table(); return type(t), t.name, t.mate.name, t.feed`, "table Rex Lassie nil"},
		{"to_table has the dynamic names", `return pup:to_table().own[1]`, "1"},
		{"to_table with a dot", `return rex.to_table()`, "error: Pet: use pet:to_table() and other methods with a colon"},
	})
}

func TestNamespaces(t *testing.T) {
	check(t, [][3]string{
		{"values are read", `return zoo.size`, "3"},
		{"a misspelt function names the right one", `zoo.tke({})`, "error: zoo: unknown name 'tke': did you mean 'take'?"},
		{"a namespace can't be changed", `zoo.mine = 1`, "error: zoo: 'mine' can't be set: zoo is read-only"},
		{"a namespace may be callable", `return zoo.shout("hi", 2)`, "HI"},
		{"a misspelt name below it", `zoo.shout.loud()`, "error: zoo.shout: unknown name 'loud'"},
	})
}

func TestErrors(t *testing.T) {
	check(t, [][3]string{
		{"a Go error is a value with fields", `local ok, e = pcall(rex.bite, rex); return ok, e.kind, e.code, e.message`, "false BITTEN 42 told you so"},
		{"an argument error has a kind", `local ok, e = pcall(rex.feed, rex); return e.kind`, "ARGUMENT"},
		{"an unknown name has a kind", `local ok, e = pcall(function() return rex.x end); return e.kind`, "UNKNOWN_NAME"},
		{"a panic in Go is an error", `local ok, e = pcall(rex.explode, rex); return ok, rex.name`, "false Rex"},
		{"rows that wait have no state", `return zoo.waits()`, "true"},
	})
}
