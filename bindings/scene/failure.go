package scene

// Failure is an expectation that isn't met.
type Failure struct {
	Message string
	Diff    string   // what was expected beside what is there, in lines that begin with - and +; may be empty
	Chat    []string // what was said where it was looked for
}

// Error is what pcall gives.
func (f *Failure) Error() string {
	if f.Diff == "" {
		return f.Message
	}
	return f.Message + "\n" + f.Diff
}

// LuaFields are the fields of the error as tests see it.
func (f *Failure) LuaFields() map[string]any { return map[string]any{"kind": "EXPECTED"} }
