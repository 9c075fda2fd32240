// Package transfer moves files: up in parts and down in ranges, several at a time, over connections of
// their own, in constant memory whatever their size.
//
//	engine := &transfer.Engine{Calls: pool}
//	file, err := engine.Upload(ctx, source, transfer.UploadOptions{})
//	err = engine.Save(ctx, location, "photo.jpg", transfer.SaveOptions{})
//
// It knows Telegram's calls for files (https://core.telegram.org/api/files), and no account: who makes the
// calls is behind Calls, and Pool is one that does.
package transfer
