package telegram

// ConnectionState is how the link to Telegram stands.
type ConnectionState struct {
	Name   string // "connecting", "ready" or "disconnected"
	Reason string // why it was lost; "" otherwise
}
