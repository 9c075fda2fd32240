package tgscript

// ControlSockets are where processes with the config listen, or listened before they were killed.
func ControlSockets(c *Config) []string { return sockets(controlDir(c.Path(c.Data))) }
