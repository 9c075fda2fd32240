package permission

import "strings"

// Named is Check for what "everything" doesn't mean, such as the machine's own network: a rule of allow must name it
// without a star.
func (s *Set) Named(kind Kind, what string) error {
	if s == nil {
		return s.Check(kind, what)
	}
	if err := s.Forbidden(kind, what); err != nil {
		return err
	}
	if s.grants(kind, what) {
		return nil
	}
	for _, rule := range s.rules.Load().allow[kind] {
		if !strings.Contains(rule, "*") && matches([]string{rule}, kind, what) {
			return nil
		}
	}
	return &DeniedError{Script: s.script, What: what, Kind: kind}
}
