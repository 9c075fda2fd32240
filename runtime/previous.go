package runtime

import (
	"context"
	"fmt"
)

// Previous lets the version of a script serve again that served before the present one, with the modules of that time,
// whatever the files say now. The next change of a file is taken up as always; Previous again takes itself back.
func (h *Host) Previous(ctx context.Context, name string) error {
	s := h.Script(name)
	if s == nil {
		return fmt.Errorf("reload script %q: %w", name, ErrUnknownScript)
	}
	s.loads.Lock()
	if s.before == nil {
		s.loads.Unlock()
		return fmt.Errorf("reload script %q: %w", name, ErrNoPrevious)
	}
	return s.loadAndTell(ctx, s.before)
}
