package bindings

import (
	"errors"

	"github.com/gotd/td/tg"

	"github.com/tgscript/tgscript/bindings/spec"
	"github.com/tgscript/tgscript/runtime/vm"
	"github.com/tgscript/tgscript/telegram"
	"github.com/tgscript/tgscript/telegram/transfer"
)

// mediaSource is what scripts write for what is downloaded.
type mediaSource struct {
	file    *telegram.File
	fileID  string
	contact *tg.MessageMediaContact
	where   tg.InputFileLocationClass
}

// DecodeLua reads a message, a file, an object of Telegram's or a file id.
func (s *mediaSource) DecodeLua(_ *vm.State, v vm.Value) error {
	switch v := v.(type) {
	case vm.String:
		s.fileID = string(v)
		return nil
	case *vm.UserData:
		switch o := v.Value.(type) {
		case *file:
			s.file = o.File
			return nil
		case *message:
			return s.message(o)
		case *object:
			return s.object(o, v)
		}
	case *vm.Table:
		if isConstructor(v) {
			o, err := objectIn("InputFileLocation", v)
			if err != nil {
				return err
			}
			return s.object(o, v)
		}
	}
	return spec.Expected("message, file or location", v)
}

func (s *mediaSource) message(m *message) error {
	if contact, ok := m.Media.(*tg.MessageMediaContact); ok {
		s.contact = contact
		return nil
	}
	if s.file = m.File(); s.file == nil {
		return errors.New("the message has no file")
	}
	return nil
}

func (s *mediaSource) object(o *object, v vm.Value) error {
	if where, ok := objectAs(o, tg.DecodeInputFileLocation); ok {
		s.where = where
		return nil
	}
	if media, ok := objectAs(o, tg.DecodeMessageMedia); ok {
		if contact, ok := media.(*tg.MessageMediaContact); ok {
			s.contact = contact
			return nil
		}
	}
	if s.file = rawFile(o); s.file == nil {
		return spec.Expected("message, file or location", v)
	}
	return nil
}

// LuaType is its name in the editor types.
func (mediaSource) LuaType() string { return "MediaSource" }

// of is the file itself, for an account.
func (s *mediaSource) of(account *telegram.Account) (*telegram.File, error) {
	switch {
	case s.fileID != "":
		return account.FileByID(s.fileID)
	case s.file == nil:
		return nil, telegram.ErrNothingToDownload
	}
	found := *s.file
	found.Account = account
	return &found, nil
}

// vcard is a contact as a file of its own.
func (s *mediaSource) vcard() (name string, data []byte) {
	name = transfer.SafeName(s.contact.FirstName+" "+s.contact.LastName, "contact") + ".vcf"
	return name, []byte(telegram.VCard(s.contact))
}

var _ spec.Decoder = (*mediaSource)(nil)
