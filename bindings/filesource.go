package bindings

import (
	"errors"
	"os"
	"strings"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/permission"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// fileSource is one file to send, as scripts write it. It is decoded with the baton, and opened without.
type fileSource struct {
	given    bool
	text     string // a path, an address or a file id
	path     string // just a path
	url      string
	fileID   string
	bytes    []byte
	name     string
	file     *telegram.File
	uploaded tg.InputFileClass
	media    tg.InputMediaClass
}

var sourceTable = spec.OptionsOf[struct {
	Path   string   `lua:"path,optional"`
	Bytes  vm.Value `lua:"bytes,optional"`
	URL    string   `lua:"url,optional"`
	FileID string   `lua:"file_id,optional"`
	Name   string   `lua:"name,optional"`
}]()

// DecodeLua reads all the ways in which a file may be written.
func (s *fileSource) DecodeLua(L *vm.State, v vm.Value) error {
	s.given = true
	switch v := v.(type) {
	case vm.String:
		if v == "" {
			return spec.Expected("file", v)
		}
		s.text = string(v)
		return nil
	case *vm.UserData:
		return s.object(v)
	case *vm.Table:
		return s.table(L, v)
	}
	return spec.Expected("file: a path, an address, a table with bytes, or an object with a file", v)
}

func (s *fileSource) table(L *vm.State, t *vm.Table) error {
	if isConstructor(t) {
		o, err := objectIn("InputMedia", t)
		if err != nil {
			return err
		}
		return s.raw(o, t)
	}
	in, err := sourceTable.Decode(L, "", t)
	if err != nil {
		return err
	}
	given := 0
	for _, text := range []string{in.Path, in.URL, in.FileID} {
		if text != "" {
			given++
		}
	}
	if in.Bytes != nil && in.Bytes != vm.Nil {
		bytes, ok := in.Bytes.(vm.String)
		if !ok {
			return spec.Expected("bytes as a string", in.Bytes)
		}
		s.bytes = []byte(bytes)
		given++
	}
	if given != 1 {
		return errors.New("one of path, bytes, url and file_id is needed")
	}
	s.path, s.url, s.fileID, s.name = in.Path, in.URL, in.FileID, in.Name
	return nil
}

// object takes an object that has or is a file.
func (s *fileSource) object(v *vm.UserData) error {
	switch o := v.Value.(type) {
	case *file:
		s.file = o.File
		return nil
	case *message:
		if s.file = o.File(); s.file == nil {
			return errors.New("the message has no file")
		}
		return nil
	case *object:
		return s.raw(o, v)
	}
	return spec.Expected("file", v)
}

// raw takes what Telegram describes: an upload, media that are ready, a photo or document.
func (s *fileSource) raw(o *object, v vm.Value) error {
	if uploaded, ok := objectAs(o, tg.DecodeInputFile); ok {
		s.uploaded = uploaded
		return nil
	}
	if media, ok := objectAs(o, tg.DecodeInputMedia); ok {
		s.media = media
		return nil
	}
	if s.file = rawFile(o); s.file == nil {
		return spec.Expected("file", v)
	}
	return nil
}

// rawFile is the file that an object of Telegram's is or holds; nil if it does neither. Its account is set later.
func rawFile(o *object) *telegram.File {
	var nobody *telegram.Account
	if photo, ok := objectAs(o, tg.DecodePhoto); ok {
		return nobody.PhotoFile(photo, telegram.Origin{})
	}
	if document, ok := objectAs(o, tg.DecodeDocument); ok {
		return nobody.DocumentFile(document, telegram.Origin{})
	}
	if media, ok := objectAs(o, tg.DecodeMessageMedia); ok {
		if files := nobody.FilesIn(media, telegram.Origin{}); len(files) > 0 {
			return files[0]
		}
	}
	return nil
}

// LuaType is its name in the editor types.
func (fileSource) LuaType() string { return "FileSource" }

// attach opens the file; done closes it.
func (s *fileSource) attach(c *spec.Call) (at telegram.Attachment, done func() error, err error) {
	done = func() error { return nil }
	env := envOf(c)
	at.Name, at.Uploaded, at.Media = s.name, s.uploaded, s.media
	fileID, path := s.fileID, s.path
	switch {
	case s.file != nil:
		found := *s.file
		found.Account = env.Account
		at.File = &found
	case s.bytes != nil:
		at.Source = transfer.Bytes(s.name, s.bytes)
	case s.url != "":
		at.URL = s.url
	case strings.HasPrefix(s.text, "https://"), strings.HasPrefix(s.text, "http://"):
		at.URL = s.text
	case s.text != "":
		if path, fileID, err = s.guess(env); err != nil {
			return at, done, err
		}
	}
	if fileID != "" {
		at.File, err = env.Account.FileByID(fileID)
		return at, done, err
	}
	if path == "" {
		return at, done, nil
	}
	if path, err = env.Allow.Path(permission.Read, path); err != nil {
		return at, done, err
	}
	if at.Source, err = transfer.File(path); err != nil {
		return at, done, err
	}
	return at, at.Source.Close, nil
}

// guess tells a path from a file id: nothing else looks like one, but there may be a file of that name.
func (s *fileSource) guess(env *Env) (path, fileID string, err error) {
	_, notID := env.Account.FileByID(s.text)
	if notID != nil {
		return s.text, "", nil
	}
	if real, err := env.Allow.Path(permission.Read, s.text); err == nil {
		if _, err := os.Stat(real); err == nil {
			return s.text, "", nil
		}
	}
	return "", s.text, nil
}

// fileList is one file or several.
type fileList struct {
	files []fileSource
	album bool
}

// DecodeLua reads a file or a list of files.
func (l *fileList) DecodeLua(L *vm.State, v vm.Value) error {
	t, ok := v.(*vm.Table)
	if !ok || t.Len() == 0 {
		l.files = make([]fileSource, 1)
		return l.files[0].DecodeLua(L, v)
	}
	l.album = true
	l.files = make([]fileSource, t.Len())
	for i := range l.files {
		if err := l.files[i].DecodeLua(L, t.RawGetInt(i+1)); err != nil {
			return err
		}
	}
	return nil
}

// LuaType is its name in the editor types.
func (fileList) LuaType() string { return "FileSource|FileSource[]" }

var (
	_ spec.Decoder = (*fileSource)(nil)
	_ spec.Decoder = (*fileList)(nil)
)
