package permission

// Root is where relative paths start: the folder of config.yaml. It is empty for a set that refuses everything.
func (s *Set) Root() string {
	if s == nil {
		return ""
	}
	return s.root
}

// Absolute is a path from there.
func (s *Set) Absolute(name string) string {
	if s == nil {
		return name
	}
	return s.absolute(name)
}
