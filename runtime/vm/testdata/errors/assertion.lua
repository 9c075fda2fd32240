local file = nil
assert(file, "the file is gone")
