panics()
