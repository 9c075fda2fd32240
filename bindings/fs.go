package bindings

import (
	"errors"
	"io/fs"
	"time"

	"github.com/tgscript/tgscript/bindings/service/disk"
	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
)

// Bounds of tg.fs.read.
const (
	usualRead = 16 << 20
	mostRead  = 256 << 20
)

// permitted is the real name of a file that the script may use so.
func permitted(c *spec.Call, kind permission.Kind, name string) (string, error) {
	return envOf(c).Allow.Path(kind, name)
}

type fileEntry struct {
	Name     string    `lua:"name"`
	IsFolder bool      `lua:"is_folder"`
	Size     int64     `lua:"size"`
	Modified time.Time `lua:"modified"`
}

// LuaType is how the editor types write it.
func (fileEntry) LuaType() string {
	return "{ name: string, is_folder: boolean, size: integer, modified: Time }"
}

type fileArgs struct {
	Path string `lua:"path" doc:"Its name. Relative ones start where config.yaml is."`
}

type fileReadArgs struct {
	Path string          `lua:"path" doc:"Its name."`
	Opts fileReadOptions `lua:"options,optional" doc:"How much."`
}

type fileReadOptions struct {
	Limit int `lua:"max_size,optional" doc:"How many bytes it may have; 16 MiB if not given, 256 MiB at most."`
}

type fileWriteArgs struct {
	Path string           `lua:"path" doc:"Its name."`
	Data string           `lua:"data,bytes" doc:"What shall be in it: any bytes."`
	Opts fileWriteOptions `lua:"options,optional" doc:"How."`
}

type fileWriteOptions struct {
	Exclusive bool `lua:"exclusive,optional" doc:"Only if there is no such file: else the error FILE_EXISTS."`
}

type fileAppendArgs struct {
	Path string `lua:"path" doc:"Its name."`
	Data string `lua:"data,bytes" doc:"What comes behind what is in it."`
}

type fileRemoveArgs struct {
	Path string            `lua:"path" doc:"Its name."`
	Opts fileRemoveOptions `lua:"options,optional" doc:"How much."`
}

type fileRemoveOptions struct {
	Recursive bool `lua:"recursive,optional" doc:"A folder with all that is in it."`
}

type fileRenameArgs struct {
	From string `lua:"from" doc:"Its name."`
	To   string `lua:"to" doc:"Its new name. A file that is there is replaced."`
}

// fileKinds are the errors of what changes files.
var fileKinds = []string{"PERMISSION_DENIED", "FILE_NOT_FOUND", "FILE_ERROR"}

// onFile is a row that does something with one file.
func onFile[T any](kind permission.Kind, do func(path string) (T, error)) func(*spec.Call, fileArgs) (T, error) {
	return func(c *spec.Call, in fileArgs) (T, error) {
		path, err := permitted(c, kind, in.Path)
		if err != nil {
			return *new(T), err
		}
		return do(path)
	}
}

// movable says whether a folder may get another name: what a rule of deny is about would be found under one that no
// rule is about.
func movable(allow *permission.Set, names ...string) error {
	for _, name := range names {
		for _, kind := range []permission.Kind{permission.Read, permission.Write} {
			if err := allow.Beneath(kind, name); err != nil {
				return err
			}
		}
	}
	return nil
}

func entryOf(e disk.Entry) fileEntry { return fileEntry{e.Name, e.IsFolder, e.Size, e.Modified} }

// fsSpace is tg.fs.
var fsSpace = spec.Namespace{
	Name: "fs", Doc: "Files and folders, those that `allow: { SCRIPT: { read: [...], write: [...] } }` in config.yaml names. Symbolic links are followed, and where they lead is what must be allowed.",
	Functions: []spec.Func{
		spec.Function("read", "The bytes of a file.",
			func(c *spec.Call, in fileReadArgs) (string, error) {
				path, err := permitted(c, permission.Read, in.Path)
				if err != nil {
					return "", err
				}
				limit := in.Opts.Limit
				if limit == 0 {
					limit = usualRead
				}
				if limit < 0 || limit > mostRead {
					return "", &spec.ArgumentError{Function: "read", Place: "option 'max_size'", Problem: "0 to 268435456 expected"}
				}
				data, err := disk.Read(path, int64(limit))
				return string(data), err
			},
		).Raises("PERMISSION_DENIED", "FILE_NOT_FOUND", "FILE_TOO_LARGE", "FILE_ERROR").Example(`local words = tg.fs.read("words.txt")`),
		spec.Function("write", "Write a file whole. Who reads it meanwhile, or after a crash, finds the old or the new one.",
			func(c *spec.Call, in fileWriteArgs) (spec.None, error) {
				path, err := permitted(c, permission.Write, in.Path)
				if err != nil {
					return spec.None{}, err
				}
				return spec.None{}, disk.Write(path, []byte(in.Data), in.Opts.Exclusive)
			},
		).Raises("PERMISSION_DENIED", "FILE_NOT_FOUND", "FILE_EXISTS", "FILE_ERROR").Example(`tg.fs.write("words.txt", "one\ntwo\n")`),
		spec.Function("append", "Write to the end of a file. It is made if there is none.",
			func(c *spec.Call, in fileAppendArgs) (spec.None, error) {
				path, err := permitted(c, permission.Write, in.Path)
				if err != nil {
					return spec.None{}, err
				}
				return spec.None{}, disk.Append(path, []byte(in.Data))
			},
		).Raises(fileKinds...).Example(`tg.fs.append("visits.csv", tg.csv.encode({ { os.time(), "alice" } }))`),
		spec.Function("list", "What is in a folder, by name.",
			onFile(permission.Read, func(path string) ([]fileEntry, error) {
				all, err := disk.List(path)
				entries := make([]fileEntry, len(all))
				for i, one := range all {
					entries[i] = entryOf(one)
				}
				return entries, err
			}),
		).Raises(fileKinds...).Example(`for _, entry in ipairs(tg.fs.list("pictures")) do print(entry.name, entry.size) end`),
		spec.Function("stat", "What is known of a file or folder.",
			onFile(permission.Read, func(path string) (fileEntry, error) {
				e, err := disk.Stat(path)
				return entryOf(e), err
			}),
		).Raises(fileKinds...).Example(`print(tg.fs.stat("words.txt").size)`),
		spec.Function("exists", "Whether there is a file or folder of this name.",
			onFile(permission.Read, func(path string) (bool, error) {
				_, err := disk.Stat(path)
				if errors.Is(err, fs.ErrNotExist) {
					return false, nil
				}
				return err == nil, err
			}),
		).Raises("PERMISSION_DENIED", "FILE_ERROR").Example(`if not tg.fs.exists("words.txt") then tg.fs.write("words.txt", "") end`),
		spec.Function("mkdir", "Make a folder, and those above it. One that is there is no error.",
			onFile(permission.Write, func(path string) (spec.None, error) { return spec.None{}, disk.MakeFolder(path) }),
		).Raises(fileKinds...).Example(`tg.fs.mkdir("pictures/2026")`),
		spec.Function("remove", "Delete a file, or an empty folder.",
			func(c *spec.Call, in fileRemoveArgs) (spec.None, error) {
				path, err := permitted(c, permission.Write, in.Path)
				if err != nil {
					return spec.None{}, err
				}
				if err := allowed(c).Beneath(permission.Write, path); err != nil {
					return spec.None{}, err
				}
				return spec.None{}, disk.Remove(path, in.Opts.Recursive)
			},
		).Raises(fileKinds...).Example(`tg.fs.remove("words.txt")
tg.fs.remove("pictures", { recursive = true })`),
		spec.Function("rename", "Give a file another name or place.",
			func(c *spec.Call, in fileRenameArgs) (spec.None, error) {
				from, err := permitted(c, permission.Write, in.From)
				if err != nil {
					return spec.None{}, err
				}
				to, err := permitted(c, permission.Write, in.To)
				if err != nil {
					return spec.None{}, err
				}
				if err := movable(allowed(c), from, to); err != nil {
					return spec.None{}, err
				}
				return spec.None{}, disk.Rename(from, to)
			},
		).Raises(fileKinds...).Example(`tg.fs.rename("new.txt", "words.txt")`),
	},
}
