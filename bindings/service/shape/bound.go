package shape

import "fmt"

// Longest is how many bytes of text are made of one value: a string that is in many places of a table counts in each,
// so that a small table could fill the memory of all scripts.
const Longest = 64 << 20

// ErrLongest says that more would be made.
var ErrLongest = fmt.Errorf("more than %d MB of text", Longest>>20)
