package runtime

// OnEnd calls end when no call of the generation runs any more and its context has ended, or now if that has been. The
// script's own end waits for it, so it may take a little time. forget takes it back.
func (g *Generation) OnEnd(end func()) (forget func()) {
	g.mu.Lock()
	over := g.ends == nil
	if !over {
		g.ends[&end] = struct{}{}
	}
	g.mu.Unlock()
	if over {
		end()
	}
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(g.ends, &end)
	}
}

// finish calls what waits for the end.
func (g *Generation) finish() {
	g.mu.Lock()
	ends := g.ends
	g.ends = nil
	g.mu.Unlock()
	for end := range ends {
		(*end)()
	}
}
