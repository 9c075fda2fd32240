package telegram

import "github.com/gotd/td/tg"

// File is the file that the message came with, or that its link's preview shows; nil if there is none.
func (m *Message) File() *File {
	if files := m.Files(); len(files) > 0 {
		return files[0]
	}
	return nil
}

// Files are all of the message's files: paid media and chat photos have several.
func (m *Message) Files() []*File {
	origin := Origin{Chat: m.Chat, Message: m.ID, Scheduled: m.Scheduled}
	if photo, ok := m.Action().(*tg.MessageActionChatEditPhoto); ok {
		return filesOf(m.Account, origin, photo.Photo)
	}
	return m.Account.FilesIn(m.Media, origin)
}

// FilesIn are the files of media; origin says where the media were seen.
func (a *Account) FilesIn(media tg.MessageMediaClass, origin Origin) []*File {
	switch m := media.(type) {
	case *tg.MessageMediaPhoto:
		return filesOf(a, origin, m.Photo)
	case *tg.MessageMediaDocument:
		return filesOf(a, origin, m.Document)
	case *tg.MessageMediaWebPage:
		if page, ok := m.Webpage.(*tg.WebPage); ok {
			origin.URL = page.URL
			return filesOf(a, origin, page.Document, page.Photo)
		}
	case *tg.MessageMediaGame:
		return filesOf(a, origin, m.Game.Document, m.Game.Photo)
	case *tg.MessageMediaInvoice:
		if bought, ok := m.ExtendedMedia.(*tg.MessageExtendedMedia); ok {
			return a.FilesIn(bought.Media, origin)
		}
	case *tg.MessageMediaPaidMedia:
		var files []*File
		for _, one := range m.ExtendedMedia {
			if bought, ok := one.(*tg.MessageExtendedMedia); ok {
				files = append(files, a.FilesIn(bought.Media, origin)...)
			}
		}
		return files
	case *tg.MessageMediaStory:
		if story, ok := m.Story.(*tg.StoryItem); ok {
			return a.FilesIn(story.Media, origin)
		}
	}
	return nil
}

// filesOf makes files of photos and documents, whichever there are.
func filesOf(a *Account, origin Origin, found ...any) []*File {
	var files []*File
	for _, one := range found {
		switch one := one.(type) {
		case *tg.Photo:
			files = append(files, &File{Account: a, Photo: one, Origin: origin})
		case *tg.Document:
			files = append(files, &File{Account: a, Document: one, Origin: origin})
		}
	}
	return files
}

// PhotoFile is a photo as a file. It is renewed where origin says.
func (a *Account) PhotoFile(photo tg.PhotoClass, origin Origin) *File {
	if files := filesOf(a, origin, photo); len(files) > 0 {
		return files[0]
	}
	return nil
}

// DocumentFile is a document as a file. It is renewed where origin says.
func (a *Account) DocumentFile(document tg.DocumentClass, origin Origin) *File {
	if files := filesOf(a, origin, document); len(files) > 0 {
		return files[0]
	}
	return nil
}
