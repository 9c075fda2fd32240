package sandbox

// topic is one thread of a forum. Its id is that of the service message that opened it.
type topic struct {
	ID     int
	Title  string
	Icon   int64
	Color  int
	By     int64
	Date   int
	Closed bool
	Pinned bool
	Hidden bool
	LastID int // of its messages
}
