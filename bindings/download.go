package bindings

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// mostBytes is the longest file that comes as a string.
const mostBytes = 64 << 20

// whereOptions say where a download goes.
type whereOptions struct {
	Bytes    bool          `lua:"bytes,optional" doc:"Return the contents as a string, and write nothing; up to 64 MiB."`
	Progress spec.Callback `lua:"progress,optional" doc:"Called on the way with the bytes that are through, and all of them; -1 if nobody knows." type:"fun(done: integer, total: integer)"`
}

// downloadOptions say what is downloaded, and how.
type downloadOptions struct {
	Thumb  thumb   `lua:"thumb,optional" doc:"A smaller picture instead: its place, 1 for the smallest and -1 for the greatest, or its letter, see file.thumbs."`
	Offset spec.ID `lua:"offset,optional" doc:"First byte, counted from 0."`
	Limit  spec.ID `lua:"limit,optional" doc:"How many bytes; all that follow if not given."`
	Resume bool    `lua:"resume,optional" doc:"Keep what has come if the download fails, and go on from there the next time."`
	whereOptions
}

func (o downloadOptions) options() (telegram.DownloadOptions, error) {
	if o.Offset < 0 || o.Limit < 0 {
		return telegram.DownloadOptions{}, fmt.Errorf("offset and limit can't be negative")
	}
	return telegram.DownloadOptions{Thumb: o.Thumb.kind, ThumbPlace: o.Thumb.place, Offset: int64(o.Offset), Limit: int64(o.Limit), Resume: o.Resume}, nil
}

// thumb is which of a file's smaller pictures is meant.
type thumb struct {
	kind  string
	place int
}

// DecodeLua reads a place or a letter.
func (t *thumb) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.Number:
		if n, ok := whole(v); ok && n != 0 && n > -100 && n < 100 {
			t.place = int(n)
			return nil
		}
	case vm.String:
		if len(v) == 1 {
			t.kind = string(v)
			return nil
		}
	}
	return spec.Expected("place such as 1 or -1, or letter of a thumbnail", v)
}

// LuaType is its name in the editor types.
func (thumb) LuaType() string { return "integer|string" }

var _ spec.Decoder = (*thumb)(nil)

// fetched is something that can be downloaded to a file or into memory.
type fetched struct {
	name  string // in a folder, if the script names none
	bytes func(ctx context.Context, w io.Writer, progress transfer.Progress) error
	save  func(ctx context.Context, path string, overwrite bool, progress transfer.Progress) (string, error)
}

// to downloads to where a script wants it, and returns the path or the bytes.
func (f fetched) to(c *spec.Call, path string, o whereOptions) (string, error) {
	env := envOf(c)
	target, overwrite := "", false
	if !o.Bytes {
		var err error
		if target, overwrite, err = savePlace(env.Allow, path, f.name); err != nil {
			return "", err
		}
	} else if path != "" {
		return "", fmt.Errorf("bytes = true returns the contents, so there is no use for the path %q", path)
	}
	ctx, report, finish := o.Progress.Progress(c)
	report, over := env.progressOf("download", f.name, report)
	var got string
	var err error
	if o.Bytes {
		var b bytes.Buffer
		err = f.bytes(ctx, &transfer.Limited{W: &b, Limit: mostBytes}, report)
		got = b.String()
	} else {
		got, err = f.save(ctx, target, overwrite, report)
	}
	over()
	if err := finish(err); err != nil {
		return "", err
	}
	return got, nil
}

// savePlace is the file that is written: a path that names a folder, or none, gets a name of ours, and replaces nothing.
func savePlace(allow *permission.Set, path, name string) (target string, overwrite bool, err error) {
	folder := path == "" || strings.HasSuffix(path, "/") || os.IsPathSeparator(path[len(path)-1])
	if !folder {
		if target, err = allow.Path(permission.Write, path); err != nil {
			return "", false, err
		}
		info, err := os.Stat(target)
		if err != nil || !info.IsDir() {
			return target, true, makeFolder(allow, target)
		}
	}
	if target, err = allow.Path(permission.Write, filepath.Join(path, name)); err != nil {
		return "", false, err
	}
	if path == "" {
		return target, false, nil
	}
	return target, false, makeFolder(allow, target)
}

// makeFolder makes the folder of a file, if it is missing and the script may write there, too.
func makeFolder(allow *permission.Set, target string) error {
	folder := filepath.Dir(target)
	if _, err := os.Stat(folder); err == nil {
		return nil
	}
	if _, err := allow.Path(permission.Write, folder); err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil { //nolint:gosec // as any program; the user's mask takes from it
		return fmt.Errorf("make the folder: %w", err)
	}
	return nil
}

// fetchedFile is a file of Telegram's.
func fetchedFile(account *telegram.Account, f *telegram.File, opts telegram.DownloadOptions) fetched {
	return fetched{
		name: f.NameFor(opts),
		bytes: func(ctx context.Context, w io.Writer, progress transfer.Progress) error {
			opts.Progress = progress
			_, err := account.Download(ctx, f, w, opts)
			return err
		},
		save: func(ctx context.Context, path string, overwrite bool, progress transfer.Progress) (string, error) {
			opts.Progress, opts.Overwrite = progress, overwrite
			return account.Save(ctx, f, path, opts)
		},
	}
}

// fetchedBytes are bytes that are here already.
func fetchedBytes(name string, data []byte) fetched {
	return fetched{
		name: name,
		bytes: func(_ context.Context, w io.Writer, _ transfer.Progress) error {
			_, err := w.Write(data)
			return err
		},
		save: func(_ context.Context, path string, overwrite bool, _ transfer.Progress) (string, error) {
			return transfer.Put(path, data, overwrite)
		},
	}
}

// fetchedLocation is what lies at a location of which nothing else is known.
func fetchedLocation(account *telegram.Account, name string, at transfer.Location, opts transfer.DownloadOptions) fetched {
	return fetched{
		name: name,
		bytes: func(ctx context.Context, w io.Writer, progress transfer.Progress) error {
			opts.Progress = progress
			_, err := account.DownloadFile(ctx, at, w, opts)
			return err
		},
		save: func(ctx context.Context, path string, overwrite bool, progress transfer.Progress) (string, error) {
			opts.Progress = progress
			return account.SaveFile(ctx, at, path, transfer.SaveOptions{DownloadOptions: opts, Overwrite: overwrite})
		},
	}
}
