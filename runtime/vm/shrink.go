package vm

// shrink gives back what the compiler has set aside for each function, over 16 KB, and hasn't used.
func shrink(p *Proto) {
	p.Code = exact(p.Code)
	p.Constants = exact(p.Constants)
	p.DbgSourcePositions = exact(p.DbgSourcePositions)
	p.DbgLocals = exact(p.DbgLocals)
	p.DbgCalls = exact(p.DbgCalls)
	p.DbgUpvalues = exact(p.DbgUpvalues)
	p.FunctionPrototypes = exact(p.FunctionPrototypes)
	for _, inner := range p.FunctionPrototypes {
		shrink(inner)
	}
}

// exact copies s without room to grow.
func exact[T any](s []T) []T {
	if len(s) == cap(s) {
		return s
	}
	out := make([]T, len(s))
	copy(out, s)
	return out
}
