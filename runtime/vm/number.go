package vm

// Text is what tostring says of a value without a __tostring.
func Text(v Value) string { return v.String() }
