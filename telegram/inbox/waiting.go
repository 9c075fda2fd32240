package inbox

// Waiting counts the messages with updates that wait for those before them.
func (b *Inbox) Waiting() int {
	b.queue.mu.Lock()
	defer b.queue.mu.Unlock()
	return len(b.queue.items) + b.queue.spill.count
}
