package permission

import "slices"

// Answer is what a person says to a script that asks for a permission.
type Answer int

// The answers.
const (
	No     Answer = iota
	Once          // for this call
	Always        // until the program ends
)

// Grant permits what a check has refused, beside the rules and whatever becomes of them, until revoke is called. What
// is denied stays denied.
func (s *Set) Grant(kind Kind, what string) (revoke func()) {
	s.change(func(granted Rules) { granted[kind] = append(granted[kind], what) })
	return func() {
		s.change(func(granted Rules) {
			if at := slices.Index(granted[kind], what); at >= 0 {
				granted[kind] = slices.Delete(granted[kind], at, at+1)
			}
		})
	}
}

// change replaces what is granted by an edited copy, again if somebody else was faster.
func (s *Set) change(edit func(Rules)) {
	for {
		old := s.granted.Load()
		next := Rules{}
		if old != nil {
			next = Joined(*old)
		}
		edit(next)
		if s.granted.CompareAndSwap(old, &next) {
			return
		}
	}
}

// grants says whether somebody has permitted a thing. Only that counts which was asked about, to the letter.
func (s *Set) grants(kind Kind, what string) bool {
	granted := s.granted.Load()
	return granted != nil && slices.Contains((*granted)[kind], what)
}
