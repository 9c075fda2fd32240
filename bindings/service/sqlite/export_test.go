package sqlite

// Taken is how many statements are through the gate.
func (g *Gate) Taken() int { return len(g.places) }
