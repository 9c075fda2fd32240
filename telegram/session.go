package telegram

import "github.com/gotd/td/session"

// ExportSession is the stored session: enough to be the account elsewhere.
func (a *Account) ExportSession() (session.Data, error) { panic("export") }

// ImportSession replaces the stored session. The account must not be running.
func (a *Account) ImportSession(data session.Data) error { panic("import") }
